/**
 * Proves the pieces of the arithmetic unit in formal.sv for all operands, with Yosys, and z3 or ABC (which comes with
 * Yosys):
 *
 *     node rtl/test/arithmetic/formal.mjs [NAME...]
 *     node rtl/test/arithmetic/formal.mjs --faults    puts faults into copies of the unit: a proof must fail for each
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FAULTS, putInto } from './fault-list.mjs';
import { ARITHMETIC, BUILD_LIMIT, command, Failure, FOLDER, run } from './tools.mjs';

/** Proofs: the modules they need, and the cycles to look at. ABC takes gates, and is quick where z3 has too many words. */
const PROOFS = {
  formal_lzc53: { needs: ['pysm_lzc'], cycles: 3 },
  formal_lzc57: { needs: ['pysm_lzc'], cycles: 3 },
  formal_lzc64: { needs: ['pysm_lzc'], cycles: 3 },
  formal_shift: { needs: ['pysm_shift'], cycles: 3, solver: 'abc' },
  formal_fcmp: { needs: ['pysm_fcmp'], cycles: 3 },
  formal_int_to_float: { needs: 'all', cycles: 6, solver: 'abc' },
  formal_float_to_int: { needs: 'all', cycles: 6, solver: 'abc' },
  formal_round: { needs: ['pysm_finish'], cycles: 6 },
  formal_compare: { needs: 'all', cycles: 6, solver: 'abc' },
};

function holds(name, sources) {
  const { needs, cycles, solver } = PROOFS[name];
  const modules =
    needs === 'all'
      ? readdirSync(sources).filter((file) => file.endsWith('.sv'))
      : needs.map((module) => `${module}.sv`);
  const folder = mkdtempSync(join(tmpdir(), 'pysm-formal-'));
  try {
    const files = [join(FOLDER, 'formal.sv'), ...modules.map((file) => join(sources, file))];
    const script = [
      `read_verilog -sv -formal -defer -I${sources} ${files.join(' ')}`,
      `prep -top ${name} -flatten -nordff; memory_map; async2sync; dffunmap; opt_clean -purge`,
    ];
    if (solver === 'abc') {
      script.push('setundef -undriven -anyseq; setundef -anyseq; opt -fast; techmap; opt -fast; dffunmap');
      script.push('setundef -undriven -anyseq; setundef -anyseq; aigmap; write_aiger -zinit proof.aig');
    } else script.push('write_smt2 -wires proof.smt2');
    const options = { quiet: true, limit: BUILD_LIMIT, cwd: folder };
    run('yosys', ['-q', '-p', script.join('; ')], options);
    if (solver === 'abc') {
      const read = 'read_aiger proof.aig; fold; orpos; strash; scleanup';
      const output = run('yosys-abc', ['-c', `${read}; bmc3 -F ${cycles}`], options);
      if (!/No output asserted|was asserted/.test(output)) throw new Failure(output);
      return output.includes(`No output asserted in ${cycles} frames`);
    }
    const how = ['-s', 'z3', '--presat', '-t', String(cycles), 'proof.smt2'];
    const output = run('yosys-smtbmc', how, { ...options, accept: [0, 1] });
    if (!/Status: (PASSED|FAILED)/.test(output)) throw new Failure(output);
    return output.includes('Status: PASSED');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A line of what became of it: `as` where it is as it should be. */
function tell(what, right, as, started) {
  console.log(`${what}: ${right ? as : 'FAILED'}, ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (!right) process.exitCode = 1;
}

function faults() {
  for (const fault of FAULTS.filter(({ proof }) => proof)) {
    const folder = mkdtempSync(join(tmpdir(), 'pysm-fault-'));
    const started = Date.now();
    try {
      putInto(folder, fault);
      tell(fault.name, !holds(fault.proof, folder), `found by ${fault.proof}`, started);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

await command(() => {
  const names = process.argv.slice(2);
  if (names.length === 1 && names[0] === '--faults') return faults();
  for (const name of names.length ? names : Object.keys(PROOFS)) {
    if (!PROOFS[name]) throw new Failure(`no proof '${name}'; there are ${Object.keys(PROOFS).join(', ')}`);
    const started = Date.now();
    tell(name, holds(name, ARITHMETIC), 'proved', started);
  }
});
