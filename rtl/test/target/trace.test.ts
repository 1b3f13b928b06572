/** The trace of the retire port, and that evaluating a cycle at once is the same as evaluating its two phases. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { intWord } from '@pysm/isa';
import { image } from '@pysm/simulator/testing/machine';
import { SPACE } from '../../src/core.js';
import { createRtl, rtlChannel } from '../../src/node.js';
import { RtlSession } from '../../src/session.js';
import { BEAT, RETIRE, readTrace, TraceReader } from '../../src/trace.js';

/** Trace of a program to its end, whose first locals are `locals`. */
async function traceOf(source: string, locals: readonly number[], twoPhase = false): Promise<Uint8Array> {
  const session = new RtlSession(await rtlChannel());
  await session.load(image(source, { frame: locals.length }));
  await session.core.write(
    SPACE.STACK,
    0,
    locals.map((value) => intWord(value)),
  );
  await session.core.wire(1, 2);
  await session.core.input(Uint8Array.of(0x55, 0xa3));
  await session.core.mode({ trace: true, twoPhase });
  const pieces: Uint8Array[] = [];
  for (;;) {
    const { trace, status } = await session.run(1000n);
    pieces.push(trace);
    if (status !== 0) return Buffer.concat(pieces);
  }
}

describe('trace', () => {
  test('a record for each instruction, with operands, registers and what it wrote', async () => {
    const records = readTrace(await traceOf('MUL L0,L0,3\nCALL f,0,0\nHALT 0,L0\nf: RET None', [2]));
    assert.deepEqual(
      records.map(({ kind, pc, cycle, sp, fp, rsp }) => [kind, pc, cycle, sp, fp, rsp]),
      [
        [RETIRE.INSTRUCTION, 0, 0, 1, 0, 1],
        [RETIRE.INSTRUCTION, 1, 4, 1, 1, 2],
        [RETIRE.INSTRUCTION, 3, 5, 2, 0, 1],
        [RETIRE.EXIT, 2, 7, 2, 0, 1],
      ],
    );
    const [multiply, call] = records;
    assert.deepEqual([multiply!.a, multiply!.b], [intWord(2), intWord(3)]);
    assert.deepEqual(multiply!.beats, [{ space: BEAT.STACK, address: 0, word: intWord(6) }]);
    assert.deepEqual(
      call!.beats.map(({ space, address }) => [space, address]),
      [[BEAT.RETURN_STACK, 1]],
    );
  });

  test('a trace that ends inside a record is a RangeError', async () => {
    const trace = await traceOf('HALT 0,None', []);
    const reader = new TraceReader(trace.subarray(0, -1));
    assert.throws(() => {
      while (reader.next());
    }, RangeError);
  });

  test('one evaluation a cycle gives the same trace as two', async () => {
    // Pins over a jumper, the UART in both directions with another divisor, a multiplication, a call.
    const source = [
      ...['IOWI 33,1', 'IOWI 1,1', 'WAITP 2,1', 'IOWI 131,7', 'IOWI 128,L0', 'MUL L0,L0,L0', 'CALL f,0,0'],
      ...['loop: IORI L1,130', 'ADDI L2,L2,1', 'FORR L3,L0,loop', 'HALT 0,L1', 'f: RET None'],
    ].join('\n');
    const locals = [20, 0, 0, 0];
    const once = await traceOf(source, locals);
    assert.ok(once.length > 100_000);
    assert.deepEqual(Buffer.compare(once, await traceOf(source, locals, true)), 0);
  });
});

describe('RTL', () => {
  test('a module that is not where it should be is an Error that says what to do', async () => {
    await assert.rejects(createRtl({ file: new URL('nowhere.wasm', import.meta.url) }), /node rtl\/build\.mjs/);
  });
});
