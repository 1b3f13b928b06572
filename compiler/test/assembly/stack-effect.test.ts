/** Stack effects of the instructions that have more of them than their operands show. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AsmInstruction, isLabel } from '../../src/assembly/model.js';
import { select } from '../../src/assembly/select.js';
import { stackEffect } from '../../src/assembly/stack-effect.js';
import { parseAssembly } from '../../src/assembly/text.js';

/** [instruction, popped, pushed, pushed where taken, goes on] */
const EFFECTS: readonly [text: string, pops: number, pushes: number, taken: number, continues: boolean][] = [
  ['ADD S,S,S', 2, 1, 1, true],
  ['ADD a,S,1', 1, 0, 0, true],
  ['STX S,S,S', 3, 0, 0, true],
  ['MOV _,S', 1, 0, 0, true],
  ['POP 3', 3, 0, 0, true],
  ['DUP S,2', 0, 1, 1, true],
  ['CALL f,3', 3, 1, 1, true],
  ['CALL f,3,drop', 3, 0, 0, true],
  ['CALLV 2', 3, 1, 1, true],
  ['CALLM .m,2,drop', 3, 0, 0, true],
  ['CALLKW 2,("k",)', 3, 1, 1, true],
  ['TAIL f,2', 2, 0, 0, false],
  ['RET S', 1, 0, 0, false],
  ['RAISE S', 1, 0, 0, false],
  ['HALT 0,S', 1, 0, 0, false],
  ['JMP L', 0, 0, 0, false],
  ['FORITER S,a,L', 0, 0, 1, true],
  ['BT S,L', 1, 0, 0, true],
  ['BTUP S,4', 4, 1, 1, true],
  ['BLIST a,4', 4, 0, 0, true],
  ['BMAP S,2', 4, 1, 1, true],
  ['BSLICE S', 3, 1, 1, true],
  ['MKCLO S,S,2', 3, 1, 1, true],
  ['UNPACK S,3', 1, 3, 3, true],
  ['YIELD S,S', 1, 1, 1, true],
  ['CLRL 5', 0, 5, 5, true],
];
for (const [text, pops, pushes, pushesTaken, continues] of EFFECTS) {
  test(text, () => {
    const { modules, problems } = parseAssembly(`func f(a b)\nL: ${text}\n`, '');
    assert.deepEqual(problems, []);
    const instruction = modules[0]!.functions[0]!.items.find((item): item is AsmInstruction => !isLabel(item))!;
    assert.deepEqual(stackEffect(instruction, select(instruction)), { pops, pushes, pushesTaken, continues });
  });
}
