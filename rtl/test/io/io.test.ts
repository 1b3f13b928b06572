/**
 * The I/O space in Verilog against the simulator, and the UART's lines by themselves. Needs Verilator and g++.
 *
 *     node --test rtl/dist/test/io/io.test.js
 *
 * PYSM_SEED (a number) repeats a run, PYSM_CASES says how many random programs there are.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { IO, PINS, UART_DIVISOR_MIN, UART_FIFO } from '@pysm/isa';
import type { Stepper } from '@pysm/simulator';
import { createStepper } from '@pysm/simulator/node';
import { buildBench, runBench } from './bench.js';
import { runCase } from './cases.js';
import { compare } from './compare.js';
import { singleAccess } from './programs.js';

const SEED = Number(process.env['PYSM_SEED'] ?? Date.now() % 1_000_000_000);
const CASES = Number(process.env['PYSM_CASES'] ?? 200);

let folder: string;
let bench: string;
let stepper: Stepper;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pysm-io-'));
  [bench, stepper] = await Promise.all([buildBench(folder), createStepper()]);
});

after(() => rm(folder, { recursive: true, force: true }));

describe('against the simulator', () => {
  test(`${CASES} random programs of seed ${SEED}`, async (t) => {
    const total = { accesses: 0, interrupts: 0, sent: 0 };
    for (let index = 0; index < CASES; index++) {
      const { difference, accesses, interrupts, sent } = await runCase(bench, stepper, SEED, index);
      assert.equal(difference, undefined, `seed ${SEED}, program ${index}: ${difference}`);
      total.accesses += accesses;
      total.interrupts += interrupts;
      total.sent += sent;
    }
    t.diagnostic(`${total.accesses} accesses, ${total.interrupts} interrupts, ${total.sent} bytes on the line`);
  });

  test('every address below 512, and registers with one address bit too many', async () => {
    const low = Array.from({ length: 512 }, (_, i) => BigInt(i));
    const high = Array.from({ length: 64 - 9 }, (_, i) =>
      [IO.PIN, IO.UART_TX, IO.CYCLE].map((register) => BigInt.asIntN(64, BigInt(register) | (1n << BigInt(i + 9)))),
    );
    let registers = 0;
    for (const address of [...low, ...high.flat()]) {
      for (const write of [false, true]) {
        const { difference, faults } = await compare(bench, stepper, singleAccess(address, write), 10, () => false, 0);
        assert.equal(difference, undefined);
        if (!faults) registers++;
      }
    }
    // Pins have three registers each, which the table names once.
    assert.equal(registers, 2 * (Object.keys(IO).length - 3 + 3 * PINS));
  });
});

describe('lines of the UART', () => {
  const hex = (value: number): string => value.toString(16);
  const setDivisor = (divisor: number): string => `w ${hex(IO.UART_DIVISOR)} ${hex(divisor)}`;
  const RECEIVE = `g ${hex(IO.UART_RX)}`;
  const transmit = (byte: number): string => `w ${hex(IO.UART_TX)} ${hex(byte)}`;
  const EMPTY = 'ffffffffffffffff';

  /** What reads of the script give, and what leaves on the line. */
  async function outcome(script: readonly string[]): Promise<{ reads: string[]; sent: string[]; torn: boolean }> {
    const lines = await runBench(bench, ['r', ...script], 1);
    const words = (kind: string): string[][] => lines.map((l) => l.split(' ')).filter(([k]) => k === kind);
    return {
      reads: words('g').map(([, value]) => value!),
      sent: words('x').map(([, , byte]) => byte!),
      torn: words('torn').length > 0,
    };
  }

  /** The line by hand: a byte, each bit `divisor` cycles. */
  const byHand = (byte: number, divisor: number): string[] =>
    Array.from({ length: 10 }, (_, bit) => [`l ${(((byte << 1) | (1 << 9)) >> bit) & 1}`, `n ${divisor}`]).flat();

  test('a halt tears no byte on the wire, in either direction, wherever it comes', async () => {
    const divisor = 5;
    for (let before = 0; before < 12 * divisor; before++) {
      const { reads, sent, torn } = await outcome([
        setDivisor(divisor),
        'u a5',
        'u 3c',
        transmit(0x96),
        transmit(0x69),
        `n ${before + 1}`,
        'h 37',
        `n ${30 * divisor}`,
        RECEIVE,
        RECEIVE,
        RECEIVE,
      ]);
      assert.deepEqual(reads, ['a5', '3c', EMPTY], `after ${before} cycles`);
      assert.deepEqual(sent, ['96', '69'], `after ${before} cycles`);
      assert.equal(torn, false, `after ${before} cycles`);
    }
  });

  test('a pulse shorter than half a bit is no start bit', async () => {
    for (const divisor of [4, 5, 8, 16]) {
      for (let pulse = 1; pulse <= divisor; pulse++) {
        const { reads } = await outcome([
          setDivisor(divisor),
          'l 0',
          `n ${pulse}`,
          'l 1',
          `n ${12 * divisor}`,
          RECEIVE,
        ]);
        assert.deepEqual(reads, [pulse > divisor / 2 ? 'ff' : EMPTY], `${pulse} of ${divisor} cycles`);
      }
    }
  });

  test('a break is one byte of 0, and the byte after it is received', async () => {
    for (const divisor of [UART_DIVISOR_MIN, 3, 7]) {
      const { reads } = await outcome([
        setDivisor(divisor),
        'l 0',
        `n ${100 * divisor}`,
        'l 1',
        `n ${2 * divisor}`,
        ...byHand(0x5a, divisor),
        'n 4',
        RECEIVE,
        RECEIVE,
        RECEIVE,
      ]);
      assert.deepEqual(reads, ['0', '5a', EMPTY], `divisor ${divisor}`);
    }
  });

  test('a sender a few percent fast or slow is understood', async () => {
    const divisor = 40;
    for (const own of [38, 39, 40, 41, 42]) {
      const bytes = [0x00, 0xff, 0x55, 0xaa, 0x81];
      const script = [setDivisor(divisor), ...bytes.flatMap((byte) => byHand(byte, own)), 'l 1', `n ${2 * divisor}`];
      const { reads } = await outcome([...script, ...bytes.map(() => RECEIVE), RECEIVE]);
      assert.deepEqual(reads, [...bytes.map(hex), EMPTY], `bits of ${own} cycles`);
    }
  });

  test('a sender that does not look at RTS loses what has no room, and nothing else', async () => {
    const divisor = 3;
    const bytes = Array.from({ length: UART_FIFO + 5 }, (_, i) => (i * 37) & 0xff);
    const { reads } = await outcome([
      setDivisor(divisor),
      ...bytes.flatMap((byte) => byHand(byte, divisor)),
      ...Array(UART_FIFO).fill(RECEIVE),
      RECEIVE,
      ...byHand(0x42, divisor),
      RECEIVE,
    ]);
    assert.deepEqual(reads, [...bytes.slice(0, UART_FIFO).map(hex), EMPTY, '42']);
  });
});
