/** Pins, UART, console and counters, cycle for cycle. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { intWord, NONE_WORD, PIN_VISIBLE_AFTER, UART_DIVISOR_MIN, UART_FIFO } from '@pysm/isa';
import { machine, resultOf, run } from './support/machine.js';

const I = intWord;
const text = (bytes: Iterable<number>): string => String.fromCharCode(...bytes);

describe('pins', () => {
  test('the GPIO round trip of the published shape: 7 cycles with IOB, 5 with WAITP', async () => {
    for (const [wait, cycles] of [
      ['poll: IOB 2,0,poll', 7],
      ['WAITP 2,1', 5],
    ] as const) {
      const source = `IOWI 33,1\nRDC L0\nIOWI 1,1\n${wait}\nRDC L1\nSUB S,L1,L0\nHALT 0,S`;
      const simulator = await machine(source, { locals: [NONE_WORD, NONE_WORD] });
      await simulator.jumper(1, 2);
      const reason = await simulator.run();
      assert.deepEqual(reason, { kind: 'exited', code: 0, value: I(cycles) }, wait);
    }
  });

  test(`a store in cycle c is seen in cycle c + ${PIN_VISIBLE_AFTER} and not before`, async () => {
    for (let wait = 0; wait < 6; wait++) {
      const simulator = await machine(`IOWI 37,1\nIOWI 5,1\n${'NOP\n'.repeat(wait)}IORI S,6\nHALT 0,S`);
      await simulator.jumper(5, 6);
      const reason = await simulator.run();
      const seen = wait + 1 >= PIN_VISIBLE_AFTER ? 1 : 0;
      assert.deepEqual(reason.kind === 'exited' && reason.value, I(seen), `${wait} instructions between`);
    }
  });

  test('an outside level is seen two cycles after it is driven', async () => {
    const simulator = await machine(`${'IORI S,4\n'.repeat(6)}HALT 0,None`);
    await simulator.stepInstruction();
    await simulator.drivePin(4, 1);
    await simulator.run();
    const seen = await simulator.read('stack', 0, 6);
    assert.deepEqual(seen, [0, 0, 0, 1, 1, 1].map(I));
    assert.equal((await simulator.pins())[4], 1);
  });

  test('an undriven input reads its pull, a wired one the output, a chain of wires the same', async () => {
    const source = `IOWI 67,1\nIOWI 68,2\nIOWI 42,1\nIOWI 10,1\n${'NOP\n'.repeat(3)}
      IORI S,3\nIORI S,4\nIORI S,5\nIORI S,11\nIORI S,12\nIORI S,10\nIORI S,67\nIORI S,42\nHALT 0,None`;
    const simulator = await machine(source);
    await simulator.jumper(10, 11);
    await simulator.jumper(11, 12);
    await simulator.run();
    assert.deepEqual(await simulator.read('stack', 0, 8), [1, 0, 0, 1, 1, 1, 1, 1].map(I));
  });

  test('WAITP takes 1 cycle and 1 for each waited', async () => {
    for (let between = 0; between < 4; between++) {
      const source = `IOWI 33,1\nIOWI 1,1\n${'NOP\n'.repeat(between)}WAITP 2,1\nRDC S\nHALT 0,S`;
      const simulator = await machine(source);
      await simulator.jumper(1, 2);
      const reason = await simulator.run();
      const seen = Math.max(2 + between, 1 + PIN_VISIBLE_AFTER);
      assert.deepEqual(reason.kind === 'exited' && reason.value, I(seen + 1), `${between} instructions between`);
    }
  });

  test('WAITP gives up after 32 cycles, costs 34 then and is issued again', async () => {
    const outcome = await run('WAITP 2,1\nHALT 0,None', {}, 100);
    assert.deepEqual(outcome.reason, { kind: 'cycle-limit' });
    const { pc, cycles } = await outcome.simulator.state();
    assert.deepEqual([pc, cycles], [0, 3 * 34]);
    await outcome.simulator.drivePin(2, 1);
    assert.equal((await outcome.simulator.run()).kind, 'exited');
    assert.equal((await outcome.simulator.state()).cycles, cycles + 3 + 1);
  });
});

describe('UART and console', () => {
  test('a byte takes ten bits; the FIFO holds 64 behind the one that shifts; a byte too many is lost', async () => {
    const source = `loop: IOWI 128,L0
      FORR L0,L1,loop
      IORI S,129
      HALT 0,S`;
    const simulator = await machine(source, { locals: [I(0), I(69)] });
    const output: number[] = [];
    simulator.onConsole((_, bytes) => output.push(...bytes));
    const reason = await simulator.run();
    assert.deepEqual(reason.kind === 'exited' && reason.value, I(0), 'no room');
    assert.deepEqual(
      output,
      Array.from({ length: 1 + UART_FIFO }, (_, i) => i),
    );
  });

  test('room comes back when the shift register takes the next byte', async () => {
    const source = `loop: IOWI 128,L0
      FORR L0,L1,loop
wait: IORI L2,129
      BBC L2,0,wait
      RDC S
      HALT 0,S`;
    const outcome = await run(source, { locals: [I(0), I(UART_FIFO), NONE_WORD] });
    // The first byte starts in cycle 0 and is out after 10 bits of 100 cycles; the poll takes 2 cycles a turn.
    const seen = Number(resultOf(outcome).payload);
    assert.ok(seen >= 1000 && seen <= 1004, `${seen}`);
  });

  test('the error stream is always ready, and the streams come in order', async () => {
    const simulator = await machine(`IOWI 128,L0\nIOWI 132,L1\nIOWI 132,L1\nIOWI 128,L0\nHALT 0,None`, {
      locals: [I(65), I(66)],
    });
    const pieces: [string, string][] = [];
    simulator.onConsole((stream, bytes) => pieces.push([stream, text(bytes)]));
    await simulator.run();
    assert.deepEqual(pieces, [
      ['stdout', 'A'],
      ['stderr', 'BB'],
      ['stdout', 'A'],
    ]);
  });

  test('received bytes come one in ten bit times, in order, and none is lost however many are given', async () => {
    const source = `loop: IORI L0,129
      BBC L0,1,loop
      IORI L1,130
      IOWI 132,L1
      FORR L2,L3,loop
      RDC S
      HALT 0,S`;
    const count = 70_000;
    const simulator = await machine(`IOWI 131,${UART_DIVISOR_MIN}\n${source}`, {
      locals: [NONE_WORD, NONE_WORD, I(1), I(count)],
    });
    const bytes = Uint8Array.from({ length: count }, (_, i) => (i * 7) & 0xff);
    await simulator.input(bytes);
    const received: number[] = [];
    simulator.onConsole((_, piece) => received.push(...piece));
    const reason = await simulator.run();
    assert.deepEqual(Uint8Array.from(received), bytes);
    const cycles = reason.kind === 'exited' ? Number(reason.value.payload) : 0;
    // The first byte started at the divisor of reset.
    const each = 10 * UART_DIVISOR_MIN;
    assert.ok(cycles >= 1000 + each * (count - 1) && cycles < 1000 + each * count + 20, `${cycles}`);
    assert.deepEqual(resultOf(await run('IORI S,130\nHALT 0,S')), I(-1));
  });
});

describe('counters', () => {
  test('RDC, IO.CYCLE and TIME_US give the cycle in which they execute', async () => {
    const outcome = await run(`RDC S\nIORI S,145\n${'MUL L0,L0,1\n'.repeat(50)}IORI S,144\nRDC S\nHALT 0,None`, {
      locals: [I(1)],
    });
    assert.deepEqual(await outcome.simulator.read('stack', 1, 4), [I(0), I(1), I(2), I(203)]);
  });

  test('what cannot be written is not, and a divisor of 0 counts as the smallest', async () => {
    const outcome = await run('IOWI 145,5\nIOWI 131,0\nIORI S,131\nIORI S,128\nIORI S,145\nHALT 0,None');
    assert.deepEqual(await outcome.simulator.read('stack', 0, 3), [I(UART_DIVISOR_MIN), I(0), I(4)]);
  });
});

describe('timer', () => {
  /** Sets compare, period and the rest of `source`, then reads compare and the pending lines in the first cycles. */
  const timer = async (compare: number, period: number, source: string): Promise<number[]> => {
    const outcome = await run(`IOWI 146,L0\nIOWI 147,L1\n${source}\nHALT 0,None`, {
      locals: [I(compare), I(period)],
    });
    const { sp } = await outcome.simulator.state();
    return (await outcome.simulator.read('stack', 2, sp - 2)).map(({ payload }) => Number(payload));
  };
  const PENDING = 'IORI S,161\n';
  const COMPARE = 'IORI S,146\n';

  test('fires in the cycle of its compare, and every period after', async () => {
    // Enabled in cycle 2; pending is read and cleared in turn from cycle 3 on.
    const source = `IOWI 148,1\n${`${PENDING}IOWI 161,1\n`.repeat(6)}`;
    assert.deepEqual(await timer(7, 4, source), [0, 0, 1, 0, 1, 0]);
    assert.deepEqual(await timer(7, 0, source), [0, 0, 1, 0, 0, 0]);
  });

  test('a compare that has passed fires in the next cycle, and the period counts from there', async () => {
    const source = `IOWI 148,1\n${PENDING}${COMPARE}IOWI 161,1\n${PENDING}${'NOP\n'.repeat(5)}${PENDING}${PENDING}${COMPARE}`;
    // Enabled in cycle 2: it fires in 3 and is due again in 13, which is the last but one to read the lines.
    assert.deepEqual(await timer(0, 10, source), [1, 13, 0, 0, 1, 23]);
    assert.deepEqual(await timer(-5, 10, source), [1, 13, 0, 0, 1, 23]);
  });

  test('an event of the cycle that clears its pending bit is cleared with it', async () => {
    for (const [compare, pending] of [
      [6, [0, 0]],
      [7, [0, 1]],
    ] as const) {
      assert.deepEqual(
        await timer(compare, 0, `IOWI 148,1\nNOP\nNOP\n${PENDING}IOWI 161,1\n${PENDING}`),
        pending,
        `compare ${compare}`,
      );
    }
  });
});

describe('pin changes', () => {
  test('count by the mask in force in the cycle that first sees them, however seldom the program looks', async () => {
    // The store of cycle 1 is seen in 4: a mask written in 3 is in force then, one of 4 is not.
    for (const [wait, pending] of [
      [1, 1],
      [2, 0],
    ] as const) {
      const source = `IOWI 33,1\nIOWI 1,1\n${'NOP\n'.repeat(wait)}IOWI 162,2\nNOP\nNOP\nIORI S,161\nHALT 0,S`;
      assert.equal(resultOf(await run(source)).payload, BigInt(pending << 1), `${wait} between`);
    }
  });

  test('two levels of one cycle are one', async () => {
    const simulator = await machine('IOWI 162,4\nNOP\nNOP\nNOP\nNOP\nIORI S,161\nHALT 0,S');
    await simulator.stepInstruction();
    await simulator.drivePin(2, 1);
    await simulator.drivePin(2, 0);
    const reason = await simulator.run();
    assert.deepEqual(reason.kind === 'exited' && reason.value, I(0));
  });
});

test('a sender that waits for room begins in the cycle after the read that makes it', async () => {
  const byte = 10 * UART_DIVISOR_MIN;
  // The read executes in cycle 0 of what follows the loop; the byte is complete `byte` cycles after cycle 1.
  const source = `IOWI 131,${UART_DIVISOR_MIN}
fill: FORR L0,L1,fill
      IORI _,130
      IOWI 161,4
      ${'NOP\n'.repeat(byte - 2)}
      IORI S,161
      IORI S,161
      HALT 0,None`;
  const simulator = await machine(source, { locals: [I(0), I(4 * byte * UART_FIFO)] });
  await simulator.input(Uint8Array.from({ length: UART_FIFO + 4 }, (_, i) => i));
  await simulator.run();
  assert.deepEqual(await simulator.read('stack', 2, 2), [I(0), I(4)]);
});
