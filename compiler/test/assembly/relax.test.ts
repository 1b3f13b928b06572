/** Relaxation: branches at and beyond the edge of their reach, and the forms they become. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AsmInstruction, type AsmItem, isLabel } from '../../src/assembly/model.js';
import { BRANCH_REACH, branchTarget, labelOffsets, relax } from '../../src/assembly/relax.js';
import { parseAssembly } from '../../src/assembly/text.js';

const NOP: AsmInstruction = { mnemonic: 'NOP', operands: [] };
const nops = (count: number): AsmItem[] => new Array<AsmItem>(count).fill(NOP);

/** Items of a function body, where `nops N` stands for N instructions. */
function body(text: string): AsmItem[] {
  const lines = text.trim().split('\n');
  const { modules, problems } = parseAssembly(
    `func f(a b)\n${lines.map((l) => l.replace(/nops \d+/, 'NOP')).join('\n')}`,
    '',
  );
  assert.deepEqual(problems, []);
  const counts = lines.flatMap((line) => (/nops (\d+)/.exec(line) ? [Number(/nops (\d+)/.exec(line)![1])] : []));
  return modules[0]!.functions[0]!.items.flatMap((item) =>
    !isLabel(item) && item.mnemonic === 'NOP' ? nops(counts.shift()!) : [item],
  );
}

const shape = (items: readonly AsmItem[]): string[] =>
  items.flatMap((item) => {
    if (isLabel(item)) return [`${item.label}:`];
    if (item.mnemonic === 'NOP') return [];
    const label = item.operands.find((o) => o.kind === 'label');
    return [`${item.mnemonic} ${label?.kind === 'label' ? label.name : ''}`.trim()];
  });

/** [what, text, relaxed without the NOPs]; a branch stands `nops` + 1 words from a label behind it. */
const CASES: readonly [what: string, text: string, expected: string[]][] = [
  ['forward, at the edge', 'BT a,L\nnops 510\nL: RET a', ['BT L', 'L:', 'RET']],
  ['forward, one beyond', 'BT a,L\nnops 511\nL: RET a', ['BF .skip0', 'JMP L', '.skip0:', 'L:', 'RET']],
  ['backward, at the edge', 'L: nops 512\nBT a,L\nRET a', ['L:', 'BT L', 'RET']],
  ['backward, one beyond', 'L: nops 513\nBT a,L\nRET a', ['L:', 'BF .skip0', 'JMP L', '.skip0:', 'RET']],
  ['a comparison', 'BLT a,b,L\nnops 511\nL: RET a', ['BNLT .skip0', 'JMP L', '.skip0:', 'L:', 'RET']],
  [
    'no inverse, forward',
    'FORR a,b,L\nnops 511\nL: RET a',
    ['FORR .take0', 'JMP .skip1', '.take0:', 'JMP L', '.skip1:', 'L:', 'RET'],
  ],
  [
    'no inverse, backward',
    'L: nops 513\nFORR a,b,L\nRET a',
    ['L:', 'JMP .test1', '.take0:', 'JMP L', '.test1:', 'FORR .take0', 'RET'],
  ],
  [
    'names that are taken',
    '.skip0: BT a,L\nnops 511\nL: RET a',
    ['.skip0:', 'BF .skip1', 'JMP L', '.skip1:', 'L:', 'RET'],
  ],
  ['JMP reaches everything', 'JMP L\nnops 900\nL: RET a', ['JMP L', 'L:', 'RET']],
  [
    'one pushes another out of reach',
    'BT a,L\nBT b,M\nnops 509\nL: nops 2\nM: RET a',
    ['BF .skip1', 'JMP L', '.skip1:', 'BF .skip0', 'JMP M', '.skip0:', 'L:', 'M:', 'RET'],
  ],
];
for (const [what, text, expected] of CASES) {
  test(what, () => assert.deepEqual(shape(relax(body(text))), expected));
}

test('line, statement and loop bound stay with the instructions that they belong to', () => {
  const items = body('L: nops 600\nFORR a,b,L {loop:3..5:"why"}\nRET a');
  const relaxed = relax(items).filter((item): item is AsmInstruction => !isLabel(item) && item.mnemonic !== 'NOP');
  const range = (items.find((item) => !isLabel(item) && item.mnemonic === 'FORR') as AsmInstruction).range;
  assert.deepEqual(
    relaxed.slice(0, 3).map((i) => [i.mnemonic, i.range === range, i.statement === true, i.loopBound?.max]),
    [
      ['JMP', true, true, undefined],
      ['JMP', true, false, 5],
      ['FORR', true, false, undefined],
    ],
  );
});

test('every branch is within reach afterwards, and short functions are left alone', () => {
  const block = fc.tuple(fc.nat(400), fc.constantFrom('BT', 'BLT', 'FORR', 'BUNB'), fc.nat(9));
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 10 }), (blocks) => {
      const items: AsmItem[] = blocks.flatMap(([count, mnemonic, target], i): AsmItem[] => [
        { label: `L${i}` },
        ...nops(count),
        {
          mnemonic,
          operands: [
            { kind: 'local', slot: 0 },
            ...(mnemonic === 'BLT' || mnemonic === 'FORR' ? [{ kind: 'local', slot: 1 } as const] : []),
            { kind: 'label', name: `L${target % blocks.length}` },
          ],
        },
      ]);
      const relaxed = relax(items);
      const offsets = labelOffsets(relaxed);
      let at = 0;
      for (const item of relaxed) {
        if (isLabel(item)) continue;
        const label = branchTarget(item);
        if (label !== undefined) {
          const offset = offsets.get(label)! - at;
          assert.ok(offset >= BRANCH_REACH.min && offset <= BRANCH_REACH.max, `${item.mnemonic} over ${offset} words`);
        }
        at++;
      }
      const words = items.filter((item) => !isLabel(item)).length;
      if (words <= BRANCH_REACH.max) assert.equal(relaxed, items);
    }),
    { seed: 1, numRuns: 300 },
  );
});
