/** The simulator as a Target: loading, stops, breakpoints, stepping, snapshots, pins of the wrong number. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ISA_VERSION, intWord, MEMORY, NONE_WORD, SYSTEM_CAUSE, TRAP_OPERATION, vectorIndex } from '@pysm/isa';
import { createSimulator } from '../src/node.js';
import type { Retired } from '../src/simulator.js';
import { HEAP, HEAP_END, heap } from './support/heap.js';
import { image, machine } from './support/machine.js';

const I = intWord;
const COUNT = 'loop: FORR L0,L1,loop\nHALT 0,L0';

describe('target', () => {
  test('bad images are refused with the reason', async () => {
    const simulator = await createSimulator();
    const good = image('NOP');
    for (const [bad, reason] of [
      [{ ...good, version: ISA_VERSION + 1 }, /version 2 .* version 1/],
      [{ ...good, code: new Uint32Array(MEMORY.code + 1) }, /code takes 32769 words and the core has 32768/],
      [{ ...good, entry: 7 }, /7/],
      [{ ...good, data: [{ ...I(1), address: 40_000 }] }, /40000/],
      [{ ...good, globals: Array(MEMORY.globals + 1).fill(NONE_WORD) }, /2049/],
      [{ ...good, heapBase: 99_999 }, /99999/],
    ] as const) {
      await assert.rejects(simulator.load(bad), reason);
    }
    await assert.rejects(simulator.run(), /no image is loaded/);
    await simulator.load(good);
  });

  test('a cycle limit stops at the first boundary at or behind it, and run goes on from there', async () => {
    const simulator = await machine(COUNT, { locals: [I(0), I(100_000)] });
    assert.deepEqual(await simulator.run({ untilCycle: 1234 }), { kind: 'cycle-limit' });
    assert.equal((await simulator.state()).cycles, 1234);
    assert.deepEqual(await simulator.run(), { kind: 'exited', code: 0, value: I(100_000) });
    assert.equal((await simulator.run()).kind, 'exited', 'the end is final');
  });

  test('halt() stops a running program, which goes on when run again', async () => {
    const simulator = await machine('loop: JMP loop');
    const running = simulator.run();
    await assert.rejects(simulator.run(), /running/);
    await assert.rejects(simulator.snapshot(), /running/);
    setTimeout(() => simulator.halt(), 20);
    assert.deepEqual(await running, { kind: 'halted' });
    const { cycles } = await simulator.state();
    assert.deepEqual(await simulator.run({ untilCycle: cycles + 10 }), { kind: 'cycle-limit' });
  });

  test('a breakpoint fires before its instruction issues, each time round, also on the very first', async () => {
    const simulator = await machine(`first: NOP\n${COUNT}`, { locals: [I(0), I(2)] });
    await simulator.setBreakpoints([0, 1]);
    assert.deepEqual(await simulator.run(), { kind: 'breakpoint', pc: 0 });
    assert.equal((await simulator.state()).cycles, 0);
    for (let i = 0; i < 3; i++) {
      assert.deepEqual(await simulator.run(), { kind: 'breakpoint', pc: 1 });
      assert.deepEqual(await simulator.read('stack', 0, 1), [I(i)]);
    }
    assert.equal((await simulator.run()).kind, 'exited');
  });

  test('removing a breakpoint removes it; cycles are the same with and without', async () => {
    const plain = await machine(COUNT, { locals: [I(0), I(50)] });
    await plain.run();
    const simulator = await machine(COUNT, { locals: [I(0), I(50)] });
    await simulator.setBreakpoints([0]);
    await simulator.run();
    await simulator.run();
    await simulator.setBreakpoints([]);
    assert.equal((await simulator.run()).kind, 'exited');
    assert.equal((await simulator.state()).cycles, (await plain.state()).cycles);
  });

  test('breakpoints do not fire on the re-issue after a trap, of whichever kind, nor while WAITP waits', async () => {
    const simulator = await machine(
      'NEG S,L0\nBTUP S,1\nWAITP 3,0\nHALT 0,None\nfix: CSRW HLIM,L1\nRET None\nneg: RET 1',
      {
        data: heap,
        heapBase: HEAP_END,
        locals: [HEAP.object],
        vectors: [
          { index: vectorIndex(TRAP_OPERATION.NEG, 5, 0), handler: 'neg' },
          { index: SYSTEM_CAUSE.ALLOCATE, handler: 'fix', clear: 2 },
        ],
      },
    );
    await simulator.setBreakpoints([0, 1, 2]);
    await simulator.drivePin(3, 1);
    assert.deepEqual(await simulator.run(), { kind: 'breakpoint', pc: 0 });
    assert.deepEqual(await simulator.run(), { kind: 'breakpoint', pc: 1 });
    assert.deepEqual(await simulator.run(), { kind: 'breakpoint', pc: 2 });
    assert.deepEqual(await simulator.run({ untilCycle: 500 }), { kind: 'cycle-limit' }, 'waits without stopping');
    await simulator.drivePin(3, 0);
    assert.equal((await simulator.run()).kind, 'exited');
  });

  test('a RETRY does not stop at its breakpoint twice', async () => {
    const source = `LDI L0,400\nCSRW HLIM,L0\nnew: BTUP S,0\nHALT 0,None\nfix: LDI L0,500\nCSRW HLIM,L0\nRET None`;
    const simulator = await machine(source, {
      heapBase: 400,
      locals: [NONE_WORD],
      vectors: [{ index: SYSTEM_CAUSE.ALLOCATE, handler: 'fix', clear: 1 }],
    });
    await simulator.setBreakpoints([2]);
    for (const listener of [null, () => {}]) {
      await simulator.reset();
      simulator.trace(listener);
      assert.deepEqual(await simulator.run(), { kind: 'breakpoint', pc: 2 });
      assert.equal((await simulator.run()).kind, 'exited', `${listener ? 'traced' : 'fast'}`);
    }
  });

  test('BRK stops before it issues and is passed over in no time', async () => {
    const simulator = await machine('NOP\nBRK\nHALT 0,1');
    assert.deepEqual(await simulator.run(), { kind: 'break-instruction', pc: 1 });
    assert.deepEqual(await simulator.run(), { kind: 'exited', code: 0, value: I(1) });
    assert.equal((await simulator.state()).cycles, 2);
  });

  test('stepping executes one instruction, past a breakpoint; a trap entry is a step of its own', async () => {
    const simulator = await machine('NOP\nNEG S,L0\nHALT 0,S\nneg: RET 1', {
      data: heap,
      heapBase: HEAP_END,
      locals: [HEAP.object],
      vectors: [{ index: vectorIndex(TRAP_OPERATION.NEG, 5, 0), handler: 'neg' }],
    });
    await simulator.setBreakpoints([0, 1]);
    const pcs = [];
    for (let i = 0; i < 4; i++) {
      assert.deepEqual(await simulator.stepInstruction(), { kind: 'step' });
      pcs.push((await simulator.state()).pc);
    }
    assert.deepEqual(pcs, [1, 3, 1, 2]);
    assert.equal((await simulator.stepInstruction()).kind, 'exited');
  });

  test('a restored snapshot runs exactly as the original went on, on another simulator too', async () => {
    const source = `loop: IOWI 128,L0\nMUL L2,L0,L0\nBTUP L3,0\nIOWI 1,L0\nFORR L0,L1,loop\nHALT 0,L2`;
    const setup = { locals: [I(0), I(500), NONE_WORD, NONE_WORD] };
    const simulator = await machine(source, setup);
    await simulator.input(Uint8Array.from({ length: 300 }, (_, i) => i));
    await simulator.run({ untilCycle: 2000 });
    const snapshot = await simulator.snapshot();
    assert.equal(snapshot.cycles, (await simulator.state()).cycles);
    const finish = async (target: typeof simulator) => {
      const reason = await target.run();
      return {
        reason,
        state: await target.state(),
        statistics: await target.statistics(),
        bytes: (await target.snapshot()).bytes,
      };
    };
    const original = await finish(simulator);
    await simulator.restore(snapshot);
    assert.deepEqual(await finish(simulator), original);
    const other = await machine(source, setup);
    await other.restore(snapshot);
    assert.deepEqual(await finish(other), original);
    await assert.rejects(simulator.restore({ cycles: 0, bytes: new Uint8Array(5) }), /5 bytes/);
  });

  test('reset is the state after load; jumpers stay', async () => {
    const simulator = await machine('IOWI 33,1\nIOWI 1,1\nWAITP 2,1\nADDI L0,L0,1\nHALT 0,L0', { locals: [I(4)] });
    await simulator.jumper(1, 2);
    await simulator.run();
    const { cycles } = await simulator.state();
    await simulator.reset();
    assert.equal((await simulator.state()).cycles, 0);
    await simulator.write('stack', 0, I(9));
    assert.deepEqual(await simulator.run(), { kind: 'exited', code: 0, value: I(10) });
    assert.equal((await simulator.state()).cycles, cycles);
  });

  test('the trace reports every executed instruction with its first execute cycle', async () => {
    const simulator = await machine('MUL L0,L0,3\nCALL f,0,0\nHALT 0,L0\nf: RET None', { locals: [I(2)] });
    const seen: Retired[] = [];
    simulator.trace((retired) => seen.push(retired));
    await simulator.run();
    assert.deepEqual(
      seen.map(({ pc, cycle, sp, fp, rsp }) => [pc, cycle, sp, fp, rsp]),
      [
        [0, 0, 1, 0, 1],
        [1, 4, 1, 1, 2],
        [3, 5, 2, 0, 1],
        [2, 7, 2, 0, 1],
      ],
    );
  });

  test('statistics: the highest SP at a call and the heap words taken', async () => {
    const simulator = await machine('CALL f,0,9\nBTUP S,2\nALLOC S,7\nHALT 0,None\nf: MOV S,1\nRET None', {
      stack: [I(1)],
    });
    await simulator.run();
    const { maxStackWords, heapPeakWords } = await simulator.statistics();
    assert.equal(maxStackWords, 10);
    assert.equal(heapPeakWords, 3 + 8);
  });

  test('addresses and pins that do not exist are RangeErrors', async () => {
    const simulator = await machine('NOP');
    await assert.rejects(simulator.read('stack', 2040, 10), RangeError);
    await assert.rejects(simulator.write('data', -1, NONE_WORD), RangeError);
    await assert.rejects(simulator.drivePin(32, 1), RangeError);
    await assert.rejects(simulator.jumper(1, 1), RangeError);
  });
});
