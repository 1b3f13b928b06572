/** The assembler and the printer: they agree, and errors say what, where and what to do. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AsmInstruction, type AsmModule, isLabel } from '../../src/assembly/model.js';
import { printModule, printProgram } from '../../src/assembly/print.js';
import { parseAssembly } from '../../src/assembly/text.js';
import { anyConstant, anyModule } from './generate.js';

/** The module without what text does not carry: places in the source. */
function withoutPlaces(module: AsmModule): AsmModule {
  const strip = <T extends { range?: unknown; statement?: unknown }>({ range: _r, statement: _s, ...rest }: T) => rest;
  return {
    ...module,
    functions: module.functions.map((fn) => ({
      ...(strip(fn) as typeof fn),
      items: fn.items.map((item) => (isLabel(item) ? item : (strip(item) as AsmInstruction))),
    })),
  };
}

test('a printed module is read back as it was, and printed alike', () => {
  fc.assert(
    fc.property(anyModule, (module) => {
      const text = printModule(module, { facts: true });
      const back = parseAssembly(text, module.path);
      assert.deepEqual(back.problems, []);
      assert.deepEqual(back.modules.map(withoutPlaces), [module]);
      assert.equal(printModule(back.modules[0]!, { facts: true }), text);
    }),
    { seed: 1, numRuns: 400 },
  );
});

test('constants of every type survive in every place that takes one', () => {
  fc.assert(
    fc.property(anyConstant, (value) => {
      const attribute = { name: 'v', kind: 'value', initial: value } as const;
      const item = {
        name: 'C',
        pythonName: 'C',
        base: undefined,
        slots: [],
        attributes: [attribute],
        constructor_: undefined,
        tags: [],
      };
      const module: AsmModule = { name: 'm', path: '', runtime: false, functions: [], classes: [item], globals: [] };
      const back = parseAssembly(printModule(module), '').modules;
      assert.deepEqual(back, [module]);
    }),
    { seed: 2, numRuns: 500 },
  );
});

test('any text at all gives modules or problems, never an exception', () => {
  const words = [
    'func f(a | b)',
    'class C',
    ' ADD a,b,1',
    'L:',
    ' BT a,L',
    ' LDK S,(1,',
    '"',
    ';',
    '{',
    ' default 1',
    '%9',
    'handler',
  ];
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 20 })), { maxLength: 12 }),
      (parts) => {
        parseAssembly(parts.join('\n'), 'x.pysm');
        parseAssembly(parts.join(''), 'x.pysm');
      },
    ),
    { seed: 3, numRuns: 1000 },
  );
});

test('source lines stand above the instructions that come from them', () => {
  const range = { line: 2, column: 0, endLine: 2, endColumn: 9 };
  const move: AsmInstruction = { mnemonic: 'RET', operands: [{ kind: 'named', name: 'None' }], range };
  const { modules } = parseAssembly('func f()\n RET None', 'a.py');
  const program = {
    start: 'f',
    modules: [{ ...modules[0]!, functions: [{ ...modules[0]!.functions[0]!, items: [move] }] }],
  };
  assert.match(
    printProgram(program, { source: () => ['a = 1', '  return  '] }),
    /\n; a\.py:2 {2}return\n {2}RET None\n/,
  );
});

/** What each operand notation means, by an instruction that takes it. */
const OPERANDS: readonly [line: string, operands: AsmInstruction['operands']][] = [
  [
    'MOV b,a',
    [
      { kind: 'local', slot: 1 },
      { kind: 'local', slot: 0 },
    ],
  ],
  [
    'MOV %1,%0',
    [
      { kind: 'local', slot: 1 },
      { kind: 'local', slot: 0 },
    ],
  ],
  ['MOV S,ENV', [{ kind: 'stack' }, { kind: 'environment' }]],
  ['MOV _,S', [{ kind: 'discard' }, { kind: 'stack' }]],
  ['MOV S,-1', [{ kind: 'stack' }, { kind: 'int', value: -1 }]],
  ['MOV S,None', [{ kind: 'stack' }, { kind: 'named', name: 'None' }]],
  ['LDK S,"a;b,c"', [{ kind: 'stack' }, { kind: 'constant', value: { type: 'str', value: 'a;b,c' } }]],
  ['LDK S,K', [{ kind: 'stack' }, { kind: 'constant', value: { type: 'float', value: 0.5 } }]],
  ['LDG S,@m.g', [{ kind: 'stack' }, { kind: 'global', name: 'm.g' }]],
  [
    'LDA b,a,.x',
    [
      { kind: 'local', slot: 1 },
      { kind: 'local', slot: 0 },
      { kind: 'attribute', name: 'x' },
    ],
  ],
  [
    'ISA b,a,.isa  m.C',
    [
      { kind: 'local', slot: 1 },
      { kind: 'local', slot: 0 },
      { kind: 'attribute', name: 'isa m.C' },
    ],
  ],
  [
    'BTAG a,LIST,L',
    [
      { kind: 'local', slot: 0 },
      { kind: 'tag', name: 'LIST' },
      { kind: 'label', name: 'L' },
    ],
  ],
  ['CSRR S,FREE+3', [{ kind: 'stack' }, { kind: 'csr', number: 19 }]],
  ['EXT S,a,24:24', [{ kind: 'stack' }, { kind: 'local', slot: 0 }, { kind: 'bitfield', low: 24, width: 24 }]],
  [
    'IOW IO.UART_TX,a',
    [
      { kind: 'int', value: 128 },
      { kind: 'local', slot: 0 },
    ],
  ],
  ['LDI S,0x1f', [{ kind: 'stack' }, { kind: 'int', value: 31 }]],
  ['CALL f,1', [{ kind: 'function', name: 'f' }, { kind: 'int', value: 1 }, { kind: 'clear' }]],
  ['SETH h', [{ kind: 'label', name: 'h' }]],
];
for (const [line, operands] of OPERANDS) {
  test(`operands of ${line}`, () => {
    const head = 'const K = 0.5\nfunc f(a | b)\n  handler h L L L\nL:\n';
    const { modules, problems } = parseAssembly(`${head}  ${line}\n`, 't');
    assert.deepEqual(problems, []);
    assert.deepEqual((modules[0]!.functions[0]!.items[1] as AsmInstruction).operands, operands);
  });
}

/** `^` marks under the line where the problem should stand. */
const ERRORS: readonly [line: string, marks: string, message: RegExp][] = [
  ['  AD a,b,1', '  ^^', /no instruction AD; did you mean ADD/],
  ['  mov a,b', '  ^^^^^^^', /no directive mov/],
  ['  MOV a,bb', '        ^^', /no local bb; did you mean b\?/],
  ['  MOV a,10', '        ^^', /10 is outside -1 to 9: it needs LDI or LDK/],
  ['  ADD a,b,512', '          ^^^', /512 is outside -512 to 511: load it with LDI or LDK first/],
  ['  ADD a,b', '  ^^^^^^^', /ADD takes 3 operands \(d, a, b\), not 2/],
  ['  ADD 3,a,b', '      ^', /a number cannot stand here: 3/],
  ['  LDA a,b,x', '          ^', /x is no attribute: write it as \.name/],
  ['  LDG a,x', '        ^', /x is no global: write it as @module\.name/],
  ['  BT a,LL', '       ^^', /no label LL; did you mean L\?/],
  ['L: NOP', '^', /the label L stands in line 4 already/],
  ['  SETH k', '       ^', /no handler k/],
  ['  BTAG a,LST,L', '         ^^^', /no tag LST; did you mean LIST/],
  ['  CSRR a,HTIP', '         ^^^^', /no control register HTIP; did you mean HTOP/],
  ['  EXT a,b,0:5', '          ^^^', /no bit field is 5 wide; the widths are 1, 2/],
  ['  LDK a,"x', '        ^^', /is not a closed string/],
  ['  LDK a,kc', '        ^^', /kc is no constant/],
  ['  MOV a,K', '        ^', /the constant K needs LDK/],
  ['  MOV %110,a', '      ^^^^', /local 110 is beyond the 110 .* LDW8 or STW8/],
  ['  BTUP S,33', '         ^^', /33 is outside 0 to 32/],
  ['  MOV.x a,b', '  ^^^^^', /MOV has no variant x/],
  ['  MOV a,b {a:foo}', '          ^^^^^^^', /a:foo should be OPERAND:TAG/],
  ['  MOV a,', '        ', /an operand is missing here/],
  ['  slot x', '  ^^^^^^', /slot stands only inside a class/],
  ['  handler h L', '  ^^^^^^^^^^^', /a handler has a name and three labels; handler is written: handler NAME START/],
];
for (const [line, marks, message] of ERRORS) {
  test(`error of ${line.trim()}`, () => {
    const { problems } = parseAssembly(`const K = 1\nfunc f(a | b)\n  handler h L L L\nL: NOP\n${line}\n`, 't');
    assert.equal(problems.length, 1, JSON.stringify(problems));
    const [{ message: text, range }] = problems as [(typeof problems)[0]];
    assert.match(text, message);
    const start = marks.indexOf('^') < 0 ? marks.length : marks.indexOf('^');
    assert.deepEqual(range, { line: 5, column: start, endLine: 5, endColumn: marks.length });
  });
}

test('one malformed head gives one error, not one for each line below it', () => {
  const { problems, modules } = parseAssembly('func f(a\n MOV a,1\n RET a\nfunc g()\n RET None\n', 't');
  assert.deepEqual(
    problems.map(({ range }) => range.line),
    [1],
  );
  assert.deepEqual(
    modules[0]!.functions.map(({ name }) => name),
    ['g'],
  );
});

test('defaults that do not match min are counted', () => {
  const { problems } = parseAssembly('func f(a b) min 0\n default 1\n RET a\n', 't');
  assert.match(problems[0]!.message, /f has 1 defaults for 2 parameters that may be missing/);
});
