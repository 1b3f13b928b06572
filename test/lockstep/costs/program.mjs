/**
 * A batch of cases as one program, each in surroundings of its own: pieces of code before, between and behind what
 * belongs to the case, and a debugger that stops there.
 *
 * @typedef {import('./pieces.mjs').Piece} Piece
 *
 * @typedef {object} Stop what a debugger does at a place of the case
 * @property {'before' | 'at' | 'behind'} place the pieces before the instruction, the instruction, what is behind it
 * @property {number} ticks cycles to go on for, and then halt; 0: none
 * @property {number} steps single steps after that
 *
 * @typedef {object} Context surroundings of one case
 * @property {readonly Piece[]} start in front of it
 * @property {readonly (readonly Piece[])[]} between behind its first operand, its second ..
 * @property {readonly Piece[]} before in front of its instruction
 * @property {readonly Piece[]} after
 * @property {readonly Stop[]} stops
 *
 * @typedef {object} Subject
 * @property {number} number of the case in the batch: chooses specifiers
 * @property {import('@pysm/isa').Instruction} instruction
 * @property {import('../directed/cases.mjs').Case} one
 *
 * @typedef {object} Program
 * @property {import('@pysm/isa').Image} image
 * @property {Uint8Array} foreign by pc: 1 where a piece stands
 * @property {ReadonlyMap<number, number>} starts index of the case that begins at a pc
 * @property {ReadonlyMap<number, Stop>} stops by pc
 * @property {readonly (readonly [from: number, to: number])[]} ranges code of each case with its pieces
 */
import { CSR, IO, MEMORY, SPECIFIER } from '@pysm/isa';
import { FRAME, ImageBuilder } from '../directed/image.mjs';
import { CaseWriter } from '../directed/programs.mjs';
import { func } from '../directed/words.mjs';
import { interrupt, pieces, raise } from './pieces.mjs';

/** Surroundings that are none. @type {Context} */
export const ALONE = { start: [], between: [], before: [], after: [], stops: [] };

/** Instructions that write to timers and interrupt lines: an interrupt around them would become another one. */
const NO_INTERRUPT = new Set(['IOW', 'CSRW', 'IEN']);
/** Operands that pieces may stand behind. */
const OPERANDS = 4;

/**
 * Random surroundings of a case.
 * @param {import('../random/choices.mjs').Choices} c
 * @param {Subject} subject
 * @returns {Context}
 */
export function randomContext(c, { one }) {
  // A case that sets the stage has little stack, or counts on the heap as it is.
  const loud = !one.before;
  const interrupts = loud && !NO_INTERRUPT.has(one.mnemonic) && c.chance(40);
  const start = pieces(c, 3, true);
  if (c.chance(15)) start.splice(c.below(start.length + 1), 0, raise(FRAME));
  const before = pieces(c, 3, loud);
  if (interrupts) before.splice(c.below(before.length + 1), 0, interrupt(c));
  const stop = () => ({
    place: c.pick(['before', 'at', 'behind']),
    ticks: c.chance(50) ? c.between(1, 40) : 0,
    steps: c.below(4),
  });
  return {
    start,
    between: Array.from({ length: OPERANDS }, () => (c.chance(30) ? pieces(c, 2, loud) : [])),
    before,
    after: c.chance(50) ? pieces(c, 2, loud) : [],
    stops: c.chance(25) ? [stop()] : [],
  };
}

/** Places where a debugger stops, which `before` and so on set by the way. */
class Places {
  foreign = new Uint8Array(MEMORY.code);
  starts = new Map();
  stops = new Map();
  ranges = [];
  #image;

  constructor(image) {
    this.#image = image;
  }

  /** Emits code that is not the case's. */
  piece(emit, index) {
    const from = this.#image.pc;
    emit(this.#image, index);
    this.foreign.fill(1, from, this.#image.pc);
  }

  stop(context, place) {
    const stop = context.stops.find((s) => s.place === place);
    if (stop) this.stops.set(this.#image.pc, stop);
  }
}

/** The timer's interrupt handler, and what leads to it. */
function interruptHandler(image) {
  const over = image.emit('JMP', { target: 0 });
  const handler = image.pc;
  image.emit('NOP');
  image.emit('MUL', { d: SPECIFIER.DISCARD, a: SPECIFIER.ZERO + 3, b: SPECIFIER.ZERO + 5 });
  image.emit('RET', { a: SPECIFIER.NONE });
  image.patch(over, 'JMP', { target: image.pc });
  image.push(func(handler, 0, 0, 5));
  image.emit('CSRW', { k: CSR.IVEC, d: SPECIFIER.STACK });
  image.emit('IOWI', { imm: IO.IRQ_ENABLE, a: SPECIFIER.ZERO + 1 });
}

/**
 * @param {readonly Subject[]} subjects
 * @param {readonly Context[]} contexts one for each
 * @returns {Program}
 */
export function contextProgram(subjects, contexts) {
  const image = new ImageBuilder();
  const places = new Places(image);
  places.piece(interruptHandler);
  subjects.forEach(({ number, instruction, one }, index) => {
    const context = contexts[index];
    const from = image.pc;
    let operand = 0;
    const all = (list) => {
      for (const { emit } of list) places.piece(emit, index);
    };
    const quiet = () => places.piece(() => image.emit('IEN', { k: 0 }));
    const around = {
      start() {
        quiet();
        all(context.start);
        places.starts.set(image.pc, index);
        // The case's own first instruction, in every surrounding the same.
        image.emit('NOP');
      },
      between() {
        all(context.between[operand++] ?? []);
      },
      before() {
        places.stop(context, 'before');
        all(context.before);
        places.stop(context, 'at');
      },
      after() {
        places.stop(context, 'behind');
        all(context.after);
        quiet();
      },
    };
    new CaseWriter(image, around).write(instruction, one, number);
    places.ranges.push([from, image.pc]);
  });
  const { foreign, starts, stops, ranges } = places;
  return { image: image.image(), foreign, starts, stops, ranges };
}
