/**
 * Proves the pieces of the arithmetic unit in formal.sv for all operands, with Yosys and z3:
 *
 *     node rtl/test/arithmetic/formal.mjs [NAME...]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ARITHMETIC, BUILD_LIMIT, command, Failure, FOLDER, run } from './tools.mjs';

/** Proofs: the modules they need, and the cycles to look at. */
const PROOFS = {
  formal_lzc53: { needs: ['pysm_lzc'], cycles: 3 },
  formal_lzc57: { needs: ['pysm_lzc'], cycles: 3 },
  formal_lzc64: { needs: ['pysm_lzc'], cycles: 3 },
  formal_shift64: { needs: ['pysm_shift_right'], cycles: 3 },
  formal_shift109: { needs: ['pysm_shift_right'], cycles: 3 },
  formal_fcmp: { needs: ['pysm_fcmp'], cycles: 3 },
  formal_int_to_float: { needs: ['pysm_int_to_float', 'pysm_lzc'], cycles: 6 },
  formal_float_to_int: { needs: ['pysm_float_to_int'], cycles: 6 },
  formal_round: { needs: ['pysm_float_round', 'pysm_shift_right'], cycles: 6 },
};

function prove(name, { needs, cycles }) {
  const folder = mkdtempSync(join(tmpdir(), 'pysm-formal-'));
  try {
    const files = [join(FOLDER, 'formal.sv'), ...needs.map((module) => join(ARITHMETIC, `${module}.sv`))];
    const script = [
      `read_verilog -sv -formal -defer -I${ARITHMETIC} ${files.join(' ')}`,
      `prep -top ${name} -flatten -nordff; async2sync; dffunmap; write_smt2 -wires proof.smt2`,
    ].join('; ');
    const options = { quiet: true, limit: BUILD_LIMIT, cwd: folder };
    run('yosys', ['-q', '-p', script], options);
    const started = Date.now();
    const output = run('yosys-smtbmc', ['-s', 'z3', '--presat', '-t', String(cycles), 'proof.smt2'], options);
    if (!output.includes('Status: PASSED')) throw new Failure(output);
    console.log(`${name}: proved, ${((Date.now() - started) / 1000).toFixed(1)} s`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await command(() => {
  const names = process.argv.slice(2);
  for (const name of names.length ? names : Object.keys(PROOFS)) {
    if (!PROOFS[name]) throw new Failure(`no proof '${name}'; there are ${Object.keys(PROOFS).join(', ')}`);
    prove(name, PROOFS[name]);
  }
});
