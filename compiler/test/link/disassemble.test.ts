/** The disassembler: names instead of numbers, and every image that can be loaded can be shown. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeImage, encodeImage, type Image, TAG } from '@pysm/isa';
import fc from 'fast-check';
import { parseAssembly } from '../../src/assembly/text.js';
import { disassemble } from '../../src/disassemble.js';
import { link } from '../../src/link/index.js';

const TEXT = `start main
global g
class C "Sea"
  slot x
  method m C.m
func main( | i last)
  LDK S,("long enough to be a block", "é", 2.5)
  STG @__main__.g,S
  NEW i,class C
  MOV S,i
  CALLM .m,0,drop
  MOV S,1
  CALL f,1,drop
L: ADD last,last,300
  FORR i,last,L
  BTAG i,LIST,L
  CSRR _,FREE+2
  EXT S,i,8:16
  HALT 0,S
func f(a b) min 1
  default 2
  RET ENV
func C.m(self)
  RET self
func add(a b | ${Array.from({ length: 12 }, (_, i) => `v${i}`).join(' ')})
  vector ADD str any
  RET a
func tick()
  interrupt 3
  RET None
`;

function imageOf(text: string): Image {
  const { modules, start, problems } = parseAssembly(text, 'a.pysm');
  assert.deepEqual(problems, []);
  const result = link({ modules, start: start! });
  assert.ok('image' in result, 'diagnostics' in result ? result.diagnostics[0]?.message : '');
  return result.image;
}

const LINES = [
  'func main( | i last)',
  'LDK S,("long enough to be a block", "é", FLOAT 2.5)',
  'STG @__main__.g,S',
  'NEW i,class Sea',
  'CALLM .m,0,drop',
  'CALL f-1,1,clear 1,drop',
  'ADDI last,last,300',
  'FORR i,last,L',
  'BTAG i,LIST,L',
  'CSRR _,FREE+2',
  'EXT S,i,8:16',
  'HALT 0,S',
  'LDK b,2',
  'RET ENV',
  '@__main__.g = UNBOUND',
  'Sea.m METHOD func C.m',
  'Sea.__name__ CLASS_VALUE "Sea"',
  'ADD str number: add-2 clear 7',
  '3  func tick',
];
test('operands, tables and data have the names of the source', () => {
  const text = disassemble(imageOf(TEXT));
  for (const line of LINES) assert.ok(text.includes(line), `${line} is missing in\n${text}`);
  assert.match(text, /^L\d+:$/m);
});

test('source lines are shown on request, each once', () => {
  const text = disassemble(imageOf(TEXT), { source: () => TEXT.split('\n') });
  assert.equal(text.split('; a.pysm:10  MOV S,i').length, 2);
});

test('any words in code and data are shown without an error', () => {
  const image = imageOf(TEXT);
  const word = fc.record({
    tag: fc.constantFrom(...Object.values(TAG)),
    payload: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  });
  fc.assert(
    fc.property(
      fc.array(fc.nat(0xffffffff), { minLength: 10, maxLength: 30 }),
      fc.array(word, { maxLength: 9 }),
      (code, globals) => {
        const words = Uint32Array.from([...image.code, ...code]);
        disassemble({ ...image, code: words, globals });
      },
    ),
    { seed: 1, numRuns: 200 },
  );
});

test('a wide string of words that are no code points is shown with replacement characters', () => {
  const image = imageOf('start main\nfunc main()\n LDK S,"\u00e9"\n RET S\n');
  const data = image.data.map((word) => (word.tag === TAG.RAW ? { ...word, payload: -1n } : word));
  assert.ok(disassemble({ ...image, data }).includes('LDK S,"\ufffd"'));
});

test('the file holds what the disassembler shows', () => {
  const image = imageOf(TEXT);
  assert.equal(disassemble(decodeImage(encodeImage(image))), disassemble(image));
});
