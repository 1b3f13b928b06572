/** Cases of what moves words (constants, globals, locals, the operand stack), and of NOP, SPAN, BRK and HALT. */
import { GROUP } from '../image.mjs';
import { SOME } from './common.mjs';

/** @type {import('../cases.mjs').Listed} */
export const MOVES = {
  NOP: () => [{ mnemonic: 'NOP' }],
  SPAN: () => [{ mnemonic: 'SPAN' }],
  BRK: () => [{ mnemonic: 'BRK' }],
  *HALT() {},
  *LDI() {
    for (const imm of [-65536, -1, 0, 1, 65535]) yield { mnemonic: 'LDI', fields: { imm } };
  },
  *LDK({ words }) {
    for (const w of words) yield { mnemonic: 'LDK', constant: w };
  },
  *LDG({ words }) {
    for (const w of words) yield { mnemonic: 'LDG', constant: w };
  },
  *STG({ words }) {
    for (const a of words.slice(0, 30)) yield { mnemonic: 'STG', fields: { k: 2040 }, sources: { a } };
  },
  *LDW8() {
    for (const k of [0, 5, GROUP, 29, 200, 255]) yield { mnemonic: 'LDW8', fields: { k } };
  },
  *STW8() {
    for (const a of SOME) for (const k of [GROUP, 20]) yield { mnemonic: 'STW8', fields: { k }, sources: { a } };
  },
  *POP() {
    for (const k of [0, 1, 3]) yield { mnemonic: 'POP', fields: { k }, stack: SOME, leaves: SOME.length - k };
  },
  *DUP() {
    for (const k of [0, 1, 4]) yield { mnemonic: 'DUP', fields: { k }, stack: SOME, leaves: SOME.length };
  },
  *UNB() {
    for (const w of SOME) yield { mnemonic: 'UNB', fields: { d: 20 }, locals: { 20: w } };
  },
  *CLRL() {
    for (const k of [1, 2, 3, 31, 32]) yield { mnemonic: 'CLRL', fields: { k }, leaves: k };
  },
};
