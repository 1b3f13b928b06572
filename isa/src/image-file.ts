/**
 * The image file: a linked program as bytes, all numbers little-endian.
 *
 *     offset 0   `PYSM`
 *            4   format version, 16 bits
 *            6   version of the instruction set, 16 bits
 *            8   length of the whole file in bytes, 32 bits
 *           12   length of the section table in bytes, 32 bits
 *           16   section table: JSON, `{ name: [offset, length], .. }`, offsets from the start of the file
 *                sections
 *       last 4   CRC-32 (IEEE 802.3) of everything before
 *
 * Sections of records: `code` words of 4 bytes; `data` {address 4, tag 1, payload 8}; `globals` {tag 1, payload 8};
 * `dispatch` {index 2, attribute 2, kind 1, slot 2, tag 1, payload 8}; `vectors` {index 2, address 2, clear 1};
 * `start` {entry 4, frame 4, heap base 4}; `rows` 2 a tag number; `interrupts` 8 a line. `debug` is JSON in UTF-8.
 */
import crc32 from 'crc-32';
import type { DebugInfo, Image } from './image.js';
import { checkImage, ImageError } from './image-check.js';
import { ISA_VERSION } from './machine.js';
import type { Word } from './words.js';

export { checkImage, ImageError } from './image-check.js';

/** Version of the file's layout (not of what it holds). */
export const IMAGE_FORMAT_VERSION = 1;

const MAGIC = 'PYSM';
const HEADER_BYTES = 16;
const CRC_BYTES = 4;
const REBUILD = 'Build the image again with `pysm build`.';

/** Bytes of one record of each binary section. */
const RECORD = {
  code: 4,
  data: 13,
  globals: 9,
  dispatch: 16,
  vectors: 5,
  start: 12,
  rows: 2,
  interrupts: 8,
} as const;
type BinarySection = keyof typeof RECORD;
type SectionName = BinarySection | 'debug';
const SECTIONS: readonly SectionName[] = [...(Object.keys(RECORD) as BinarySection[]), 'debug'];

/** A section of `count` records, each written by `write(view, offset, index)`. */
function records(
  name: BinarySection,
  count: number,
  write: (view: DataView, at: number, index: number) => void,
): Uint8Array {
  const bytes = new Uint8Array(count * RECORD[name]);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < count; i++) write(view, i * RECORD[name], i);
  return bytes;
}

function writeWord(view: DataView, at: number, word: Word): void {
  view.setUint8(at, word.tag);
  view.setBigInt64(at + 1, word.payload, true);
}

const readWord = (view: DataView, at: number): Word => ({
  tag: view.getUint8(at),
  payload: view.getBigInt64(at + 1, true),
});

/** The image as a file. An image that no core could load is an {@link ImageError}. */
export function encodeImage(image: Image): Uint8Array {
  checkImage(image);
  const { data, globals, dispatch, vectors } = image;
  const sections: Record<SectionName, Uint8Array> = {
    code: records('code', image.code.length, (view, at, i) => view.setUint32(at, image.code[i]!, true)),
    data: records('data', data.length, (view, at, i) => {
      view.setUint32(at, data[i]!.address, true);
      writeWord(view, at + 4, data[i]!);
    }),
    globals: records('globals', globals.length, (view, at, i) => writeWord(view, at, globals[i]!)),
    dispatch: records('dispatch', dispatch.length, (view, at, i) => {
      const entry = dispatch[i]!;
      view.setUint16(at, entry.index, true);
      view.setUint16(at + 2, entry.attribute, true);
      view.setUint8(at + 4, entry.kind);
      view.setUint16(at + 5, entry.slot, true);
      writeWord(view, at + 7, entry.value);
    }),
    vectors: records('vectors', vectors.length, (view, at, i) => {
      view.setUint16(at, vectors[i]!.index, true);
      view.setUint16(at + 2, vectors[i]!.address, true);
      view.setUint8(at + 4, vectors[i]!.clear);
    }),
    start: records('start', 1, (view) => {
      [image.entry, image.entryFrame, image.heapBase].forEach((value, i) => {
        view.setUint32(4 * i, value, true);
      });
    }),
    rows: records('rows', image.tagRows.length, (view, at, i) => view.setUint16(at, image.tagRows[i]!, true)),
    interrupts: records('interrupts', image.interruptVectors.length, (view, at, i) =>
      view.setBigInt64(at, image.interruptVectors[i]!, true),
    ),
    debug: new TextEncoder().encode(JSON.stringify(image.debug)),
  };

  // The table holds offsets, which depend on its own length: numbers padded to one width break the circle.
  const tableOf = (start: number): Uint8Array => {
    let offset = start;
    const rows = SECTIONS.map((name) => {
      const row = `"${name}":[${String(offset).padStart(10)},${String(sections[name].length).padStart(10)}]`;
      offset += sections[name].length;
      return row;
    });
    return new TextEncoder().encode(`{${rows.join(',')}}`);
  };
  const table = tableOf(HEADER_BYTES + tableOf(0).length);

  const total = SECTIONS.reduce((sum, name) => sum + sections[name].length, HEADER_BYTES + table.length) + CRC_BYTES;
  const file = new Uint8Array(total);
  const view = new DataView(file.buffer);
  file.set(new TextEncoder().encode(MAGIC));
  view.setUint16(4, IMAGE_FORMAT_VERSION, true);
  view.setUint16(6, image.version, true);
  view.setUint32(8, total, true);
  view.setUint32(12, table.length, true);
  file.set(table, HEADER_BYTES);
  let at = HEADER_BYTES + table.length;
  for (const name of SECTIONS) {
    file.set(sections[name], at);
    at += sections[name].length;
  }
  view.setInt32(at, crc32.buf(file.subarray(0, at)), true);
  return file;
}

function parseJson(bytes: Uint8Array, what: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ImageError(`the image's ${what} is not JSON. ${REBUILD}`);
  }
}

/** Checks everything around the sections and gives them by name. */
function openFile(file: Uint8Array): { version: number; section(name: SectionName): Uint8Array } {
  const magic = String.fromCharCode(...file.subarray(0, MAGIC.length));
  if (magic !== MAGIC) {
    if (file.length < MAGIC.length && MAGIC.startsWith(magic))
      throw new ImageError(`the image is cut off after ${file.length} bytes. ${REBUILD}`);
    throw new ImageError('this is no PySM image: it does not begin with PYSM. Give a file written by `pysm build`.');
  }
  if (file.length < HEADER_BYTES + CRC_BYTES) {
    throw new ImageError(`the image is cut off after ${file.length} bytes. ${REBUILD}`);
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const format = view.getUint16(4, true);
  if (format !== IMAGE_FORMAT_VERSION) {
    throw new ImageError(
      `the image has format ${format} and this version of PySM reads format ${IMAGE_FORMAT_VERSION}. ${REBUILD}`,
    );
  }
  const version = view.getUint16(6, true);
  if (version !== ISA_VERSION) {
    throw new ImageError(
      `the image is for version ${version} of the instruction set and this is version ${ISA_VERSION}. ${REBUILD}`,
    );
  }
  const total = view.getUint32(8, true);
  if (total !== file.length) {
    const how = file.length < total ? 'cut off' : 'too long';
    throw new ImageError(`the image is ${how}: it has ${file.length} bytes and should have ${total}. ${REBUILD}`);
  }
  const end = total - CRC_BYTES;
  if (view.getInt32(end, true) !== crc32.buf(file.subarray(0, end))) {
    throw new ImageError(`the image is damaged: its CRC-32 is wrong. ${REBUILD}`);
  }
  const tableEnd = HEADER_BYTES + view.getUint32(12, true);
  if (tableEnd > end) throw new ImageError(`the image's section table goes beyond the file. ${REBUILD}`);
  const table = parseJson(file.subarray(HEADER_BYTES, tableEnd), 'section table');
  const sections: Partial<Record<string, unknown>> = typeof table === 'object' && table !== null ? { ...table } : {};
  return {
    version,
    section(name) {
      const place = sections[name];
      if (!Array.isArray(place) || place.length !== 2 || !place.every(Number.isSafeInteger)) {
        throw new ImageError(`the image has no section ${name}. ${REBUILD}`);
      }
      const [offset, length] = place as [number, number];
      if (offset < tableEnd || length < 0 || offset + length > end) {
        throw new ImageError(`the image's section ${name} goes beyond the file. ${REBUILD}`);
      }
      return file.subarray(offset, offset + length);
    },
  };
}

/** Reads an image file. Whatever the bytes are, the outcome is a loadable image or an {@link ImageError}. */
export function decodeImage(file: Uint8Array): Image {
  const { version, section } = openFile(file);
  const read = <Item>(name: BinarySection, item: (view: DataView, at: number) => Item): Item[] => {
    const bytes = section(name);
    if (bytes.length % RECORD[name] !== 0) {
      throw new ImageError(`the image's section ${name} ends inside a record. ${REBUILD}`);
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({ length: bytes.length / RECORD[name] }, (_, i) => item(view, i * RECORD[name]));
  };
  const [start] = read('start', (view, at) => ({
    entry: view.getUint32(at, true),
    entryFrame: view.getUint32(at + 4, true),
    heapBase: view.getUint32(at + 8, true),
  }));
  if (!start) throw new ImageError(`the image has an empty section start. ${REBUILD}`);
  const image: Image = {
    version,
    ...start,
    code: Uint32Array.from(read('code', (view, at) => view.getUint32(at, true))),
    data: read('data', (view, at) => ({ address: view.getUint32(at, true), ...readWord(view, at + 4) })),
    globals: read('globals', readWord),
    dispatch: read('dispatch', (view, at) => ({
      index: view.getUint16(at, true),
      attribute: view.getUint16(at + 2, true),
      kind: view.getUint8(at + 4),
      slot: view.getUint16(at + 5, true),
      value: readWord(view, at + 7),
    })),
    vectors: read('vectors', (view, at) => ({
      index: view.getUint16(at, true),
      address: view.getUint16(at + 2, true),
      clear: view.getUint8(at + 4),
    })),
    tagRows: read('rows', (view, at) => view.getUint16(at, true)),
    interruptVectors: read('interrupts', (view, at) => view.getBigInt64(at, true)),
    // checkImage looks at every field of it before anyone uses the type.
    debug: parseJson(section('debug'), 'debug information') as DebugInfo,
  };
  checkImage(image);
  return image;
}
