import { outcome, rows, systemTrap, trap } from './define.js';
import type { Instruction } from './types.js';

const noBlock = systemTrap('ALLOCATE', 'no block left', 'retry', 2);

export const ATTRIBUTES: readonly Instruction[] = rows('attribute', [
  { op: 0x80, name: 'LDA', format: 'A', args: 'd:d@d a:s@a attr:attr@attr', outcomes: [outcome('slot', 3), outcome('class value', 3)], traps: [trap('LOAD_ATTR', 'a', 'no such attribute, an UNBOUND slot, a method, a descriptor', 'value', 2)], doc: 'd := attribute of a, by one probe of the dispatch table. A getter is entered like a handler. OBJX costs 2 more.' },
  { op: 0x84, name: 'STA', format: 'A', args: 'a:s@a attr:attr@attr v:s@d', cycles: 3, traps: [trap('STORE_ATTR', 'a v', 'no slot of that name', 'next', 2)], doc: 'Attribute of a := v.' },
  { op: 0x88, name: 'DELA', format: 'A', args: 'a:s@a attr:attr@attr', cycles: 3, traps: [trap('DELETE_ATTR', 'a', 'no slot of that name, or it is UNBOUND', 'next', 2)], doc: 'Slot := UNBOUND (del a.attr).' },
  { op: 0x8c, name: 'ISA', format: 'A', args: 'd:d@d a:s@a attr:attr@attr', cycles: 2, doc: 'BOOL: the row of a holds the marker attribute, so a is an instance of its class.' },
]);

export const SUBSCRIPTS: readonly Instruction[] = rows('subscript', [
  {
    op: 0x90,
    name: 'LDX',
    format: 'T',
    args: 'd:d@d a:s@a b:s@b',
    outcomes: [
      outcome('list', 3, { a: 'list', b: 'int' }, 'index >= 0'),
      outcome('list, negative index', 4, { a: 'list', b: 'int' }),
      outcome('tuple', 2, { a: 'tuple', b: 'int' }),
      outcome('str', 3, { a: 'str', b: 'int' }, 'ASCII; gives a STR7'),
      outcome('str7', 1, { a: 'str7', b: 'int' }),
      outcome('bytes', 3, { a: 'bytes', b: 'int' }),
      outcome('bytearray', 4, { a: 'bytearray', b: 'int' }),
    ],
    traps: [trap('LOAD_ITEM', 'a b', 'index out of range, or any other tags', 'value', 3)],
    doc: 'd := a[b].',
  },
  {
    op: 0x91,
    name: 'STX',
    format: 'T',
    args: 'a:s@a b:s@b v:s@d',
    outcomes: [outcome('list', 4, { a: 'list', b: 'int' }), outcome('bytearray', 4, { a: 'bytearray', b: 'int', v: 'int' })],
    traps: [trap('STORE_ITEM', 'a b v', 'index out of range, a byte beyond 0-255, or any other tags', 'next', 3)],
    doc: 'a[b] := v.',
  },
  { op: 0x92, name: 'DELX', format: 'T', args: 'a:s@a b:s@b', outcomes: [], traps: [trap('DELETE_ITEM', 'a b', 'always', 'next')], doc: 'del a[b], by the runtime.' },
  {
    op: 0x93,
    name: 'LEN',
    format: 'T',
    args: 'd:d@d a:s@a',
    outcomes: [
      ...(['tuple', 'str', 'str7', 'bytes'] as const).map((t) => outcome(t, 1, { a: t })),
      ...(['list', 'dict', 'set', 'bytearray'] as const).map((t) => outcome(t, 3, { a: t })),
    ],
    traps: [trap('LEN', 'a', 'any other tag')],
    doc: 'd := len(a), INT.',
  },
  {
    op: 0x94,
    name: 'UNPACK',
    format: 'I',
    args: 'a:s@a n:i@imm',
    outcomes: [
      { name: 'tuple', tags: { a: 'tuple' }, cycles: 1, extra: { each: 1, count: 'n', beyond: 0 } },
      { name: 'list', tags: { a: 'list' }, cycles: 3, extra: { each: 1, count: 'n', beyond: 0 } },
    ],
    traps: [trap('UNPACK', 'a', 'another length or tag', 'unpack', 2)],
    doc: 'Pushes the n items (0 to 32) of a, last item first, so that pops meet them in order. The handler returns a TUPLE of n.',
  },
  { op: 0x95, name: 'LAPP', format: 'T', args: 'a:s@a b:s@b', outcomes: [outcome('room', 5, { a: 'list' })], traps: [trap('APPEND', 'a b', 'no room, or a is no LIST', 'next', 3)], doc: 'Appends b to list a.' },
]);

const words = (cycles: number) => [{ name: 'done', cycles, extra: { each: 1, count: 'n', beyond: 0 } } as const];

export const BUILD: readonly Instruction[] = rows('build', [
  { op: 0xa0, name: 'NEW', format: 'K', args: 'd:d@d k:k@k', cycles: 4, traps: [noBlock], doc: 'd := a new instance of the CLASS in constant k; its slots are UNBOUND.' },
  { op: 0xa1, name: 'BTUP', format: 'K', args: 'd:d@d n:u@k', outcomes: words(4), traps: [noBlock], doc: 'd := TUPLE of the n words on the stack, 0 to 32.' },
  { op: 0xa2, name: 'BLIST', format: 'K', args: 'd:d@d n:u@k', outcomes: words(6), traps: [noBlock], doc: 'd := LIST of the n words on the stack, 0 to 32; its storage has room for at least 4 items.' },
  { op: 0xa3, name: 'MKCLO', format: 'I', args: 'd:d@d f:s@a n:i@imm', outcomes: words(5), traps: [noBlock], doc: 'd := CLOSURE of the FUNC f over the n captured words on the stack.' },
  { op: 0xa4, name: 'MKCELL', format: 'T', args: 'd:d@d a:s@a', cycles: 5, traps: [noBlock], doc: 'd := CELL holding a.' },
  { op: 0xa5, name: 'MKGEN', format: 'K', args: '', outcomes: [{ name: 'done', cycles: 6, extra: { each: 1, count: 'words', beyond: 0 } }], traps: [noBlock], doc: 'First instruction of a generator function: saves the frame in a new GEN and returns it.' },
  { op: 0xa6, name: 'BMAP', format: 'K', args: 'd:d@d n:u@k', outcomes: [], traps: [trap('BUILD_MAP', '', 'always')], doc: 'd := DICT of n pairs on the stack, by the runtime (operands stay until the re-issue).' },
  { op: 0xa7, name: 'BSET', format: 'K', args: 'd:d@d n:u@k', outcomes: [], traps: [trap('BUILD_SET', '', 'always')], doc: 'd := SET of n words on the stack, by the runtime.' },
  { op: 0xa8, name: 'BSLICE', format: 'K', args: 'd:d@d', outcomes: [], traps: [trap('BUILD_SLICE', '', 'always')], doc: 'd := SLICE of start, stop and step on the stack, by the runtime.' },
  { op: 0xa9, name: 'ALLOC', format: 'T', args: 'd:d@d a:s@a', cycles: 4, traps: [noBlock], doc: 'd := RAW address of a block of at least a words (INT, header included), HDR written; the size is rounded up to its size class.' },
  { op: 0xaa, name: 'LDENV', format: 'K', args: 'd:d@d k:u@k', cycles: 2, traps: [systemTrap('UNBOUND_CELL', 'the value is UNBOUND', 'value', 2)], doc: 'd := captured word k of the closure in [FP-1].' },
  { op: 0xab, name: 'LDDEREF', format: 'K', args: 'd:d@d k:u@k', cycles: 4, traps: [systemTrap('UNBOUND_CELL', 'the cell is UNBOUND', 'value', 4)], doc: 'd := content of captured cell k.' },
  { op: 0xac, name: 'STDEREF', format: 'K', args: 'k:u@k a:s@d', cycles: 4, doc: 'Captured cell k := a.' },
  { op: 0xad, name: 'LDCELL', format: 'T', args: 'd:d@d a:s@a', cycles: 2, traps: [systemTrap('UNBOUND_CELL', 'the cell is UNBOUND', 'value', 2)], doc: 'd := content of cell a.' },
  { op: 0xae, name: 'STCELL', format: 'T', args: 'a:s@a v:s@b', cycles: 2, doc: 'Cell a := v.' },
]);

export const IO_INSTRUCTIONS: readonly Instruction[] = rows('input and output', [
  { op: 0xc0, name: 'IOW', format: 'T', args: 'a:s@a b:s@b', traps: [trap('IO_VALUE', 'a b', 'b is neither INT nor BOOL', 'none')], doc: 'I/O register a (INT) := b.' },
  { op: 0xc1, name: 'IOR', format: 'T', args: 'd:d@d a:s@a', doc: 'd := I/O register a (INT), an INT.' },
  { op: 0xc2, name: 'IOB', format: 'B', args: 'pin:s@a value:s@b target:L@offset', branch: true, doc: 'Branch where the synchronised level of the pin (INT 0-31) equals value (INT or BOOL): read, test and branch in one.' },
  { op: 0xc3, name: 'WAITP', format: 'T', args: 'pin:s@a value:s@b', outcomes: [{ name: 'level seen', cycles: 1, when: 'and 1 for each cycle waited, at most 32' }, outcome('waited', 34, undefined, 'the level was not seen in 32 cycles; the instruction is issued again')], doc: 'Waits until the pin reads value.' },
  { op: 0xc4, name: 'RDC', format: 'T', args: 'd:d@d', doc: 'd := cycle counter, INT: the cycle in which it executes.' },
  { op: 0xc5, name: 'IEN', format: 'K', args: 'k:u@k', doc: 'Interrupts enabled := k (0 or 1).' },
  { op: 0xc6, name: 'IOWI', format: 'I', args: 'addr:i@imm a:s@a', family: 'IOW', traps: [trap('IO_VALUE', 'a', 'a is neither INT nor BOOL', 'none')], doc: 'I/O register given by the immediate := a.' },
  { op: 0xc7, name: 'IORI', format: 'I', args: 'd:d@d addr:i@imm', family: 'IOR', doc: 'd := I/O register given by the immediate.' },
]);

export const RAW_WORDS: readonly Instruction[] = rows('raw words', [
  { op: 0xd0, name: 'LDW', format: 'I', args: 'd:d@d a:s@a off:i@imm', cycles: 2, doc: 'd := data word at the address in a (reference or RAW) + off.' },
  { op: 0xd1, name: 'STW', format: 'I', args: 'a:s@a off:i@imm v:s@d', doc: 'Data word at the address in a + off := v.' },
  { op: 0xd2, name: 'LDXR', format: 'T', args: 'd:d@d a:s@a b:s@b', cycles: 2, doc: 'd := data word at the address in a + INT b.' },
  { op: 0xd3, name: 'STXR', format: 'T', args: 'a:s@a b:s@b v:s@d', doc: 'Data word at the address in a + INT b := v.' },
  { op: 0xd4, name: 'LDB', format: 'T', args: 'd:d@d a:s@a b:s@b', cycles: 3, doc: 'd := byte b of the data words from the address in a, as INT.' },
  { op: 0xd5, name: 'STB', format: 'T', args: 'a:s@a b:s@b v:s@d', cycles: 2, doc: 'Byte b of the data words from the address in a := low byte of v; the tag of that word stays.' },
  { op: 0xd6, name: 'TAGR', format: 'T', args: 'd:d@d a:s@a', doc: 'd := tag byte of a, as INT.' },
  { op: 0xd7, name: 'TAGW', format: 'I', args: 'd:d@d a:s@a tag:u@imm', doc: 'd := the payload of a with the tag byte given.' },
  { op: 0xd8, name: 'RADD', format: 'T', args: 'd:d@d a:s@a b:s@b', doc: 'd := low 64 bits of a + b of payloads, INT; never traps.' },
  { op: 0xd9, name: 'RSUB', format: 'T', args: 'd:d@d a:s@a b:s@b', doc: 'd := low 64 bits of a - b of payloads, INT.' },
  { op: 0xda, name: 'RMUL', format: 'T', args: 'd:d@d a:s@a b:s@b', cycles: 4, doc: 'd := low 64 bits of the product of payloads, INT.' },
  { op: 0xdb, name: 'MULHU', format: 'T', args: 'd:d@d a:s@a b:s@b', cycles: 4, doc: 'd := high 64 bits of the unsigned product of payloads, INT.' },
  { op: 0xdc, name: 'RULT', format: 'T', args: 'd:d@d a:s@a b:s@b', doc: 'd := INT 1 where payload a < payload b, unsigned, else INT 0: the carry of a sum.' },
  { op: 0xdd, name: 'RSHL', format: 'T', args: 'd:d@d a:s@a b:s@b', doc: 'd := payload a << (b & 63), low 64 bits, INT.' },
  { op: 0xde, name: 'RSHR', format: 'T', args: 'd:d@d a:s@a b:s@b', doc: 'd := payload a >> (b & 63), zeros shifted in, INT.' },
  { op: 0xdf, name: 'CLZ', format: 'T', args: 'd:d@d a:s@a', doc: 'd := leading zero bits of the payload, INT 0-64.' },
  { op: 0xe0, name: 'HASH', format: 'T', args: 'd:d@d a:s@a', outcomes: [outcome('int', 1, { a: 'int' }), outcome('str7', 1, { a: 'str7' }), outcome('none', 1, { a: 'none' }), outcome('float', 3, { a: 'float' }, 'the value is a whole number in 64 bits, else its bits are mixed')], traps: [trap('HASH', 'a', 'any other tag')], doc: 'd := hash of a as INT, below 2**32: equal numbers hash alike. INT and BOOL x: fold(x); STR7: fold(payload); fold(x) = (x ^ x >> 32) * 0x9E3779B1 mod 2**32.' },
  { op: 0xe1, name: 'LDHX', format: 'T', args: 'd:d@d p:s@a h:s@b', cycles: 2, doc: 'd := data word at p.address + (h & p.mask), p RAW {address 24, used 24, mask 16}.' },
  { op: 0xe2, name: 'MCPY', format: 'I', args: 'a:s@a b:s@d n:i@imm', outcomes: [{ name: 'done', cycles: 2, extra: { each: 2, count: 'n', beyond: 0 } }], doc: 'Copies n words (1 to 16) from the address in b to the address in a.' },
  { op: 0xe3, name: 'MCLR', format: 'I', args: 'a:s@a n:i@imm', outcomes: [{ name: 'done', cycles: 1, extra: { each: 1, count: 'n', beyond: 0 } }], doc: 'Writes UNBOUND to n words (1 to 32) from the address in a.' },
  { op: 0xe4, name: 'DTRD', format: 'T', args: 'd:d@d a:s@a', cycles: 2, doc: 'd := value of dispatch entry a (INT).' },
  { op: 0xe5, name: 'DTWR', format: 'T', args: 'a:s@a b:s@b', cycles: 2, doc: 'Value of dispatch entry a (INT) := b; its attribute number and kind stay.' },
  { op: 0xe6, name: 'DTKD', format: 'T', args: 'd:d@d a:s@a', cycles: 2, doc: 'd := RAW {attribute 12, kind 4, slot 12} of dispatch entry a (INT).' },
  { op: 0xe7, name: 'TINS', format: 'T', args: 'd:d@d', cycles: 3, doc: 'd := the trapped instruction word as INT, read from the pc of the top return entry.' },
  { op: 0xe8, name: 'CVT', format: 'T', args: 'd:d@d a:s@a', outcomes: [outcome('int', 3, { a: 'int' }), outcome('float', 3, { a: 'float' }, 'the truncated value fits 64 bits')], traps: [trap('CONVERT', 'a', 'NaN, infinity, a value beyond 64 bits, or any other tag', 'value', 3)], doc: 'INT or BOOL to FLOAT, round to nearest even; FLOAT to INT, truncated.' },
  { op: 0xe9, name: 'FSQRT', format: 'T', args: 'd:d@d a:s@a', outcomes: [outcome('float', 32, { a: 'float' }, 'a >= 0'), outcome('int', 35, { a: 'int' }, 'a >= 0')], traps: [trap('SQRT', 'a', 'a negative value or any other tag')], doc: 'Square root, correctly rounded.' },
  { op: 0xea, name: 'EXT', format: 'I', args: 'd:d@d a:s@a f:bf@imm', doc: 'd := bit field of the payload, unsigned, INT. Widths are those of the width code.' },
  { op: 0xeb, name: 'INS', format: 'I', args: 'd:l@d a:s@a f:bf@imm', doc: 'Bit field of the payload of local d := low bits of a; the tag of d stays.' },
  { op: 0xec, name: 'GLRD', format: 'T', args: 'd:d@d a:s@a', cycles: 2, doc: 'd := word a (INT) of the globals RAM, UNBOUND included: for the runtime’s name tables.' },
]);
