/** The generated headers under the compilers that use them: no warning, and every number is the instruction table's. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { BY_OPCODE, INSTRUCTIONS } from '@pysm/isa';
import { isaConstants } from '../../isa/dist/src/generate/constants.js';
import { operandNumber } from '../../isa/dist/src/generate/operands.js';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const CONSTANTS = isaConstants().flatMap((g) => g.constants);

let folder;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'pysm-headers-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a tool and gives its output; a failure shows what it said. */
function run(tool, args) {
  const result = spawnSync(tool, args, { cwd: folder, encoding: 'utf8', timeout: 60_000 });
  assert.ok(!result.error, `${tool} does not run; install it: apt-get install gcc libc6-dev iverilog`);
  assert.equal(result.status, 0, result.stderr + result.stdout);
  assert.equal(result.stderr, '');
  return result.stdout;
}

test('pysm_isa.h is C11 without a warning', () => {
  const asserts = CONSTANTS.map((c) => `_Static_assert(PYSM_${c.name} == ${c.value}, "${c.name}");`);
  writeFileSync(
    join(folder, 'check.c'),
    `#include "pysm_isa.h"
#include "pysm_isa.h"
${asserts.join('\n')}
#define COUNT(opcode, mnemonic) + 1
_Static_assert((0 PYSM_INSTRUCTIONS(COUNT)) == ${INSTRUCTIONS.length}, "instructions");
int main(void) {
  if (pysm_vector_index(1, 2, 3) != 83) return 1;
  return pysm_field(UINT64_C(0x1234), 4, 8) == 0x23 ? 0 : 2;
}
`,
  );
  const warnings = ['-std=c11', '-Wall', '-Wextra', '-Werror', '-pedantic'];
  run('gcc', [...warnings, '-I', join(REPOSITORY, 'host', 'include'), 'check.c', '-o', 'check']);
  run(join(folder, 'check'), []);
});

test('pysm_isa.svh compiles under Icarus', () => {
  const checks = CONSTANTS.map(
    (c) => `    if (\`PYSM_${c.name} != ${c.value}) begin $display("${c.name}"); bad = 1; end`,
  );
  writeFileSync(
    join(folder, 'check.sv'),
    `\`include "pysm_isa.svh"
\`include "pysm_isa.svh"
module check;
  integer bad;
  initial begin
    bad = 0;
${checks.join('\n')}
    if (bad == 0) $display("as the table");
  end
endmodule
`,
  );
  run('iverilog', ['-g2012', '-Wall', '-I', join(REPOSITORY, 'rtl', 'include'), '-o', 'check.vvp', 'check.sv']);
  assert.equal(run('vvp', ['check.vvp']).trim(), 'as the table');
});

test('pysm_decode.svh compiles under Icarus, in two modules, and describes every opcode', () => {
  const checks = BY_OPCODE.map(
    (i, opcode) =>
      `    if (pysm_operands(8'd${opcode}) !== 22'd${i ? operandNumber(i) : 0}) begin $display("${opcode}"); bad = 1; end`,
  );
  writeFileSync(
    join(folder, 'decode.sv'),
    `module other;
\`include "pysm_decode.svh"
  wire [21:0] halt = pysm_operands(8'h03);
endmodule
module check;
\`include "pysm_decode.svh"
  other second ();
  integer bad;
  initial begin
    bad = 0;
${checks.join('\n')}
    #1 if (second.halt[\`PYSM_OPERANDS_SOURCE1_LOW +: \`PYSM_OPERANDS_SOURCE1_WIDTH] !== \`PYSM_FIELD_A) bad = 1;
    if (bad == 0) $display("as the table");
  end
endmodule
`,
  );
  run('iverilog', [
    '-g2012',
    '-Wall',
    '-I',
    join(REPOSITORY, 'rtl', 'include'),
    '-s',
    'check',
    '-o',
    'decode.vvp',
    'decode.sv',
  ]);
  assert.equal(run('vvp', ['decode.vvp']).trim(), 'as the table');
});
