/** Cases of raw words: memory, bytes, bits, the tables of the core. */
import { BITFIELD_WIDTHS, encodeBitfield, TAG } from '@pysm/isa';
import { INT_WORDS, ROW } from '../words.mjs';
import { INT, NONE, SOME, TRUE } from './common.mjs';

/** Bit fields of each width, at the ends of a word and within. */
function* fieldsOfBits() {
  for (const width of BITFIELD_WIDTHS) for (const low of [0, 1, 31, 60, 63]) yield encodeBitfield(low, width);
}

/** @type {import('../cases.mjs').Listed} */
export const RAW = {
  *LDW({ heap }) {
    for (const a of [heap.scratch, heap.list, heap.object, heap.tuple]) {
      for (const imm of [0, 1, 2, -1]) yield { mnemonic: 'LDW', fields: { imm }, sources: { a }, plain: true };
    }
  },
  *STW({ heap }) {
    for (const v of SOME)
      for (const imm of [0, 5, 39]) yield { mnemonic: 'STW', fields: { imm }, sources: { a: heap.scratch, v } };
  },
  *LDXR({ heap }) {
    for (const b of [INT(0), INT(7), INT(-1), TRUE]) yield { mnemonic: 'LDXR', sources: { a: heap.scratch, b } };
  },
  *STXR({ heap }) {
    for (const v of SOME)
      for (const b of [INT(0), INT(7), TRUE]) yield { mnemonic: 'STXR', sources: { a: heap.scratch, b, v } };
  },
  *LDB({ heap }) {
    for (let b = -3; b < 20; b++) yield { mnemonic: 'LDB', sources: { a: heap.other, b: INT(b) } };
  },
  *STB({ heap }) {
    for (let b = -3; b < 20; b++) yield { mnemonic: 'STB', sources: { a: heap.other, b: INT(b), v: INT(b * 37) } };
  },
  *TAGW({ words }) {
    for (const a of words.slice(0, 20))
      for (const imm of [TAG.INT, TAG.RAW, TAG.FLOAT, 0]) yield { mnemonic: 'TAGW', fields: { imm }, sources: { a } };
  },
  *LDHX({ heap }) {
    for (const h of INT_WORDS) yield { mnemonic: 'LDHX', sources: { p: heap.hashed, h } };
  },
  *MCPY({ heap }) {
    for (const imm of [1, 2, 3, 16])
      for (const [a, b] of [
        [heap.scratch, heap.other],
        [heap.other, heap.scratch],
        [heap.other, heap.other],
      ])
        yield { mnemonic: 'MCPY', fields: { imm }, sources: { a, b }, plain: true };
  },
  *MCLR({ heap }) {
    for (const imm of [1, 2, 31, 32])
      yield { mnemonic: 'MCLR', fields: { imm }, sources: { a: heap.scratch }, plain: true };
  },
  *DTRD() {
    for (const index of [0, ROW + 5, ROW + 12, 2047]) yield { mnemonic: 'DTRD', sources: { a: INT(index) } };
  },
  *DTKD() {
    for (let i = 0; i < 20; i++) yield { mnemonic: 'DTKD', sources: { a: INT(ROW + i) } };
  },
  *DTWR() {
    for (const b of SOME)
      for (const index of [ROW + 5, 2047]) yield { mnemonic: 'DTWR', sources: { a: INT(index), b } };
  },
  *TINS() {
    yield { mnemonic: 'TINS', inside: true, environment: NONE };
    yield { mnemonic: 'TINS' };
  },
  *EXT({ words }) {
    for (const a of words.slice(0, 12))
      for (const imm of fieldsOfBits()) yield { mnemonic: 'EXT', fields: { imm }, sources: { a } };
  },
  *INS() {
    for (const a of INT_WORDS.slice(0, 8)) {
      for (const imm of fieldsOfBits())
        yield { mnemonic: 'INS', fields: { d: 20, imm }, sources: { a }, locals: { 20: INT(0x123456789abcdefn) } };
    }
  },
  *GLRD() {
    for (const a of [0, 1, 5, 2047]) yield { mnemonic: 'GLRD', sources: { a: INT(a) } };
  },
};
