import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BY_MNEMONIC, describeInstruction } from '@pysm/isa';
import { instructionHover } from '../src/providers/instruction-hover.js';

/** The marker `|` is the cursor. */
function at(marked: string): string | undefined {
  return instructionHover(marked.replace('|', ''), marked.indexOf('|'));
}

test('every instruction has help, with its doc sentence', () => {
  for (const [mnemonic, instruction] of BY_MNEMONIC) {
    const help = describeInstruction(mnemonic);
    assert.equal(help?.doc, instruction.doc);
    assert.ok(help.syntax.startsWith(mnemonic), mnemonic);
  }
});

const shown: readonly (readonly [line: string, contains: string])[] = [
  ['  LD|A S,self,.x', 'd := attribute of a'],
  ['  ADD.inplace| s,s,1'.replace('.inplace|', '|.inplace'), 'int 1, float 6'],
  ['loop0:  |FORR i,last,loop0', '+2 against the prediction'],
  ['  CIN| a,b,c', 'Always traps.'],
];
for (const [line, contains] of shown) {
  test(`hover: ${line}`, () => {
    const text = at(line);
    assert.ok(text?.includes(contains), text);
  });
}

for (const line of ['  LDA S,se|lf,.x', '; AD|D in a comment', 'func AD|D(a b)', '  NOSUCH| a', '|']) {
  test(`no hover: ${line}`, () => assert.equal(at(line), undefined));
}
