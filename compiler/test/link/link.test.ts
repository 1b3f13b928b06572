/** The linker's rules, one test each: programs in assembly text, images read back through the instruction table. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CLASS,
  decode,
  FUNC,
  FUNC_FLAG,
  getField,
  HANDLER,
  HDR,
  type Image,
  OPERAND_WORDS,
  REF,
  RUNTIME_CELLS,
  STR_WIDE_BIT,
  SYSTEM_CAUSE,
  str7Word,
  TAG,
  TAG_GROUP,
  TRAP_OPERATION,
  tagNumber,
  vectorIndex,
} from '@pysm/isa';
import { parseAssembly } from '../../src/assembly/text.js';
import { type LinkOptions, type LinkResult, link } from '../../src/link/index.js';

function linkText(text: string, options?: LinkOptions): LinkResult {
  const { modules, start, problems } = parseAssembly(text, 'test.pysm');
  assert.deepEqual(problems, []);
  return link({ modules, start: start ?? 'main' }, options);
}

function imageOf(text: string): Image {
  const result = linkText(text);
  assert.ok('image' in result, 'diagnostics' in result ? result.diagnostics[0]?.message : '');
  return result.image;
}

const functionOf = (image: Image, name: string) => image.debug.functions.find((f) => f.name === name)!;
const names = (image: Image): string[] => image.debug.functions.map((f) => f.name);

/** Mnemonics and fields of a function's words, from its first one on. */
function listing(image: Image, name: string) {
  const { start, end } = functionOf(image, name);
  return [...image.code.slice(start, end)].map((word) => {
    const { instruction, fields } = decode(word)!;
    return { mnemonic: instruction.mnemonic, ...fields } as { mnemonic: string } & Record<string, number>;
  });
}
const mnemonics = (image: Image, name: string): string[] => listing(image, name).map((i) => i.mnemonic);

const locals = (count: number): string => Array.from({ length: count }, (_, i) => `v${i}`).join(' ');

// ---------------------------------------------------------------- what is linked

test('only what the start reaches is linked, the start first', () => {
  const image = imageOf(`
func dead()
  CALL used,0,drop
  RET None
func used()
  LDK S,func byValue
  RET S
func byValue()
  RET None
func byDefault()
  RET None
func main()
  CALL used,0,drop
  CALL d,0,drop
  RET None
func d(x) min 0
  default (1, func byDefault)
  RET x
`);
  assert.deepEqual(names(image), ['main', 'used', 'd', 'byValue', 'byDefault']);
});

test('a method is linked where its name is used and an instance can exist', () => {
  const text = (main: string) => `
class A
  method m A.m
  method n A.n
class B(A)
  getter p B.p
class C
  method m C.m
func A.m(self)
  RET None
func A.n(self)
  RET None
func B.p(self)
  RET None
func C.m(self)
  RET None
func main( | x)
  NEW x,class B
  ${main}
  RET None
`;
  assert.deepEqual(names(imageOf(text('NOP'))), ['main']);
  assert.deepEqual(names(imageOf(text('LDA _,x,.m'))), ['main', 'A.m']);
  assert.deepEqual(names(imageOf(text('LDA _,x,.p'))), ['main', 'B.p']);
  assert.deepEqual(names(imageOf(text('MOV S,x\n  CALLM .n,0,drop'))), ['main', 'A.n']);
});

test('a constructor is linked where its class is called, not where NEW alone makes instances', () => {
  const text = (main: string) => `
class A
  constructor A.new
  slot x
func A.new(y)
  RET y
func main( | x)
  ${main}
  RET None
`;
  assert.deepEqual(names(imageOf(text('NEW x,class A'))), ['main']);
  const image = imageOf(text('LDK x,class A'));
  assert.deepEqual(names(image), ['main', 'A.new']);
  const word = image.globals[0]!;
  const { entry } = functionOf(image, 'A.new');
  assert.equal(word.tag, TAG.CLASS);
  assert.deepEqual(
    [CLASS.entry, CLASS.min, CLASS.max, CLASS.frame, CLASS.row, CLASS.words].map((f) => getField(word.payload, f)),
    [entry, 1, 1, 1, image.debug.classes[0]!.row, 2],
  );
  // type(x) gives the CLASS word, which then can be called.
  assert.deepEqual(names(imageOf(text('NEW x,class A\n  LDA x,x,.__class__'))), ['main', 'A.new']);
  // Nothing calls the class of an instance that only NEW makes: its arity fits no call.
  assert.equal(getField(imageOf(text('NEW x,class A')).globals[0]!.payload, CLASS.min), 63);
});

test('a trap handler is linked where a reached instruction can raise its trap, and reaches more', () => {
  const text = (main: string) => `
class T
  tags STR STR7
  method __add__ T.add
func T.add(self x)
  RET None
func addStr(a b)
  vector ADD str str
  MOV S,a
  MOV S,b
  CALLM .__add__,1
  RET S
func name()
  vector SYSTEM NAME
  RET None
func stack()
  vector SYSTEM STACK
  RET None
global g
func main( | x)
  ${main}
  RET None
`;
  assert.deepEqual(names(imageOf(text('NOP'))), ['main', 'stack']);
  assert.deepEqual(names(imageOf(text('ADD x,x,1'))), ['main', 'stack', 'addStr', 'T.add']);
  assert.deepEqual(names(imageOf(text('ADD x,x,300'))), ['main', 'stack', 'addStr', 'T.add']);
  assert.deepEqual(names(imageOf(text('LDG x,@__main__.g'))), ['main', 'stack', 'name']);
});

test('interrupt handlers are linked and loaded into their lines', () => {
  const image = imageOf('func main()\n RET None\nfunc tick( | t)\n interrupt 2\n RET None\n');
  assert.deepEqual(names(image), ['main', 'tick']);
  const payload = image.interruptVectors[2]!;
  assert.equal(getField(payload, FUNC.entry), functionOf(image, 'tick').entry);
  assert.equal(getField(payload, FUNC.flags), FUNC_FLAG.HARD_IRQ);
  assert.equal(getField(payload, FUNC.frame), 1);
  assert.deepEqual(image.interruptVectors.filter((p) => p !== 0n).length, 1);
});

// ---------------------------------------------------------------- how functions are entered

test('word 0 is ILL, so that no function has address 0', () => {
  const image = imageOf('func main()\n RET None\n');
  assert.equal(image.code[0], 0);
  assert.equal(image.entry, 1);
});

test('a call with fewer arguments enters at the default of the first that is missing', () => {
  const image = imageOf(`
global g
func main()
  MOV S,1
  CALL f,1,drop
  MOV S,1
  MOV S,2
  CALL f,2,drop
  MOV S,1
  MOV S,2
  MOV S,3
  CALL f,3,drop
  RET None
func f(a b c | d) min 1
  default "b"
  default @__main__.g
  RET a
`);
  const f = functionOf(image, 'f');
  assert.equal(f.entry - f.start, 2);
  const [first, second] = listing(image, 'f');
  assert.deepEqual([first!.mnemonic, first!['d'], image.globals[first!['k']!]], ['LDK', 1, str7Word('b')]);
  assert.deepEqual([second!.mnemonic, second!['d']], ['LDG', 2]);
  const calls = listing(image, 'main').filter((i) => i.mnemonic === 'CALL');
  assert.deepEqual(
    calls.map((i) => [f.entry - i['target']!, i['n'], i['clear'], i['drop']]),
    [
      [2, 1, 3, 1],
      [1, 2, 2, 1],
      [0, 3, 1, 1],
    ],
  );
});

test('a frame that a CALL can clear has no prologue; the next larger one has', () => {
  const text = (count: number) =>
    `func main()\n MOV S,1\n CALL f,1,drop\n LDK S,func f\n RET S\nfunc f(a | ${locals(count)})\n RET a\n`;
  const small = imageOf(text(15));
  assert.deepEqual(mnemonics(small, 'f'), ['RET']);
  assert.equal(listing(small, 'main')[1]!['clear'], 15);
  assert.equal(getField(small.globals[0]!.payload, FUNC.frame), 16);
  const large = imageOf(text(60));
  assert.deepEqual(
    listing(large, 'f').map((i) => [i.mnemonic, i['k']]),
    [
      ['CHKSP', 45 + OPERAND_WORDS],
      ['CLRL', 32],
      ['CLRL', 13],
      ['RET', undefined],
    ],
  );
  assert.equal(listing(large, 'main')[1]!['clear'], 15);
  assert.equal(getField(large.globals[0]!.payload, FUNC.frame), 16);
  assert.equal(functionOf(large, 'f').frame, 61);
});

test('a direct call that leaves out more than 15 words goes through a stub of its own', () => {
  const image = imageOf(`
func main()
  CALL f,0,drop
  MOV S,1
  CALL f,1,drop
  LDK S,func f
  RET S
func f(${locals(20)} | w) min 0
${'  default 7\n'.repeat(20)}  RET w
`);
  const f = functionOf(image, 'f');
  const code = listing(image, 'f');
  const calls = listing(image, 'main').filter((i) => i.mnemonic === 'CALL');
  // 20 parameters are in the entry frame; the local beyond is cleared by the prologue.
  assert.equal(getField(image.globals[0]!.payload, FUNC.frame), 20);
  for (const [n, call] of calls.entries()) {
    assert.equal(call['clear'], 15);
    const stub = code.slice(call['target']! - f.start);
    assert.deepEqual(
      stub.slice(0, 3).map((i) => [i.mnemonic, i['k'] ?? i['target']]),
      [
        ['CHKSP', 5 - n + OPERAND_WORDS],
        ['CLRL', 5 - n],
        ['JMP', f.entry - (20 - n)],
      ],
    );
  }
});

test('a trap clears 7 words beyond the operands; what is missing is pushed before the entry', () => {
  const text = (count: number) =>
    `func main( | x)\n ADD x,x,1\n RET x\nfunc h(a b | ${locals(count)})\n vector ADD\n RET a\n`;
  const near = imageOf(text(7));
  assert.deepEqual(near.vectors[0], { index: TRAP_OPERATION.ADD * 64, address: functionOf(near, 'h').entry, clear: 7 });
  const far = imageOf(text(20));
  const h = functionOf(far, 'h');
  assert.deepEqual(far.vectors[0], { index: TRAP_OPERATION.ADD * 64, address: h.start, clear: 7 });
  // 2 operands, 7 cleared by the trap, 8 by the stub: the entry frame of 17; then 5 by the prologue.
  assert.deepEqual(
    listing(far, 'h').map((i) => [i.mnemonic, i['k']]),
    [
      ['CHKSP', 8 + OPERAND_WORDS],
      ['CLRL', 8],
      ['CHKSP', 5 + OPERAND_WORDS],
      ['CLRL', 5],
      ['RET', undefined],
    ],
  );
  assert.equal(h.entry - h.start, 2);
});

test('the start is entered with its entry frame', () => {
  const image = imageOf(`func main( | ${locals(40)})\n RET None\n`);
  assert.equal(image.entryFrame, 15);
  assert.deepEqual(mnemonics(image, 'main').slice(0, 2), ['CHKSP', 'CLRL']);
});

test('function words carry generator and runtime flags and the index of the debug information', () => {
  const image = imageOf('func main()\n LDK S,func g\n RET S\nfunc g(n) runtime\n MKGEN\n YIELD _,n\n RET None\n');
  const { payload } = image.globals[0]!;
  assert.equal(getField(payload, FUNC.flags), FUNC_FLAG.GENERATOR | FUNC_FLAG.RUNTIME);
  assert.equal(image.debug.functions[getField(payload, FUNC.id)]!.name, 'g');
});

// ---------------------------------------------------------------- tables

test('the most specific trap handler wins, the first operand before the second', () => {
  const spec = ['any any', 'float', 'str any', 'str str', 'any str'];
  const image = imageOf(
    `func main( | x)\n ADD x,x,1\n RET x\n${spec.map((s, i) => `func h${i}(a b)\n vector ADD ${s}\n RET a\n`).join('')}`,
  );
  const handler = (a: keyof typeof TAG_GROUP, b: keyof typeof TAG_GROUP): string => {
    const index = vectorIndex(TRAP_OPERATION.ADD, TAG_GROUP[a], TAG_GROUP[b]);
    const { address } = image.vectors.find((v) => v.index === index)!;
    return image.debug.functions.find((f) => f.entry === address)!.name;
  };
  assert.equal(handler('str', 'str'), 'h3');
  assert.equal(handler('str', 'number'), 'h2');
  assert.equal(handler('number', 'str'), 'h4');
  assert.equal(handler('float', 'str'), 'h1');
  assert.equal(handler('object', 'object'), 'h0');
  assert.equal(image.vectors.length, 64);
});

test('vectors of one operand have group b 0, system vectors the cause', () => {
  const image = imageOf(`
func main( | x)
  NEG x,x
  RAISE x
func neg(a)
  vector NEG other
  RET a
func raise(x)
  vector SYSTEM RAISE
  RET x
`);
  assert.deepEqual(
    image.vectors.map((v) => v.index),
    [SYSTEM_CAUSE.RAISE, vectorIndex(TRAP_OPERATION.NEG, TAG_GROUP.other, 0)],
  );
});

test('built-in classes have the rows of their tags, shared by STR and STR7', () => {
  const image = imageOf(`
class str
  tags STR7 STR
  method up up
class tuple
  tags TUPLE
func up(self)
  RET self
func main( | x)
  LDK x,("longer than seven", "short")
  MOV S,x
  CALLM .up,0
  RET S
`);
  const row = (name: string) => image.debug.classes.find((c) => c.name === name)!.row;
  assert.equal(image.tagRows[tagNumber(TAG.STR)], row('str'));
  assert.equal(image.tagRows[tagNumber(TAG.STR7)], row('str'));
  assert.equal(image.tagRows[tagNumber(TAG.TUPLE)], row('tuple'));
  assert.equal(image.tagRows[tagNumber(TAG.INT)], 0);
  const tuple = image.globals[0]!;
  assert.equal(getField(tuple.payload, REF.row), row('tuple'));
  const at = (address: number) => image.data.find((w) => w.address === address)!;
  const long = at(getField(tuple.payload, REF.address) + 1);
  assert.equal(getField(long.payload, REF.row), row('str'));
  assert.equal(getField(at(getField(long.payload, REF.address)).payload, HDR.row), row('str'));
});

test('every row has the class and its name under the reserved numbers', () => {
  const image = imageOf('class a.C "Sea"\nfunc main( | x)\n NEW x,class a.C\n RET x\n');
  const { row } = image.debug.classes[0]!;
  const [one, two] = image.dispatch;
  assert.deepEqual([one!.index, one!.attribute, one!.value], [row + 1, 1, image.globals[0]]);
  assert.deepEqual([two!.index, two!.attribute, two!.value], [row + 2, 2, str7Word('Sea')]);
});

test('super().m is an attribute of its own, found in the rows of the class and its subclasses', () => {
  const image = imageOf(`
class A
  method m A.m
class B(A)
  method m B.m
class C(B)
func A.m(self)
  RET None
func B.m(self)
  MOV S,self
  CALLM .super B m,0
  RET S
func main( | x)
  NEW x,class C
  MOV S,x
  CALLM .m,0
  RET S
`);
  const [c] = image.debug.classes;
  const entry = (name: string) => {
    const attribute = image.debug.attributes.indexOf(name);
    const value = image.dispatch.find((e) => e.index === c!.row + attribute)!.value.payload;
    return image.debug.functions.find((f) => f.entry === getField(value, FUNC.entry))!.name;
  };
  assert.equal(entry('m'), 'B.m');
  assert.equal(entry('super B m'), 'A.m');
});

// ---------------------------------------------------------------- constants and data

test('equal constants share a word, unequal types do not', () => {
  const image = imageOf(`
func main()
${['1', '1', 'True', '1.0', '-0.0', '0.0', '"1"', 'raw 1', '(1,)', '(1,)', '(True,)', 'nan', 'nan'].map((k) => `  LDK _,${k}`).join('\n')}
  RET None
`);
  assert.deepEqual(
    listing(image, 'main')
      .filter((i) => i.mnemonic === 'LDK')
      .map((i) => i['k']),
    [0, 0, 1, 2, 3, 4, 5, 6, 7, 7, 8, 9, 9],
  );
});

test('strings: seven ASCII characters are immediate, more are packed eight a word, others two code points a word', () => {
  const image = imageOf(
    'func main()\n LDK _,"sevench"\n LDK _,"eight ch"\n LDK _,"nine char"\n LDK _,"aé😀"\n LDK _,"é"\n RET None\n',
  );
  const [immediate, eight, nine, wide, latin] = image.globals;
  assert.deepEqual(immediate, str7Word('sevench'));
  const block = (payload: bigint) => {
    const address = getField(payload, REF.address);
    const length = getField(image.data.find((w) => w.address === address)!.payload, HDR.length);
    return image.data
      .filter((w) => w.address > address && w.address < address + length)
      .map((w) => BigInt.asUintN(64, w.payload));
  };
  const ascii = (text: string): bigint =>
    [...text].reduce((bits, c, i) => bits | (BigInt(c.charCodeAt(0)) << BigInt(8 * i)), 0n);
  assert.deepEqual(
    [eight!.tag, getField(eight!.payload, REF.length), block(eight!.payload)],
    [TAG.STR, 8, [ascii('eight ch')]],
  );
  assert.deepEqual([getField(nine!.payload, REF.length), block(nine!.payload)], [9, [ascii('nine cha'), ascii('r')]]);
  assert.equal(getField(wide!.payload, [STR_WIDE_BIT, 1]), 1);
  assert.equal(getField(wide!.payload, [REF.length[0], 23]), 3);
  assert.deepEqual(block(wide!.payload), [0x61n | (0xe9n << 32n), 0x1f600n]);
  assert.equal(getField(latin!.payload, [STR_WIDE_BIT, 1]), 1);
  assert.equal(image.heapBase, image.data.at(-1)!.address + 1);
  assert.equal(image.data[0]!.address, RUNTIME_CELLS);
});

test('handler descriptors: covered range, target and outer region; SETH names their address', () => {
  const image = imageOf(`
func main( | x)
  handler out A D T
  handler in B C T out
A: SETH out
B: SETH in
  NEG x,x
C: NOP
D: RET x
T: CATCH 1
  RET S
`);
  const { entry } = functionOf(image, 'main');
  const seth = listing(image, 'main').filter((i) => i.mnemonic === 'SETH');
  assert.deepEqual(
    seth.map((i) => i['k']),
    [RUNTIME_CELLS, RUNTIME_CELLS + 1],
  );
  const fields = image.data.map((w) =>
    [HANDLER.start, HANDLER.end, HANDLER.target, HANDLER.outer].map((f) => getField(w.payload, f)),
  );
  assert.deepEqual(fields, [
    [entry, entry + 4, entry + 5, 0],
    [entry + 1, entry + 3, entry + 5, RUNTIME_CELLS],
  ]);
});

test('name tables exist where they are read, and hold the names that a message may need', () => {
  const text = (main: string) => `
class C
  slot x
  slot y
global g
global written
func main( | x)
  ${main}
  STG @__main__.written,x
  LDG x,@__main__.g
  NEW x,class C
  LDA _,x,.x
  ISA _,x,.isa C
  RET x
`;
  assert.equal(
    imageOf(text('NOP')).debug.globals.some((g) => g.module === '_linker'),
    false,
  );
  const image = imageOf(text('LDG x,@_linker.global_names\n  LDG x,@_linker.attribute_names'));
  const table = (name: string) => {
    const { index } = image.debug.globals.find((g) => g.name === name)!;
    const { payload } = image.globals[index]!;
    const first = getField(payload, REF.address) + 1;
    return image.data.filter((w) => w.address >= first && w.address < first + getField(payload, REF.length));
  };
  const shown = (words: ReturnType<typeof table>) =>
    words.flatMap((w, i) => (w.tag === TAG.NONE ? [] : [[i, w.payload]]));
  const g = image.debug.globals.find((x) => x.name === 'g')!.index;
  assert.equal(table('global_names').length, image.globals.length);
  assert.deepEqual(shown(table('global_names')), [[g, str7Word('g').payload]]);
  assert.deepEqual(shown(table('attribute_names')), [[image.debug.attributes.indexOf('x'), str7Word('x').payload]]);
});

test('names of functions: qualified name and parameters by the number in the FUNC word, None for the runtime', () => {
  const image = imageOf(`
func main( | x)
  LDG x,@_linker.function_names
  LDK S,func helper
  POP 1
  LDK S,func __main__.f
  RET S
func helper(a) runtime
  RET a
func __main__.f(a b)
  RET a
`);
  const items = (payload: bigint) => {
    const first = getField(payload, REF.address) + 1;
    return image.data.filter((w) => w.address >= first && w.address < first + getField(payload, REF.length));
  };
  const { index } = image.debug.globals.find((g) => g.name === 'function_names')!;
  const table = items(image.globals[index]!.payload);
  assert.equal(table.length, image.debug.functions.length);
  const id = getField(image.globals.filter((w) => w.tag === TAG.FUNC).at(-1)!.payload, FUNC.id);
  assert.deepEqual(
    items(table[id]!.payload).map((w) => w.payload),
    ['f', 'a', 'b'].map((n) => str7Word(n).payload),
  );
  assert.equal(table[names(image).indexOf('helper')]!.tag, TAG.NONE);
});

test('globals begin unbound and are named by module', () => {
  const image = imageOf('global g\nfunc main()\n LDG S,@__main__.g\n RET S\n');
  assert.deepEqual(image.debug.globals, [{ name: 'g', module: '__main__', index: 0 }]);
  assert.deepEqual(image.globals, [{ tag: TAG.UNBOUND, payload: 0n }]);
});

// ---------------------------------------------------------------- debug information

test('lines: each instruction belongs to its own, generated ones to the def', () => {
  const image = imageOf(`func main( | ${locals(30)})\n  MOV v0,1\n  RET v0\n`);
  assert.deepEqual(
    image.debug.lines.map((l) => [l.pc - image.entry, l.range.line, l.statement]),
    [
      [0, 1, false],
      [2, 2, true],
      [3, 3, true],
    ],
  );
  assert.deepEqual(image.debug.functions[0]!.locals.slice(0, 1), [{ name: 'v0', slot: 0, parameter: false }]);
  assert.deepEqual(image.debug.files, [{ path: 'test.pysm', module: '__main__', runtime: false }]);
});

test('an instruction without a place belongs to the line before it; each first one of a statement is marked', () => {
  const at = (line: number) => ({ range: { line, column: 0, endLine: line, endColumn: 1 } });
  const nop = { mnemonic: 'NOP', operands: [] };
  const { modules } = parseAssembly('func main()\n RET None\n', 'a.py');
  const [fn] = modules[0]!.functions;
  const items = [
    nop,
    { ...nop, ...at(5), statement: true },
    nop,
    { ...nop, ...at(5) },
    { ...nop, ...at(5), statement: true },
    ...fn!.items,
  ];
  const result = link({ modules: [{ ...modules[0]!, functions: [{ ...fn!, items }] }], start: 'main' });
  assert.ok('image' in result);
  assert.deepEqual(
    result.image.debug.lines.map((l) => [l.pc, l.range.line, l.statement]),
    [
      [1, 1, false],
      [2, 5, true],
      [5, 5, true],
      [6, 2, true],
    ],
  );
});

test('a branch that is too far is linked in its long form', () => {
  const image = imageOf(`func main( | a)\n MOV a,1\n BT a,L\n${' NOP\n'.repeat(600)}L: RET a\n`);
  const [, branch, jump] = listing(image, 'main');
  assert.deepEqual([branch!.mnemonic, branch!['offset'], jump!.mnemonic], ['BF', 2, 'JMP']);
  assert.equal(jump!['target'], functionOf(image, 'main').end - 1);
});

// ---------------------------------------------------------------- what is refused

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
