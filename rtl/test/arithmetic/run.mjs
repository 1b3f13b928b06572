/**
 * Checks the arithmetic unit (rtl/arithmetic) against the host's IEEE arithmetic and exact integers:
 *
 *     node rtl/test/arithmetic/run.mjs [--count N] [--seed S] [--only NAME] [--icarus N]
 *
 * N operand pairs for each operation under Verilator (default 20000; the full run is --count 1000000, some minutes), then
 * the first of them (--icarus, default 100 for each operation) under Icarus as a second opinion on the Verilog. The seed
 * is the clock's unless given, and printed.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ARITHMETIC, BUILD_LIMIT, buildBench, command, Failure, FOLDER, run } from './tools.mjs';

/** Operations in operations.h, and the most vectors that icarus.sv takes. */
const OPERATIONS = 26;
const ICARUS_LIMIT = 65536;

/** Whole number of an option. */
function number(name, text, most) {
  if (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= most) return text;
  throw new Failure(`--${name} is a whole number from 1 to ${most}, not '${text}'`);
}

function main() {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '20000' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000_007) },
      only: { type: 'string' },
      icarus: { type: 'string', default: '100' },
    },
  });
  const count = number('count', values.count, 1_000_000_000);
  const seed = number('seed', values.seed, Number.MAX_SAFE_INTEGER);
  const perOperation = number('icarus', values.icarus, Math.floor(ICARUS_LIMIT / OPERATIONS));

  const folder = mkdtempSync(join(tmpdir(), 'pysm-arithmetic-'));
  try {
    console.log(`seed ${seed}`);
    const bench = buildBench(folder);
    run(bench, ['--count', count, '--seed', seed, ...(values.only ? ['--only', values.only] : [])]);

    const vectors = join(folder, 'vectors.hex');
    const simulation = join(folder, 'icarus.vvp');
    const total = OPERATIONS * Number(perOperation);
    run(bench, ['--vectors', vectors, '--count', perOperation, '--seed', seed]);
    const sources = readdirSync(ARITHMETIC).filter((name) => name.endsWith('.sv'));
    const files = [
      join(FOLDER, 'icarus.sv'),
      join(FOLDER, 'bench.sv'),
      ...sources.map((name) => join(ARITHMETIC, name)),
    ];
    run('iverilog', ['-g2012', '-s', 'icarus', `-I${ARITHMETIC}`, '-o', simulation, ...files], {
      quiet: true,
      limit: BUILD_LIMIT,
    });
    const output = run('vvp', ['-n', simulation, `+vectors=${vectors}`, `+count=${total}`], { quiet: true });
    console.log(`Icarus: ${output.trim()}`);
    if (!output.includes(`${total} operations, 0 wrong`)) throw new Failure('Icarus found differences');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await command(main);
