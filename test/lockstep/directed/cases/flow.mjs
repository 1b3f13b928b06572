/** Cases of branches, loops and iteration. */
import { CSR, TAG } from '@pysm/isa';
import { GROUP } from '../image.mjs';
import { INT_WORDS } from '../words.mjs';
import { INT, pairs, softLimits, TIGHT } from './common.mjs';

/** @type {import('../cases.mjs').Listed} */
export const FLOW = {
  JMP: () => [{ mnemonic: 'JMP' }],
  *BTAG({ words }) {
    for (const a of words)
      for (const b of [a.tag & 31, 0, TAG.LIST & 31]) yield { mnemonic: 'BTAG', fields: { b }, sources: { a } };
  },
  *BNTAG({ words }) {
    for (const a of words) for (const b of [a.tag & 31, 5]) yield { mnemonic: 'BNTAG', fields: { b }, sources: { a } };
  },
  *BBS({ words }) {
    for (const a of words)
      for (const b of [0, 1, 62, 63, 64, 127]) yield { mnemonic: 'BBS', fields: { b }, sources: { a } };
  },
  *BBC({ words }) {
    for (const a of words)
      for (const b of [0, 1, 62, 63, 64, 127]) yield { mnemonic: 'BBC', fields: { b }, sources: { a } };
  },
  *FORR() {
    for (const [i, last] of pairs(INT_WORDS, INT_WORDS)) {
      yield { mnemonic: 'FORR', fields: { a: GROUP }, locals: { [GROUP]: i }, sources: { last } };
    }
  },
  *FORS() {
    const ends = [INT(0), INT(3), INT(-3), INT(2n ** 63n - 1n), INT(-(2n ** 63n))];
    for (const i of ends) {
      for (const [step, last] of pairs([INT(1), INT(-1), INT(5), INT(2n ** 62n), INT(-(2n ** 62n)), INT(0)], ends)) {
        yield { mnemonic: 'FORS', fields: { a: 20, b: GROUP }, locals: { 20: i, [GROUP]: step, [GROUP + 1]: last } };
      }
    }
  },
  *GETITER({ words }) {
    for (const a of words) yield { mnemonic: 'GETITER', fields: { d: GROUP }, sources: { a } };
  },
  *FORITER({ words, heap }) {
    for (const h of words) {
      for (const at of [0, 1, 3, 40])
        yield { mnemonic: 'FORITER', fields: { b: GROUP }, locals: { [GROUP]: h, [GROUP + 1]: INT(at) } };
    }
    yield {
      mnemonic: 'FORITER',
      fields: { b: GROUP },
      locals: { [GROUP]: heap.fresh, [GROUP + 1]: INT(0) },
      before: (image) => image.control(CSR.SLIM, 30 + TIGHT - 20),
      after: softLimits,
      raises: true,
    };
  },
};
