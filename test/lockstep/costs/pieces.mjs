/**
 * What may stand around an instruction without being any of its business: pieces of code that leave the operand stack, all
 * locals, the heap and the control registers as they found them. They work on the stack alone, since a case may stand in
 * a function with hardly any locals.
 *
 * @typedef {object} Piece
 * @property {string} name
 * @property {(image: import('../directed/image.mjs').ImageBuilder, index: number) => void} emit `index`: of its case in the
 *   program
 */
import { CSR, encodeBitfield, floatWord, IO, intWord, SIZE_CLASSES, SPECIFIER, str7Word } from '@pysm/isa';
import { ATTRIBUTES, word } from '../directed/words.mjs';

const S = SPECIFIER.STACK;
const NONE = word('NONE');
/** Data words that no object of words.mjs and no handler descriptor lies in, and a global that no case writes. */
const SCRATCH = 260;
const GLOBAL = 2041;
/** The last descriptor that ImageBuilder gives out; those of the pieces go down from it. */
const DESCRIPTORS = 250;

/**
 * An instruction on words that are pushed for it; what it leaves is dropped, by itself or by a POP behind it.
 * @param {import('../random/choices.mjs').Choices} c
 * @param {string} mnemonic
 * @param {readonly (import('@pysm/isa').Word | string)[]} words or names of objects of words.mjs
 * @param {Readonly<Record<string, number>>} [fields]
 * @param {number} [leaves] words
 * @returns {Piece}
 */
const onStack = (c, mnemonic, words, fields = {}, leaves = 1) => {
  const discards = fields.d === S && leaves === 1 && c.chance(60);
  return {
    name: mnemonic,
    emit(image) {
      for (const w of words) image.push(typeof w === 'string' ? image.heap[w] : w);
      image.emit(mnemonic, discards ? { ...fields, d: SPECIFIER.DISCARD } : fields);
      if (leaves > 0 && !discards) image.emit('POP', { k: leaves });
    },
  };
};

const TWO = { d: S, a: S, b: S };
const ONE = { d: S, a: S };

const NUMBERS = [intWord(0), intWord(1), intWord(-7), intWord(64), intWord(2n ** 62n), word('BOOL', 1)];
const FLOATS = [floatWord(1), floatWord(-2.5), floatWord(1e300), floatWord(5e-324)];

const integer = (c) => {
  const mnemonic = c.pick([
    'ADD',
    'SUB',
    'MUL',
    'FLOOR',
    'MOD',
    'AND',
    'OR',
    'XOR',
    'SHR',
    'CLT',
    'CEQ',
    'CIS',
    'RMUL',
  ]);
  // With 1, nothing overflows and no divisor is zero: that would trap.
  return onStack(c, mnemonic, [c.pick(NUMBERS), intWord(1)], TWO);
};

const real = (c) => {
  const mnemonic = c.pick(['ADD', 'SUB', 'MUL', 'DIV', 'CLT', 'CEQ']);
  return onStack(c, mnemonic, [c.pick([...FLOATS, intWord(3)]), c.pick(FLOATS)], TWO);
};

/** A branch over a NOP, forwards or backwards, taken or not: with the prediction or against it. */
const branch = (c) => {
  const a = c.chance(50) ? SPECIFIER.TRUE : SPECIFIER.FALSE;
  if (c.chance(60)) {
    return {
      name: 'branch forwards',
      emit(image) {
        image.emit('BT', { a, offset: 2 });
        image.emit('NOP');
      },
    };
  }
  return {
    name: 'branch backwards',
    emit(image) {
      const over = image.emit('JMP', { target: 0 });
      const target = image.emit('JMP', { target: 0 });
      image.patch(over, 'JMP', { target: image.pc });
      image.emit('BT', { a, offset: target - image.pc });
      image.patch(target, 'JMP', { target: image.pc });
    },
  };
};

const nothing = (c) => {
  const count = c.between(1, 4);
  return {
    name: `${count} NOP`,
    emit(image) {
      for (let i = 0; i < count; i++) image.emit('NOP');
    },
  };
};

/** A loop over a counter on the stack: the same branch again and again. */
const loop = (c) => {
  const count = c.between(2, 5);
  return {
    name: 'loop',
    emit(image) {
      image.push(intWord(count));
      const top = image.emit('SUBI', { d: S, a: S, imm: 1 });
      image.emit('DUP', { d: S, k: 0 });
      image.emit('BT', { a: S, offset: top - image.pc });
      image.emit('POP', { k: 1 });
    },
  };
};

const memory = (c) => {
  const at = word('RAW', SCRATCH);
  const n = c.between(1, 16);
  return c.pick([
    onStack(c, 'LDW', [at], { ...ONE, imm: n }),
    onStack(c, 'STW', [at, intWord(n)], { a: S, imm: n, d: S }, 0),
    onStack(c, 'MCLR', [at], { a: S, imm: n }, 0),
    onStack(c, 'MCPY', [at, word('RAW', SCRATCH + 18)], { a: S, d: S, imm: n }, 0),
    onStack(c, 'STG', [intWord(n)], { k: GLOBAL, d: S }, 0),
    onStack(c, 'LDB', [at, intWord(n)], TWO),
    onStack(c, 'DTRD', [intWord(n)], ONE),
    onStack(c, 'GLRD', [intWord(GLOBAL)], ONE),
  ]);
};

/** Reads of objects that no case changes. */
const object = (c) =>
  c.pick([
    onStack(c, 'LDX', ['tuple', intWord(1)], TWO),
    onStack(c, 'LDX', ['bytes', intWord(2)], TWO),
    onStack(c, 'LEN', ['str'], ONE),
    onStack(c, 'LDHX', ['hashed', intWord(5)], TWO),
    onStack(c, 'UNPACK', ['pair'], { a: S, imm: 2 }, 2),
  ]);

const bits = (c) =>
  c.pick([
    onStack(c, 'EXT', [intWord(0x1234)], { ...ONE, imm: encodeBitfield(4, 8) }),
    onStack(c, 'TAGR', [str7Word('abc')], ONE),
    onStack(c, 'CLZ', [intWord(5)], ONE),
    onStack(c, 'HASH', [floatWord(2.5)], ONE),
    onStack(c, 'RDC', [], { d: S }),
    onStack(c, 'IORI', [], { d: S, imm: IO.CYCLE }),
    onStack(c, 'CSRR', [], { d: S, k: CSR.HPEAK }),
    onStack(c, 'FSQRT', [floatWord(2)], ONE),
    onStack(c, 'CVT', [floatWord(2.75)], ONE),
  ]);

const clear = (c) => {
  const k = c.between(1, 20);
  return onStack(c, 'CLRL', [], { k }, k);
};

/** Pieces that neither enter a function nor need stack memory to speak of. */
const QUIET = [
  [4, nothing],
  [8, integer],
  [5, real],
  [6, branch],
  [2, loop],
  [6, memory],
  [5, object],
  [5, bits],
  [3, clear],
];

/** Arguments that the function of the cases takes. */
const ARGUMENTS = 6;

/** Calls, by every instruction that calls. */
const call = (c) => {
  const n = c.below(3);
  const args = Array.from({ length: n }, (_, i) => intWord(i));
  // Each default that is missing is an instruction before the function's entry.
  const defaults = ARGUMENTS - n;
  const clear = defaults + c.below(3);
  const {
    mnemonic,
    callee = [],
    fields = {},
  } = c.pick([
    { mnemonic: 'CALL' },
    ...['anyFunction', 'closure', 'plainClosure', 'bound'].map((name) => ({ mnemonic: 'CALLV', callee: [name] })),
    { mnemonic: 'CALLM', callee: ['object'], fields: { attr: ATTRIBUTES.method } },
    { mnemonic: 'CALLM', callee: ['objectX'], fields: { attr: ATTRIBUTES.method } },
  ]);
  return {
    name: mnemonic,
    emit(image) {
      const direct = mnemonic === 'CALL' ? { target: image.labels.callee - defaults, clear } : {};
      onStack(c, mnemonic, [...callee, ...args], { ...fields, ...direct, n, drop: 1 }, 0).emit(image);
    },
  };
};

/** Attributes: found, or answered by a trap's handler. */
const attribute = (c) =>
  c.pick([
    onStack(c, 'LDA', ['object'], { ...ONE, attr: c.pick(Object.values(ATTRIBUTES)) }),
    onStack(c, 'LDA', ['objectX'], { ...ONE, attr: c.pick(Object.values(ATTRIBUTES)) }),
    onStack(c, 'ISA', ['object'], { ...ONE, attr: ATTRIBUTES.marker }),
  ]);

/** Traps whose handlers answer. */
const trap = (c) =>
  c.pick([
    onStack(c, 'ADD', [NONE, intWord(1)], TWO),
    onStack(c, 'MUL', [intWord(2n ** 62n), intWord(4)], TWO),
    onStack(c, 'FLOOR', [intWord(1), intWord(0)], TWO),
    onStack(c, 'LEN', [NONE], ONE),
    onStack(c, 'LDX', [NONE, NONE], TWO),
    onStack(c, 'CLT', [str7Word('a'), intWord(1)], TWO),
  ]);

/** Takes a tuple from the unused heap, whose registers it restores. */
const allocate = (c) => {
  const size = c.between(0, 4);
  const list = CSR.FREE + SIZE_CLASSES.findIndex((words) => words >= size + 1);
  const registers = [CSR.HTOP, CSR.HLIM, list];
  return {
    name: 'allocate',
    emit(image) {
      for (const k of registers) image.emit('CSRR', { d: S, k });
      image.control(list, 0);
      image.control(CSR.HTOP, 25_000);
      image.control(CSR.HLIM, 26_000);
      for (let i = 0; i < size; i++) image.push(NONE);
      image.emit('BTUP', { d: SPECIFIER.DISCARD, k: size });
      for (const k of registers.toReversed()) image.emit('CSRW', { k, d: S });
    },
  };
};

const brk = () => ({ name: 'BRK', emit: (image) => image.emit('BRK') });

const LOUD = [
  [8, call],
  [8, trap],
  [4, attribute],
  [3, allocate],
  [1, brk],
];

/** Cycles from the reading of the counter to the interrupt, at least and at most: the instruction comes in between. */
const INTERRUPT = [4, 70];

/** The timer's interrupt, soon. Interrupts stay enabled. */
export function interrupt(c) {
  const cycles = c.between(...INTERRUPT);
  return {
    name: `interrupt in ${cycles} cycles`,
    emit(image) {
      image.emit('IOWI', { imm: IO.TIMER_PERIOD, a: SPECIFIER.ZERO });
      image.emit('IOWI', { imm: IO.IRQ_PENDING, a: SPECIFIER.ZERO + 1 });
      image.emit('RDC', { d: S });
      image.emit('ADDI', { d: S, a: S, imm: cycles });
      image.emit('IOWI', { imm: IO.TIMER_COMPARE, a: S });
      image.emit('IOWI', { imm: IO.TIMER_ENABLE, a: SPECIFIER.TRUE });
      image.emit('IEN', { k: 1 });
    },
  };
}

/**
 * Raises an exception and catches it. The operand stack must be empty.
 * @param {number} frame words of the function
 */
export const raise = (frame) => ({
  name: 'raise',
  emit(image, index) {
    const handler = DESCRIPTORS - index;
    image.emit('SETH', { k: handler });
    image.emit('RAISE', { a: SPECIFIER.NONE });
    image.setDescriptor(handler, image.pc);
    image.emit('CATCH', { k: frame });
    image.emit('POP', { k: 1 });
    image.emit('SETH', { k: 0 });
  },
});

/**
 * Random pieces.
 * @param {import('../random/choices.mjs').Choices} c
 * @param {number} most
 * @param {boolean} loud also pieces that enter functions
 * @returns {Piece[]}
 */
export function pieces(c, most, loud) {
  const table = loud ? [...QUIET, ...LOUD] : QUIET;
  return Array.from({ length: c.below(most + 1) }, () => c.weighted(table)(c));
}
