/** The simulator as a Target: what every target does, and its snapshots and trace. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { intWord, NONE_WORD, SYSTEM_CAUSE } from '@pysm/isa';
import { createSimulator } from '../src/node.js';
import type { Retired } from '../src/simulator.js';
import { machine } from './support/machine.js';
import { targetSuite } from './support/target-suite.js';

const I = intWord;

targetSuite('simulator as a target', () => createSimulator());

describe('simulator', () => {
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

  test('a RETRY does not stop at its breakpoint twice when traced', async () => {
    const source = `LDI L0,400\nCSRW HLIM,L0\nnew: BTUP S,0\nHALT 0,None\nfix: LDI L0,500\nCSRW HLIM,L0\nRET None`;
    const simulator = await machine(source, {
      heapBase: 400,
      locals: [NONE_WORD],
      vectors: [{ index: SYSTEM_CAUSE.ALLOCATE, handler: 'fix', clear: 1 }],
    });
    await simulator.setBreakpoints([2]);
    simulator.trace(() => {});
    assert.deepEqual(await simulator.run(), { kind: 'breakpoint', pc: 2 });
    assert.equal((await simulator.run()).kind, 'exited');
  });
});
