/**
 * Checks the simulator's arithmetic against the host's, on the operand pairs that the bench of the RTL uses:
 *
 *     node rtl/test/arithmetic/simulator.mjs [--count N] [--seed S] [NAME...]
 *
 * N pairs (default 100000; the full run is --count 10000000) for each instruction, those that trap left out. The
 * simulator must be built (node scripts/build.mjs).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BY_MNEMONIC, encode, INTERRUPT_LINES, ISA_VERSION, RUNTIME_CELLS, TAG } from '@pysm/isa';
import { createStepper } from '@pysm/simulator/node';
import { buildBench, command, Failure } from './tools.mjs';

const LESS = 1n;
const EQUAL = 2n;
const GREATER = 4n;
const holds = (orders) => (order) => ((order & orders) === 0n ? 0n : 1n);

/**
 * Instructions by the operation of the bench that gives their operands: tags of a and b, and what makes the instruction's
 * result of the bench's, where that is not the same.
 */
const { INT, FLOAT } = TAG;
const order = (tags) => [
  { mnemonic: 'CLT', tags, expect: holds(LESS) },
  { mnemonic: 'CLE', tags, expect: holds(LESS | EQUAL) },
  { mnemonic: 'CEQ', tags, expect: holds(EQUAL) },
  { mnemonic: 'CNE', tags, expect: (order) => 1n - holds(EQUAL)(order) },
  { mnemonic: 'CGT', tags, expect: holds(GREATER) },
  { mnemonic: 'CGE', tags, expect: holds(GREATER | EQUAL) },
];
const CHECKS = {
  IMUL: [{ mnemonic: 'MUL', tags: [INT, INT] }],
  UMULL: [{ mnemonic: 'RMUL', tags: [INT, INT] }],
  UMULH: [{ mnemonic: 'MULHU', tags: [INT, INT] }],
  FLOOR: [{ mnemonic: 'FLOOR', tags: [INT, INT] }],
  MOD: [{ mnemonic: 'MOD', tags: [INT, INT] }],
  FADD: [{ mnemonic: 'ADD', tags: [FLOAT, FLOAT] }],
  FSUB: [{ mnemonic: 'SUB', tags: [FLOAT, FLOAT] }],
  FMUL: [{ mnemonic: 'MUL', tags: [FLOAT, FLOAT] }],
  FDIV: [{ mnemonic: 'DIV', tags: [FLOAT, FLOAT] }],
  IFADD: [{ mnemonic: 'ADD', tags: [INT, FLOAT] }],
  FIADD: [{ mnemonic: 'ADD', tags: [FLOAT, INT] }],
  IFSUB: [{ mnemonic: 'SUB', tags: [INT, FLOAT] }],
  FISUB: [{ mnemonic: 'SUB', tags: [FLOAT, INT] }],
  IFMUL: [{ mnemonic: 'MUL', tags: [INT, FLOAT] }],
  FIMUL: [{ mnemonic: 'MUL', tags: [FLOAT, INT] }],
  IFDIV: [{ mnemonic: 'DIV', tags: [INT, FLOAT] }],
  FIDIV: [{ mnemonic: 'DIV', tags: [FLOAT, INT] }],
  IIDIV: [{ mnemonic: 'DIV', tags: [INT, INT] }],
  FSQRT: [{ mnemonic: 'FSQRT', tags: [FLOAT] }],
  ISQRT: [{ mnemonic: 'FSQRT', tags: [INT] }],
  I2F: [{ mnemonic: 'CVT', tags: [INT] }],
  F2I: [{ mnemonic: 'CVT', tags: [FLOAT] }],
  CMPIF: order([INT, FLOAT]),
  CMPFI: order([FLOAT, INT]),
  FCMP: order([FLOAT, FLOAT]),
};

/** Operands and result of a pair take three locals of the frame; a program runs as many pairs as it has room for. */
const PAIRS = 36;
const WORDS = 3;
const CELL_WORDS = 2;
const RECORD_BYTES = 8 * WORDS;
const STATUS_BREAK = 3;

/** A core with the program: the instruction on every pair of locals, a break, and from the start again. */
async function prepare({ mnemonic, tags }) {
  const instruction = BY_MNEMONIC.get(mnemonic);
  const code = Array.from({ length: PAIRS }, (_, i) =>
    encode(instruction, { a: WORDS * i, ...(tags[1] === undefined ? {} : { b: WORDS * i + 1 }), d: WORDS * i + 2 }),
  );
  code.push(encode(BY_MNEMONIC.get('BRK'), {}), encode(BY_MNEMONIC.get('JMP'), { target: 0 }));
  const stepper = await createStepper();
  stepper.load({
    version: ISA_VERSION,
    code: Uint32Array.from(code),
    entry: 0,
    entryFrame: WORDS * PAIRS,
    heapBase: RUNTIME_CELLS,
    data: [],
    globals: [],
    dispatch: [],
    vectors: [],
    tagRows: new Array(32).fill(0),
    interruptVectors: new Array(INTERRUPT_LINES).fill(0n),
    debug: { files: [], functions: [], lines: [], globals: [], classes: [], attributes: [] },
  });
  const { buffer, byteOffset } = stepper.cells('stack');
  const cells = new BigUint64Array(buffer, byteOffset, WORDS * PAIRS * CELL_WORDS);
  for (let i = 0; i < PAIRS; i++) {
    tags.forEach((tag, operand) => {
      cells[(WORDS * i + operand) * CELL_WORDS + 1] = BigInt(tag);
    });
  }
  return { core: stepper.core, cells };
}

/** Runs the pairs of `records` on the core; returns how many. */
function check(name, { mnemonic, expect = (value) => value }, { core, cells }, records) {
  const pairs = records.length / WORDS;
  for (let from = 0; from < pairs; from += PAIRS) {
    const count = Math.min(PAIRS, pairs - from);
    for (let i = 0; i < PAIRS; i++) {
      // The last program may have room for more: its first pair again, which does not trap.
      const pair = from + (i < count ? i : 0);
      const at = i * WORDS * CELL_WORDS;
      cells[at] = records[pair * WORDS];
      cells[at + CELL_WORDS] = records[pair * WORDS + 1];
    }
    const status = core.run(1n << 62n);
    if (status !== STATUS_BREAK) throw new Failure(`${name}: the core stopped at ${core.pc()} with status ${status}`);
    core.proceed(true);
    for (let i = 0; i < count; i++) {
      const [a, b, want] = records.subarray((from + i) * WORDS, (from + i + 1) * WORDS);
      const got = cells[(i * WORDS + 2) * CELL_WORDS];
      if (got === expect(want)) continue;
      const hex = (value) => value.toString(16).padStart(16, '0');
      throw new Failure(`${mnemonic} (${name}) ${hex(a)} ${hex(b)}: ${hex(got)}, expected ${hex(expect(want))}`);
    }
  }
  return pairs;
}

/** Streams pairs of an operation from the bench through all its instructions. */
async function run(bench, name, count, seed) {
  const machines = [];
  for (const instruction of CHECKS[name]) machines.push({ instruction, machine: await prepare(instruction) });
  const child = spawn(bench, ['--stream', name, '--count', count, '--seed', seed], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  let pairs = 0;
  let rest = Buffer.alloc(0);
  for await (const chunk of child.stdout) {
    const bytes = Buffer.concat([rest, chunk]);
    const whole = bytes.length - (bytes.length % RECORD_BYTES);
    rest = bytes.subarray(whole);
    const records = new BigUint64Array(Uint8Array.prototype.slice.call(bytes, 0, whole).buffer);
    for (const { instruction, machine } of machines) check(name, instruction, machine, records);
    pairs += records.length / WORDS;
  }
  const [code] = await exit;
  if (code !== 0) throw new Failure(`the bench ended with ${code}`);
  const mnemonics = CHECKS[name].map(({ mnemonic }) => mnemonic).join(' ');
  console.log(`${name} (${mnemonics}): ${pairs} pairs, 0 wrong`);
}

await command(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      count: { type: 'string', default: '100000' },
      seed: { type: 'string', default: String(1 + (Date.now() % 1_000_000_007)) },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'pysm-arithmetic-'));
  try {
    console.log(`seed ${values.seed}`);
    const bench = buildBench(folder);
    for (const name of positionals.length ? positionals : Object.keys(CHECKS)) {
      if (!CHECKS[name]) throw new Failure(`no operation '${name}'; there are ${Object.keys(CHECKS).join(', ')}`);
      await run(bench, name, values.count, values.seed);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
