/** What every Target must do alike, as tests: loading, stops, limits, breakpoints, stepping, reset, statistics. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { ISA_VERSION, intWord, MEMORY, NONE_WORD, SYSTEM_CAUSE, TRAP_OPERATION, vectorIndex } from '@pysm/isa';
import type { Target } from '../../src/target.js';
import { HEAP, HEAP_END, heap } from './heap.js';
import { image, machineOn } from './machine.js';

const I = intWord;
const COUNT = 'loop: FORR L0,L1,loop\nHALT 0,L0';

/** Declares the tests. `make` creates a target without an image; the suite disposes of it. */
export function targetSuite(name: string, make: () => Promise<Target>): void {
  const made: Target[] = [];
  const create = async (): Promise<Target> => {
    const target = await make();
    made.push(target);
    return target;
  };
  describe(name, () => {
    afterEach(async () => {
      for (const target of made.splice(0)) await target.dispose();
    });

    test('bad images are refused with the reason', async () => {
      const target = await create();
      const good = image('NOP');
      for (const [bad, reason] of [
        [{ ...good, version: ISA_VERSION + 1 }, /version 2 .* version 1/],
        [{ ...good, code: new Uint32Array(MEMORY.code + 1) }, /code takes 32769 words and the core has 32768/],
        [{ ...good, entry: 7 }, /7/],
        [{ ...good, data: [{ ...I(1), address: 40_000 }] }, /40000/],
        [{ ...good, globals: Array(MEMORY.globals + 1).fill(NONE_WORD) }, /2049/],
        [{ ...good, heapBase: 99_999 }, /99999/],
      ] as const) {
        await assert.rejects(target.load(bad), reason);
      }
      await assert.rejects(target.run(), /no image is loaded/);
      await target.load(good);
    });

    test('a cycle limit stops at the first boundary at or behind it, and run goes on from there', async () => {
      const target = await machineOn(await create(), COUNT, { locals: [I(0), I(100_000)] });
      assert.deepEqual(await target.run({ untilCycle: 1234 }), { kind: 'cycle-limit' });
      assert.equal((await target.state()).cycles, 1234);
      assert.deepEqual(await target.run(), { kind: 'exited', code: 0, value: I(100_000) });
      assert.equal((await target.run()).kind, 'exited', 'the end is final');
    });

    test('halt() stops a running program, which goes on when run again', async () => {
      const target = await machineOn(await create(), 'loop: JMP loop');
      const running = target.run();
      await assert.rejects(target.run(), /running/);
      if (target.capabilities.snapshots) await assert.rejects(target.snapshot(), /running/);
      setTimeout(() => target.halt(), 20);
      assert.deepEqual(await running, { kind: 'halted' });
      const { cycles } = await target.state();
      assert.deepEqual(await target.run({ untilCycle: cycles + 10 }), { kind: 'cycle-limit' });
    });

    test('a breakpoint fires before its instruction issues, each time round, also on the very first', async () => {
      const target = await machineOn(await create(), `first: NOP\n${COUNT}`, { locals: [I(0), I(2)] });
      await target.setBreakpoints([0, 1]);
      assert.deepEqual(await target.run(), { kind: 'breakpoint', pc: 0 });
      assert.equal((await target.state()).cycles, 0);
      for (let i = 0; i < 3; i++) {
        assert.deepEqual(await target.run(), { kind: 'breakpoint', pc: 1 });
        assert.deepEqual(await target.read('stack', 0, 1), [I(i)]);
      }
      assert.equal((await target.run()).kind, 'exited');
    });

    test('removing a breakpoint removes it; cycles are the same with and without', async () => {
      const plain = await machineOn(await create(), COUNT, { locals: [I(0), I(50)] });
      await plain.run();
      const target = await machineOn(await create(), COUNT, { locals: [I(0), I(50)] });
      await target.setBreakpoints([0]);
      await target.run();
      await target.run();
      await target.setBreakpoints([]);
      assert.equal((await target.run()).kind, 'exited');
      assert.equal((await target.state()).cycles, (await plain.state()).cycles);
    });

    test('breakpoints do not fire on the re-issue after a trap, of whichever kind, nor while WAITP waits', async () => {
      const target = await machineOn(
        await create(),
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
      await target.setBreakpoints([0, 1, 2]);
      await target.drivePin(3, 1);
      assert.deepEqual(await target.run(), { kind: 'breakpoint', pc: 0 });
      assert.deepEqual(await target.run(), { kind: 'breakpoint', pc: 1 });
      assert.deepEqual(await target.run(), { kind: 'breakpoint', pc: 2 });
      assert.deepEqual(await target.run({ untilCycle: 500 }), { kind: 'cycle-limit' }, 'waits without stopping');
      await target.drivePin(3, 0);
      assert.equal((await target.run()).kind, 'exited');
    });

    test('a RETRY does not stop at its breakpoint twice', async () => {
      const source = `LDI L0,400\nCSRW HLIM,L0\nnew: BTUP S,0\nHALT 0,None\nfix: LDI L0,500\nCSRW HLIM,L0\nRET None`;
      const target = await machineOn(await create(), source, {
        heapBase: 400,
        locals: [NONE_WORD],
        vectors: [{ index: SYSTEM_CAUSE.ALLOCATE, handler: 'fix', clear: 1 }],
      });
      await target.setBreakpoints([2]);
      assert.deepEqual(await target.run(), { kind: 'breakpoint', pc: 2 });
      assert.equal((await target.run()).kind, 'exited');
    });

    test('BRK stops before it issues and is passed over in no time', async () => {
      const target = await machineOn(await create(), 'NOP\nBRK\nHALT 0,1');
      assert.deepEqual(await target.run(), { kind: 'break-instruction', pc: 1 });
      assert.deepEqual(await target.run(), { kind: 'exited', code: 0, value: I(1) });
      assert.equal((await target.state()).cycles, 2);
    });

    test('stepping executes one instruction, past a breakpoint; a trap entry is a step of its own', async () => {
      const target = await machineOn(await create(), 'NOP\nNEG S,L0\nHALT 0,S\nneg: RET 1', {
        data: heap,
        heapBase: HEAP_END,
        locals: [HEAP.object],
        vectors: [{ index: vectorIndex(TRAP_OPERATION.NEG, 5, 0), handler: 'neg' }],
      });
      await target.setBreakpoints([0, 1]);
      const pcs = [];
      for (let i = 0; i < 4; i++) {
        assert.deepEqual(await target.stepInstruction(), { kind: 'step' });
        pcs.push((await target.state()).pc);
      }
      assert.deepEqual(pcs, [1, 3, 1, 2]);
      assert.equal((await target.stepInstruction()).kind, 'exited');
    });

    test('reset is the state after load; jumpers stay', async () => {
      const target = await machineOn(await create(), 'IOWI 33,1\nIOWI 1,1\nWAITP 2,1\nADDI L0,L0,1\nHALT 0,L0', {
        locals: [I(4)],
      });
      await target.jumper(1, 2);
      await target.run();
      const { cycles } = await target.state();
      await target.reset();
      assert.equal((await target.state()).cycles, 0);
      await target.write('stack', 0, I(9));
      assert.deepEqual(await target.run(), { kind: 'exited', code: 0, value: I(10) });
      assert.equal((await target.state()).cycles, cycles);
    });

    test('statistics: the highest SP at a call and the heap words taken', async () => {
      const target = await machineOn(
        await create(),
        'CALL f,0,9\nBTUP S,2\nALLOC S,7\nHALT 0,None\nf: MOV S,1\nRET None',
        {
          stack: [I(1)],
        },
      );
      await target.run();
      const { maxStackWords, heapPeakWords } = await target.statistics();
      assert.equal(maxStackWords, 10);
      assert.equal(heapPeakWords, 3 + 8);
    });

    test('what a target cannot do its capabilities say', async () => {
      const target = await machineOn(await create(), 'NOP');
      if (target.capabilities.snapshots) await target.restore(await target.snapshot());
      else await assert.rejects(target.snapshot(), /capabilities/);
    });

    test('addresses and pins that do not exist are RangeErrors', async () => {
      const target = await machineOn(await create(), 'NOP');
      await assert.rejects(target.read('stack', 2040, 10), RangeError);
      await assert.rejects(target.write('data', -1, NONE_WORD), RangeError);
      await assert.rejects(target.drivePin(32, 1), RangeError);
      await assert.rejects(target.jumper(1, 1), RangeError);
    });
  });
}
