/** Cases of attributes and of items. */
import { str7Word } from '@pysm/isa';
import { ATTRIBUTES, INT_WORDS } from '../words.mjs';
import { INT, NONE, pairs, SOME, TRUE } from './common.mjs';

/** @type {import('../cases.mjs').Listed} */
export const CONTAINERS = {
  *LDA({ heap, words }) {
    for (const a of [heap.object, heap.objectX, ...words]) {
      for (const attr of Object.values(ATTRIBUTES)) yield { mnemonic: 'LDA', fields: { attr }, sources: { a } };
    }
  },
  *ISA({ heap, words }) {
    for (const a of [heap.object, heap.objectX, ...words]) {
      for (const attr of [ATTRIBUTES.marker, ATTRIBUTES.slot, ATTRIBUTES.missing, 4095])
        yield { mnemonic: 'ISA', fields: { attr }, sources: { a } };
    }
  },
  *STA({ heap, words }) {
    for (const a of [heap.object, heap.objectX, ...words]) {
      for (const attr of [
        ATTRIBUTES.slot,
        ATTRIBUTES.unbound,
        ATTRIBUTES.value,
        ATTRIBUTES.fallback,
        ATTRIBUTES.method,
        ATTRIBUTES.missing,
      ]) {
        yield { mnemonic: 'STA', fields: { attr }, sources: { a, v: SOME[attr % SOME.length] } };
      }
    }
  },
  *DELA({ heap, words }) {
    for (const a of [heap.object, heap.object, heap.objectX, ...words]) {
      for (const attr of [ATTRIBUTES.slot, ATTRIBUTES.fallback, ATTRIBUTES.value, ATTRIBUTES.missing]) {
        yield { mnemonic: 'DELA', fields: { attr }, sources: { a } };
        if (a === heap.objectX) yield { mnemonic: 'STA', fields: { attr: ATTRIBUTES.slot }, sources: { a, v: TRUE } };
      }
    }
  },
  *LDX({ words }) {
    const indices = [0, 1, -1, 2, -3, 9, -20, 1000].map(INT);
    for (const [a, b] of pairs(words, [...indices, ...INT_WORDS.slice(-3), TRUE, NONE, str7Word('a')])) {
      yield { mnemonic: 'LDX', sources: { a, b } };
    }
  },
  *STX({ words }) {
    const indices = [INT(0), INT(1), INT(-1), INT(3), INT(-4), INT(1000), TRUE, NONE];
    const values = [INT(7), INT(255), INT(256), INT(-1), str7Word('v')];
    for (const a of words) for (const [b, v] of pairs(indices, values)) yield { mnemonic: 'STX', sources: { a, b, v } };
  },
  *LAPP({ words }) {
    for (const [a, b] of pairs(words, SOME)) yield { mnemonic: 'LAPP', sources: { a, b } };
  },
  *UNPACK({ words }) {
    for (const a of words) {
      for (const imm of [0, 1, 2, 3, 4]) yield { mnemonic: 'UNPACK', fields: { imm }, sources: { a }, leaves: imm };
    }
  },
};
