/** Constants, globals and the words of data RAM. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FUNC, getField, HANDLER, HDR, REF, RUNTIME_CELLS, STR_WIDE_BIT, str7Word, TAG } from '@pysm/isa';
import { functionOf, imageOf, listing, names } from './support.js';

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
