/** The image file: what is written is read back, and whatever is damaged is refused with a reason. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import crc32 from 'crc-32';
import fc from 'fast-check';
import {
  DISPATCH_KIND,
  decodeImage,
  encodeImage,
  FUNC,
  type Image,
  ImageError,
  INTERRUPT_LINES,
  ISA_VERSION,
  MEMORY,
  packFields,
  RUNTIME_CELLS,
  TAG,
  type Word,
} from '../src/index.js';

/** Records with an ordinary prototype, as the image file gives them. */
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record<T>(model, { noNullPrototype: true });
const anyInt64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const anyWord: fc.Arbitrary<Word> = fc.oneof(
  record({ tag: fc.constantFrom(TAG.INT, TAG.FLOAT, TAG.RAW, TAG.HDR, TAG.STR7), payload: anyInt64 }),
  record({ tag: fc.constantFrom(TAG.NONE, TAG.UNBOUND), payload: fc.constant(0n) }),
  record({
    tag: fc.constantFrom(TAG.TUPLE, TAG.STR),
    payload: fc.bigInt({ min: 0n, max: BigInt(MEMORY.data - 1) }),
  }),
);
const anyRange = record({
  line: fc.integer({ min: 1, max: 9999 }),
  column: fc.nat(200),
  endLine: fc.integer({ min: 1, max: 9999 }),
  endColumn: fc.nat(200),
});

/** Loadable images with something in every section. */
const anyImage: fc.Arbitrary<Image> = record({
  code: fc.array(fc.nat(0xffffffff), { minLength: 2, maxLength: 40 }),
  data: fc.array(anyWord, { maxLength: 20 }),
  gaps: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 20, maxLength: 20 }),
  globals: fc.array(anyWord, { maxLength: 20 }),
  dispatch: fc.uniqueArray(
    record({
      index: fc.nat(MEMORY.dispatch - 1),
      attribute: fc.nat(4095),
      kind: fc.constantFrom(...Object.values(DISPATCH_KIND)),
      slot: fc.nat(4095),
      value: anyWord,
    }),
    { selector: (entry) => entry.index, maxLength: 20 },
  ),
  vectors: fc.uniqueArray(record({ index: fc.nat(MEMORY.vectors - 1), address: fc.constant(1), clear: fc.nat(7) }), {
    selector: (entry) => entry.index,
    maxLength: 20,
  }),
  tagRows: fc.array(fc.nat(MEMORY.dispatch - 1), { minLength: 32, maxLength: 32 }),
  range: anyRange,
  text: fc.string({ unit: 'grapheme', maxLength: 20 }),
  pc: fc.nat(1),
  frame: fc.nat(255),
}).map(({ code, data, gaps, range, text, pc, frame, ...rest }) => {
  let address = RUNTIME_CELLS;
  const words = data.map((word, i) => {
    address += gaps[i]!;
    return { address, ...word };
  });
  return {
    version: ISA_VERSION,
    ...rest,
    code: Uint32Array.from(code),
    data: words,
    entry: pc,
    entryFrame: frame,
    heapBase: address + 1,
    interruptVectors: Array.from({ length: INTERRUPT_LINES }, (_, i) => (i === 1 ? packFields([[FUNC.entry, 1]]) : 0n)),
    debug: {
      files: [{ path: `/${text}.py`, module: text, runtime: false }],
      functions: [
        {
          name: `m.${text}`,
          qualname: text,
          file: 0,
          start: 0,
          entry: 1,
          end: 2,
          frame,
          locals: [{ name: text, slot: 0, parameter: true }],
          runtime: false,
          role: 'attribute',
          range,
        },
      ],
      lines: [{ pc, file: 0, range, statement: true }],
      globals: [{ name: text, module: text, index: 3 }],
      classes: [{ name: text, row: 7, slots: ['', text] }],
      attributes: ['', '__class__', text],
    },
  };
});

const [SAMPLE] = fc.sample(anyImage, { seed: 3, numRuns: 1 }) as [Image];

/** The file with its CRC set right again. */
function reseal(file: Uint8Array): Uint8Array {
  new DataView(file.buffer).setInt32(file.length - 4, crc32.buf(file.subarray(0, file.length - 4)), true);
  return file;
}

test('an image read back is the image written', () => {
  fc.assert(
    fc.property(anyImage, (image) => {
      assert.deepEqual(decodeImage(encodeImage(image)), image);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('a file that lies inside a larger buffer is read in its place', () => {
  const file = encodeImage(SAMPLE);
  const buffer = new Uint8Array(file.length + 11);
  buffer.set(file, 7);
  assert.deepEqual(decodeImage(buffer.subarray(7, 7 + file.length)), SAMPLE);
});

test('every truncation is refused', () => {
  const file = encodeImage(SAMPLE);
  for (let length = 0; length < file.length; length++) {
    assert.throws(() => decodeImage(file.slice(0, length)), ImageError, `${length} bytes`);
  }
  assert.throws(() => decodeImage(file.slice(0, 100)), /cut off: it has 100 bytes and should have \d+/);
});

test('every change of a byte is refused', () => {
  const file = encodeImage(SAMPLE);
  fc.assert(
    fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const damaged = file.slice();
      damaged[at]! ^= change;
      assert.throws(() => decodeImage(damaged), ImageError);
    }),
    { seed: 2, numRuns: 2000 },
  );
});

test('changed bytes under a right CRC give an image or a reason, never another error', () => {
  const file = encodeImage(SAMPLE);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(file.length - 5), fc.nat(255)), { minLength: 1, maxLength: 8 }), (changes) => {
      const damaged = file.slice();
      for (const [at, byte] of changes) damaged[at] = byte;
      try {
        decodeImage(reseal(damaged));
      } catch (error) {
        assert.ok(error instanceof ImageError, String(error));
      }
    }),
    { seed: 4, numRuns: 3000 },
  );
});

test('random bytes are refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      assert.throws(() => decodeImage(bytes), ImageError);
    }),
    { seed: 5, numRuns: 1000 },
  );
});

const edited = (edit: (view: DataView, file: Uint8Array) => void): Uint8Array => {
  const file = encodeImage(SAMPLE);
  edit(new DataView(file.buffer), file);
  return reseal(file);
};

/** A file whose table gives a section one byte more than it has. */
const stretched = (section: string): Uint8Array =>
  edited((view, file) => {
    const end = 16 + view.getUint32(12, true);
    const table = new TextDecoder().decode(file.subarray(16, end));
    const longer = table.replace(
      new RegExp(`("${section}":\\[ *\\d+, *)(\\d+)`),
      (_, head: string, length: string) =>
        `${head.slice(0, -1)}${String(Number(length) + 1).padStart(length.length + 1)}`,
    );
    file.set(new TextEncoder().encode(longer), 16);
  });

const FILES: readonly [what: string, file: Uint8Array, message: RegExp][] = [
  [
    'no image',
    new TextEncoder().encode('print("hello, this is Python")'),
    /no PySM image: it does not begin with PYSM\. Give/,
  ],
  [
    'another format',
    edited((view) => view.setUint16(4, 9, true)),
    /format 9 and this version of PySM reads format 1.*again/,
  ],
  ['another instruction set', edited((view) => view.setUint16(6, 77, true)), /version 77 of the instruction set/],
  ['bytes at the end', Uint8Array.from([...encodeImage(SAMPLE), 0]), /too long/],
  ['a table beyond the file', edited((view) => view.setUint32(12, 1e6, true)), /section table goes beyond/],
  ['a table that is no JSON', edited((_, file) => file.fill(0x20, 16, 18)), /section table is not JSON/],
  ['a missing section', edited((_, file) => file.set(new TextEncoder().encode('xxxx'), 18)), /no section code/],
  ['a section that ends inside a record', stretched('rows'), /section rows ends inside a record/],
  [
    'a section beyond the file',
    edited((_, file) => file.set(new TextEncoder().encode('9999999'), 27)),
    /section code goes beyond/,
  ],
];
for (const [what, file, message] of FILES) {
  test(`${what} is named as such`, () => {
    assert.throws(
      () => decodeImage(file),
      (error) => error instanceof ImageError && message.test(error.message),
    );
  });
}

const none: Word = { tag: TAG.NONE, payload: 0n };
const ENTRY = { index: 5, attribute: 1, kind: 1, slot: 0, value: none };
const LINE = SAMPLE.debug.lines[0]!;
const IMAGES: readonly [what: string, change: Partial<Image>, message: RegExp][] = [
  ['doubled dispatch entry', { dispatch: [ENTRY, ENTRY] }, /dispatch entry 5 is given twice/],
  [
    'doubled vector',
    { vectors: [1, 1].map((index) => ({ index, address: 1, clear: 0 })) },
    /trap vector 1 is given twice/,
  ],
  ['payload', { globals: [{ tag: TAG.INT, payload: 2n ** 63n }] }, /global or constant 0 has a payload beyond 64 bits/],
  ['order of lines', { debug: { ...SAMPLE.debug, lines: [1, 0].map((pc) => ({ ...LINE, pc })) } }, /table of lines/],
  ['code', { code: new Uint32Array(MEMORY.code + 1) }, /the code takes 32769 words and the core has 32768.*smaller/],
  ['globals', { globals: new Array(MEMORY.globals + 1).fill(none) }, /constants and globals takes 2049 words/],
  ['data', { heapBase: MEMORY.data + 1 }, /initialised data takes 32769/],
  ['data in the heap', { data: [{ address: SAMPLE.heapBase, ...none }] }, /not below the heap/],
  ['data out of order', { data: [3, 2].map((address) => ({ address, ...none })) }, /data word 2 is out of order/],
  ['entry', { entry: SAMPLE.code.length }, /the entry \d+ is outside the code/],
  ['entry frame', { entryFrame: 256 }, /frame of 256/],
  [
    'dispatch index',
    { dispatch: [{ index: 2048, attribute: 1, kind: 1, slot: 0, value: none }] },
    /entry 2048 is outside/,
  ],
  ['dispatch kind', { dispatch: [{ index: 1, attribute: 1, kind: 9, slot: 0, value: none }] }, /unknown kind 9/],
  ['dispatch slot', { dispatch: [{ index: 1, attribute: 1, kind: 1, slot: 4096, value: none }] }, /slot 4096/],
  ['vector address', { vectors: [{ index: 1, address: 9999, clear: 0 }] }, /code address 9999/],
  ['vector without handler', { vectors: [{ index: 1, address: 0, clear: 0 }] }, /code address 0/],
  ['vector clear', { vectors: [{ index: 1, address: 1, clear: 8 }] }, /clears 8/],
  ['vector index', { vectors: [{ index: 4096, address: 1, clear: 0 }] }, /vector 4096 is outside/],
  ['tag rows', { tagRows: [] }, /0 rows of immediates/],
  ['interrupt lines', { interruptVectors: [0n] }, /1 interrupt vectors/],
  ['interrupt entry', { interruptVectors: [packFields([[FUNC.entry, 999]]), ...new Array(7).fill(0n)] }, /address 999/],
  ['unknown tag', { globals: [{ tag: 0x7f, payload: 0n }] }, /unknown tag 0x7f/],
  ['reference', { globals: [{ tag: TAG.LIST, payload: 40000n }] }, /data word 40000, beyond/],
  ['function word', { globals: [{ tag: TAG.FUNC, payload: 30000n }] }, /entered at code address 30000/],
  ['version', { version: 2 }, /version 2 of the instruction set/],
  [
    'debug',
    { debug: { ...SAMPLE.debug, lines: [{ pc: -1, file: 0, range: SAMPLE.debug.lines[0]!.range, statement: true }] } },
    /table of lines/,
  ],
  [
    'debug file',
    { debug: { ...SAMPLE.debug, functions: [{ ...SAMPLE.debug.functions[0]!, file: 1 }] } },
    /table of functions/,
  ],
  [
    'debug role',
    { debug: { ...SAMPLE.debug, functions: [{ ...SAMPLE.debug.functions[0]!, role: 'other' as 'raise' }] } },
    /table of functions/,
  ],
];
for (const [what, change, message] of IMAGES) {
  test(`an image with a wrong ${what} is neither written nor read`, () => {
    const image = { ...SAMPLE, ...change };
    assert.throws(
      () => encodeImage(image),
      (error) => error instanceof ImageError && message.test(error.message),
    );
  });
}
