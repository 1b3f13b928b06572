/**
 * The directed programs: every instruction of the table with every class of operands, outcome and trap, by specifiers of
 * every kind. Cases of one instruction stand behind one another in one image, as many as its memory takes.
 */
import { INSTRUCTIONS, intWord, SPECIFIER, TAG } from '@pysm/isa';
import { inFeatures } from '../coverage.mjs';
import { casesOf } from './cases.mjs';
import { faultPrograms } from './faults.mjs';
import { FRAME, ImageBuilder, RESULT } from './image.mjs';

const S = SPECIFIER.STACK;
/** Words of the frame of a function that a case runs in. */
const INNER_FRAME = 15;
/** One of so many cases whose operands allow it reads one of them from the environment. */
const ENVIRONMENT_EVERY = 7;
/** Instructions that end the function they stand in. */
const ENDS = new Set(['RET', 'TAIL', 'MKGEN', 'UNW']);

/** Specifier of a word, or undefined where it has none. */
function constantSpecifier({ tag, payload }) {
  if (tag === TAG.NONE && payload === 0n) return SPECIFIER.NONE;
  if (tag === TAG.BOOL) return payload === 0n ? SPECIFIER.FALSE : SPECIFIER.TRUE;
  if (tag === TAG.UNBOUND) return SPECIFIER.UNBOUND;
  if (tag === TAG.NOTIMPLEMENTED) return SPECIFIER.NOTIMPLEMENTED;
  return tag === TAG.INT && payload >= -1n && payload <= 9n ? SPECIFIER.ZERO + Number(payload) : undefined;
}

/**
 * What is told while a case is written, and may add code of its own that leaves the operand stack as it found it.
 * @typedef {object} Surroundings
 * @property {() => void} start in front of all of the case
 * @property {() => void} between behind an operand that was put in place
 * @property {() => void} before in front of the instruction
 * @property {() => void} after behind it
 */

/** @type {Surroundings} */
const NOTHING = { start() {}, between() {}, before() {}, after() {} };

/** Writes cases into an image. */
export class CaseWriter {
  #image;
  #around;
  #count = 0;

  /**
   * @param {ImageBuilder} image
   * @param {Surroundings} [around]
   */
  constructor(image, around = NOTHING) {
    this.#image = image;
    this.#around = around;
  }

  /** @param {number} [n] chooses the specifiers of the case and the direction of its branch; by default its place */
  write(instruction, one, n = this.#count++) {
    this.#around.start();
    one.before?.(this.#image);
    const names = Object.keys(one.sources ?? {});
    const borrows =
      !one.inside && !one.raises && !one.locals && !one.stack && names.length > 0 && n % ENVIRONMENT_EVERY === 3;
    if (one.inside || borrows) this.#inside(instruction, one, n, borrows ? names[n % names.length] : undefined);
    else this.#body(instruction, one, n, FRAME);
    one.after?.(this.#image);
  }

  /** In a function of its own; `borrowed`: operand that is read from the environment. */
  #inside(instruction, one, n, borrowed) {
    const image = this.#image;
    const over = image.emit('JMP', { target: 0 });
    const target = image.pc;
    // UNW leads to a handler of the caller.
    const landing = one.lands ? image.descriptor(0) : 0;
    const sources = one.lands ? { ...one.sources, h: intWord(landing) } : one.sources;
    this.#body(instruction, { ...one, sources }, n, one.clear ?? INNER_FRAME, borrowed);
    if (!ENDS.has(one.mnemonic) || one.raises) image.emit('RET', { a: SPECIFIER.NONE });
    image.patch(over, 'JMP', { target: image.pc });
    image.push(borrowed ? one.sources[borrowed] : one.environment);
    image.emit('CALL', { target, n: 0, clear: one.clear ?? INNER_FRAME, drop: 0 });
    if (one.lands) {
      image.setDescriptor(landing, image.pc);
      image.emit('CATCH', { k: FRAME });
      image.emit('POP', { k: 1 });
    } else image.emit('POP', { k: 2 });
  }

  #body(instruction, one, n, frame, borrowed) {
    const image = this.#image;
    const handler = one.raises ? image.descriptor(0) : 0;
    if (handler) image.emit('SETH', { k: handler });
    for (const [slot, value] of Object.entries(one.locals ?? {})) image.load(Number(slot), value);
    for (const value of one.stack ?? []) image.push(value);
    const fields = { ...one.fields, ...this.#sources(instruction, one, n, borrowed) };
    if (one.constant) fields.k = image.constant(one.constant);
    let leaves = one.leaves ?? 0;
    const destination = instruction.operands.find((o) => o.kind === 'destination');
    if (destination) {
      const kinds = instruction.mnemonic === 'FORITER' ? [RESULT, SPECIFIER.DISCARD] : [RESULT, S, SPECIFIER.DISCARD];
      fields[destination.field] = kinds[n % kinds.length];
      if (fields[destination.field] === S) leaves++;
    }
    this.#emit(instruction, fields, n);
    if (leaves > 0) image.emit('POP', { k: leaves });
    if (!handler) return;
    const end = image.emit('JMP', { target: 0 });
    image.setDescriptor(handler, image.pc);
    image.emit('CATCH', { k: frame });
    image.emit('POP', { k: 1 });
    image.patch(end, 'JMP', { target: image.pc });
    image.emit('SETH', { k: 0 });
  }

  /** Puts the sources where their specifiers say; fields of the instruction. */
  #sources(instruction, one, n, borrowed) {
    const fields = {};
    const pushes = [];
    let turn = n;
    for (const [i, { name, kind, field }] of instruction.operands.entries()) {
      if (kind !== 'source') continue;
      const value = one.sources[name];
      const constant = one.plain ? undefined : constantSpecifier(value);
      const kinds = ['local', 'stack', ...(constant === undefined ? [] : ['constant'])];
      const chosen = name === borrowed ? 'environment' : kinds[turn % kinds.length];
      turn = Math.floor(turn / 2) + (constant === undefined ? 0 : n % 3);
      if (chosen === 'local') {
        this.#image.load(i, value);
        this.#around.between();
        fields[field] = i;
      } else if (chosen === 'stack') {
        pushes.push(value);
        fields[field] = S;
      } else fields[field] = chosen === 'constant' ? constant : SPECIFIER.ENVIRONMENT;
    }
    for (const value of pushes) {
      this.#image.push(value);
      this.#around.between();
    }
    return fields;
  }

  /** The instruction; a branch forwards over a NOP, or backwards. */
  #emit({ mnemonic, format }, fields, n) {
    const image = this.#image;
    const around = this.#around;
    if (mnemonic === 'JMP') {
      around.before();
      image.emit('JMP', { target: image.pc + 2 });
      image.emit('NOP');
    } else if (format !== 'B') {
      around.before();
      image.emit(mnemonic, fields);
    } else if (n % 2 === 0) {
      around.before();
      image.emit(mnemonic, { ...fields, offset: 2 });
      image.emit('NOP');
    } else {
      const over = image.emit('JMP', { target: 0 });
      const target = image.emit('JMP', { target: 0 });
      image.patch(over, 'JMP', { target: image.pc });
      around.before();
      image.emit(mnemonic, { ...fields, offset: target - image.pc });
      image.patch(target, 'JMP', { target: image.pc });
    }
    around.after();
  }
}

/**
 * @param {object} [options]
 * @param {{ floats?: boolean, multiply?: boolean }} [options.features] what the core has
 * @param {number} [options.part] one of so many pairs of operands, for a short run
 * @param {number} [options.shift] which part
 * @returns {Generator<{ name: string, image: import('@pysm/isa').Image, records: number }>}
 */
export function* directedPrograms({ features = {}, part = 1, shift = 0 } = {}) {
  const wanted = inFeatures(features);
  for (const instruction of INSTRUCTIONS.filter((i) => wanted(i))) {
    let image = new ImageBuilder();
    let writer = new CaseWriter(image);
    let pieces = 0;
    const piece = () => ({
      name: `directed ${instruction.mnemonic} ${++pieces}`,
      image: image.image(),
      records: RECORDS,
    });
    const { heap, labels } = image;
    for (const one of casesOf(instruction, { heap, labels, features, part, shift })) {
      writer.write(instruction, one);
      if (!image.full) continue;
      yield piece();
      image = new ImageBuilder();
      writer = new CaseWriter(image);
    }
    if (image.pc > image.labels.main) yield piece();
  }
  yield* faultPrograms();
}

/** Records of a program at most: far more than its cases take. */
const RECORDS = 500_000;
