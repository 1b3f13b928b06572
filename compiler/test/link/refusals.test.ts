/** What the linker refuses, and where its diagnostics stand. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LinkOptions } from '../../src/link/index.js';
import { linkText, locals } from './support.js';

const REFUSED: readonly [what: string, text: string, message: RegExp][] = [
  ['a missing function', 'func main()\n CALL f,0,drop\n RET None\n', /^there is no function f$/],
  ['a missing class', 'func main()\n LDK S,class C\n RET S\n', /^there is no class C$/],
  ['a missing global', 'func main()\n LDG S,@m.g\n RET S\n', /^there is no global m\.g$/],
  ['a doubled function', 'func main()\n RET None\nfunc main()\n RET None\n', /main is defined twice/],
  ['a doubled class', 'class C\nclass C\nfunc main()\n RET None\n', /class C is defined twice/],
  ['a class with a missing base', 'class C(B)\nfunc main()\n RET None\n', /base B, which does not exist/],
  ['a class that inherits from itself', 'class A(B)\nclass B(A)\nfunc main()\n RET None\n', /inherits from itself/],
  [
    'a tag of two classes',
    'class A\n tags INT\nclass B\n tags INT\nfunc main()\n RET None\n',
    /tag INT cannot be of two classes/,
  ],
  [
    'too few arguments',
    'func main()\n CALL f,0,drop\n RET None\nfunc f(a)\n RET a\n',
    /f takes 1 to 1 arguments, not 0/,
  ],
  [
    'a stack that runs empty',
    'func main()\n POP 1\n RET None\n',
    /main, instruction 0 \(POP\): it takes 1 operand words and the stack holds 0/,
  ],
  [
    'two depths at one place',
    'func main( | a)\n BT a,L\n MOV S,1\nL: RET a\n',
    /the operand stack holds 0 or 1 words|holds 1 or 0 words/,
  ],
  ['a loop that grows', 'func main( | a)\nL: MOV S,1\n JMP L\n', /holds 0 or 1 words/],
  [
    'too deep a stack',
    `func main( | a)\n${' MOV S,1\n'.repeat(49)} RET a\n`,
    /it makes 49 operand words; a frame has at most 48/,
  ],
  ['a taken FORITER with an item below', 'func main( | h i)\nL: FORITER S,h,L\n RET None\n', /holds 0 or 1 words/],
  ['running off the end', 'func main( | a)\n MOV a,1\n', /control runs off the end/],
  ['a local beyond the frame', 'func main( | a)\n MOV %1,1\n RET a\n', /local 1 is beyond the frame of 1 words/],
  [
    'an iterator group at the edge',
    'func main( | a)\n GETITER a,a\n RET a\n',
    /local 1 is beyond the frame of 1 words/,
  ],
  [
    'CATCH of another frame',
    'func main( | a)\n handler h A B T\nA: SETH h\nB: RET a\nT: CATCH 2\n RET S\n',
    /keeps 2 words and the frame has 1/,
  ],
  [
    'a handler without CATCH',
    'func main( | a)\n handler h A B T\nA: SETH h\nB: RET a\nT: RET None\n',
    /leads to RET; a handler begins with CATCH/,
  ],
  [
    'a copy below the stack',
    'func main()\n MOV S,1\n DUP S,1\n POP 2\n RET None\n',
    /copies operand 1 and the stack holds 1/,
  ],
  [
    'a trap handler of wrong arity',
    'func main()\n RET None\nfunc h(a)\n vector ADD\n RET a\n',
    /ADD takes 2 parameters, not 1/,
  ],
  ['an unknown trap', 'func main()\n RET None\nfunc h(a b)\n vector FOO\n RET a\n', /no trap operation FOO/],
  [
    'an unknown group',
    'func main()\n RET None\nfunc h(a b)\n vector ADD strs\n RET a\n',
    /no group strs; the groups are number/,
  ],
  [
    'two handlers of one trap',
    'func main()\n RET None\nfunc h(a b)\n vector ADD\n RET a\nfunc i(a b)\n vector ADD any any\n RET a\n',
    /h and i both|i and h both handle/,
  ],
  [
    'a trap handler with defaults',
    'func main()\n RET None\nfunc h(a b) min 1\n default 1\n vector ADD\n RET a\n',
    /handles a trap and has defaults/,
  ],
  [
    'two handlers of one interrupt',
    'func main()\n RET None\nfunc h()\n interrupt 1\n RET None\nfunc i()\n interrupt 1\n RET None\n',
    /both handle interrupt 1/,
  ],
  [
    'an interrupt that does not exist',
    'func main()\n RET None\nfunc h()\n interrupt 8\n RET None\n',
    /interrupt 8; the lines are 0 to 7/,
  ],
  ['a start with parameters', 'func main(a)\n RET a\n', /main cannot be the start: it needs arguments/],
  [
    'a frame that is too large',
    `func main( | ${locals(256)})\n RET None\n`,
    /needs 256 frame words and a frame has at most 255/,
  ],
];
for (const [what, text, message] of REFUSED) {
  test(`refused: ${what}`, () => {
    const result = linkText(text);
    assert.ok('diagnostics' in result);
    assert.match(result.diagnostics[0]!.message, message);
  });
}

test('diagnostics of a function stand at the instruction', () => {
  const result = linkText('func main()\n  POP 1\n  RET None\n');
  assert.ok('diagnostics' in result);
  assert.deepEqual([result.diagnostics[0]!.path, result.diagnostics[0]!.range?.line], ['test.pysm', 2]);
});

const TOO_LARGE: readonly [text: string, options: LinkOptions, message: RegExp][] = [
  [
    `func main()\n${' NOP\n'.repeat(20)} RET None\n`,
    { memory: { code: 20 } },
    /needs 22 instructions and the core has room for 20: make it smaller/,
  ],
  [
    'func main()\n LDK _,1\n LDK _,2\n RET None\n',
    { memory: { globals: 1 } },
    /needs 2 constants and globals .* room for 1/,
  ],
  [
    'func main()\n LDK _,"a long string"\n RET None\n',
    { memory: { data: 257 } },
    /needs 259 words of data .* room for 257/,
  ],
  [
    'class A\nclass B\nfunc main()\n LDK _,class A\n LDK _,class B\n RET None\n',
    { memory: { dispatch: 4 } },
    /need 4 dispatch entries .* table of 4 cannot hold them/,
  ],
];
for (const [text, options, message] of TOO_LARGE) {
  test(`too large: ${message.source}`, () => {
    const result = linkText(text, options);
    assert.ok('diagnostics' in result);
    assert.match(result.diagnostics[0]!.message, message);
  });
}
