/** Interrupts: taken at every cycle of a loop with both forms of traps, with the same result and the same extra cost. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ENTRY_KIND, FAULT, intWord, NONE_WORD, TRAP_OPERATION, UNBOUND_WORD, vectorIndex } from '@pysm/isa';
import { func, HEAP, HEAP_END, heap } from './support/heap.js';
import { type Labels, machine, resultOf, run, type Setup } from './support/machine.js';

const I = intWord;

/** Ticks are counted in a global by `isr`; `start` is when timer 0 fires. */
const interrupted = (source: string, setup: Setup, handlerFrame = 1): [string, Setup] => [
  `${source}
isr:  LDG L0,%ticks
      ADDI L0,L0,1
      STG %ticks,L0
      RET None`,
  {
    ...setup,
    globals: { ...setup.globals, ticks: I(0) },
    interrupts: (labels: Labels) => [func(labels['isr']!, 0, handlerFrame).payload],
  },
];

/** Enables timer 0 once, at cycle `L5`. */
const ENABLE = `IOWI 146,L5
      IOWI 148,1
      IOWI 160,1
      IEN 1`;

const LOOP = `main: ${ENABLE}
loop: ADD L2,L0,L1       ; traps: value form
      BLT L0,L1,less     ; traps: branch form
      FAULT 1
less: ADD L4,L4,L2
      FORR L3,5,loop
      HALT 0,L4
adder: NOP
      RET 3
lesser: RET True`;

const setupAt = (cycle: number): Setup => ({
  data: heap,
  heapBase: HEAP_END,
  locals: [HEAP.object, HEAP.object, NONE_WORD, I(0), I(0), I(cycle)],
  vectors: [
    { index: vectorIndex(TRAP_OPERATION.ADD, 5, 5), handler: 'adder', clear: 2 },
    { index: vectorIndex(TRAP_OPERATION.LT_BRANCH, 5, 5), handler: 'lesser' },
  ],
});

describe('interrupts', () => {
  test('at every cycle of a loop with both trap forms: same result, same extra cost', async () => {
    const undisturbed = await run(...interrupted(LOOP, setupAt(1_000_000)));
    const result = resultOf(undisturbed);
    assert.deepEqual(result, I(18));
    for (let cycle = 4; cycle < undisturbed.cycles; cycle++) {
      const outcome = await run(...interrupted(LOOP, setupAt(cycle)));
      assert.deepEqual(resultOf(outcome), result, `at cycle ${cycle}`);
      const ticks = (await outcome.simulator.read('globals', 0, 1))[0];
      // A timer that fires while the last instruction executes is never taken.
      if (ticks!.payload === 0n) assert.equal(outcome.cycles, undisturbed.cycles, `at cycle ${cycle}`);
      else assert.equal(outcome.cycles, undisturbed.cycles + 9, `at cycle ${cycle}`);
      if (cycle < undisturbed.cycles - 1) assert.deepEqual(ticks, I(1), `at cycle ${cycle}`);
    }
  });

  test('entry costs 4 cycles, and one for each cleared word beyond three', async () => {
    for (const frame of [1, 3, 4, 9]) {
      const plain = await run(...interrupted(LOOP, setupAt(1_000_000)));
      const outcome = await run(...interrupted(LOOP, setupAt(10), frame));
      assert.equal(outcome.cycles - plain.cycles, 4 + Math.max(0, frame - 3) + 3 + 2);
    }
  });

  test('the handler runs with interrupts disabled, whatever is pending; RET gives them back as they were', async () => {
    const source = `main: IOWI 147,L6
      ${ENABLE}
loop: FORR L1,L2,loop
      HALT 0,L3
isr:  CSRR S,IE
      STG %enabled,S
      LDI L0,30            ; longer than the period: the next one is pending at RET
      LDI L1,0
wait: FORR L1,L0,wait
      RET None`;
    const simulator = await machine(source, {
      locals: [NONE_WORD, I(0), I(100), I(0), NONE_WORD, I(10), I(20)],
      globals: { enabled: NONE_WORD },
      interrupts: (l) => [func(l['isr']!, 0, 2).payload],
    });
    let deepest = 0;
    simulator.trace(({ rsp }) => {
      deepest = Math.max(deepest, rsp);
    });
    await simulator.run({ untilCycle: 500 });
    assert.equal(deepest, 2, 'never inside itself');
    assert.deepEqual(await simulator.read('globals', 0, 1), [I(0)]);
    const entry = (await simulator.returnStack())[0]!;
    assert.equal(entry.kind, ENTRY_KIND.IRQ);
    while ((await simulator.state()).rsp === 2) await simulator.stepInstruction();
    assert.equal((await simulator.state()).interruptsEnabled, true);
  });

  test('a periodic timer fires every period; a disabled line stays pending', async () => {
    const source = `main: IOWI 147,L6
      ${ENABLE}
loop: FORR L1,L2,loop
      HALT 0,None`;
    const locals = [NONE_WORD, I(0), I(1000), NONE_WORD, NONE_WORD, I(100), I(100)];
    const outcome = await run(...interrupted(source, { locals }));
    const ticks = Number((await outcome.simulator.read('globals', 0, 1))[0]!.payload);
    assert.equal(ticks, Math.floor((outcome.cycles - 1) / 100));
    const masked = await run(`IOWI 146,5\nIOWI 148,1\nIEN 1\n${'NOP\n'.repeat(10)}CSRR S,IPEND\nHALT 0,S`);
    assert.deepEqual(resultOf(masked), I(1));
  });

  test('lines 1 and 2: a pin change and a received byte', async () => {
    const source = `main: IOWI 162,4           ; pin 2
      IOWI 160,6
      IEN 1
loop: FORR L1,L2,loop
      HALT 0,None
pins: STG %pins,1
      RET None
uart: IORI S,130
      STG %byte,S
      RET None`;
    const simulator = await machine(source, {
      locals: [NONE_WORD, I(0), I(5000)],
      globals: { pins: I(0), byte: I(0) },
      interrupts: (l) => [0n, func(l['pins']!, 0, 0).payload, func(l['uart']!, 0, 0).payload],
    });
    await simulator.run({ untilCycle: 100 });
    await simulator.drivePin(3, 1);
    await simulator.run({ untilCycle: 200 });
    assert.deepEqual(await simulator.read('globals', 0, 1), [I(0)], 'another pin');
    await simulator.drivePin(2, 1);
    await simulator.run({ untilCycle: 210 });
    assert.deepEqual(await simulator.read('globals', 0, 1), [I(1)]);
    await simulator.input(Uint8Array.of(77));
    await simulator.run();
    assert.deepEqual(await simulator.read('globals', 1, 1), [I(77)]);
  });

  test('a CATCH is never parted from its UNW, nor a re-issue from its RET', async () => {
    // An interrupt becomes pending every 13 cycles; with a resume word pending the next step is the re-issue all the same.
    const [source, setup] = interrupted(LOOP, setupAt(4));
    const simulator = await machine(source.replace('IOWI 148,1', 'IOWI 147,L6\nIOWI 148,1'), {
      ...setup,
      locals: [...setup.locals!, I(13)],
    });
    let pairs = 0;
    for (let i = 0; i < 400; i++) {
      const before = await simulator.state();
      if ((await simulator.stepInstruction()).kind !== 'step') break;
      const after = await simulator.state();
      if (before.resumePending !== 0) {
        assert.equal(after.resumePending, 0);
        assert.equal(after.rsp, before.rsp, 'no interrupt entry');
        pairs++;
      }
    }
    assert.ok(pairs > 4);
  });

  test('an interrupt may use the stack reserve, but not go beyond the memory', async () => {
    const source = `main: ${ENABLE}
      LDI L0,60
      CSRW SLIM,L0
loop: FORR L1,L2,loop
      HALT 0,L3`;
    const locals = [UNBOUND_WORD, I(0), I(100), I(8), NONE_WORD, I(20)];
    assert.deepEqual(resultOf(await run(...interrupted(source, { locals }, 40))), I(8));
    const fill = `main: ${ENABLE}\nfill: CLRL 32\nJMP fill`;
    const { reason } = await run(...interrupted(fill, { locals: [...locals.slice(0, 5), I(1900)] }, 40));
    assert.equal(reason.kind === 'fault' && reason.fault, FAULT.STACK);
  });
});
