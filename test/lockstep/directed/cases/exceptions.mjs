/** Cases of handlers and exceptions, and of what only faults. */
import { MEMORY } from '@pysm/isa';
import { word } from '../words.mjs';
import { INT, NONE, SOME } from './common.mjs';

/** Descriptor 255: 20 up to 30, with an outer one; 254: nothing. */
const descriptors = () => (image) => {
  image.dataWord(255, word('RAW', 20n | (30n << 16n) | (5n << 32n) | (254n << 48n)));
  image.dataWord(254, word('RAW', 0));
};

/** @type {import('../cases.mjs').Listed} */
export const EXCEPTIONS = {
  *SETH() {
    for (const k of [0, 7, MEMORY.data - 1, 0]) yield { mnemonic: 'SETH', fields: { k } };
  },
  *RAISE({ words }) {
    for (const a of words.slice(0, 60)) yield { mnemonic: 'RAISE', sources: { a }, raises: true };
  },
  *RERAISE({ words }) {
    for (const a of words.slice(0, 20)) yield { mnemonic: 'RERAISE', sources: { a }, raises: true };
  },
  // Both stand in the handler of whatever raises, CATCH as the re-issue behind UNW.
  *CATCH() {},
  *UNW() {
    for (const x of SOME)
      yield { mnemonic: 'UNW', sources: { k: INT(0), x, h: INT(0) }, inside: true, environment: NONE, lands: true };
  },
  *RSRD() {
    yield { mnemonic: 'RSRD', sources: { k: INT(0) } };
    yield { mnemonic: 'RSRD', sources: { k: INT(1) }, inside: true, environment: NONE };
    yield { mnemonic: 'RSRD', sources: { k: INT(0) }, inside: true, environment: NONE };
  },
  *HSEL({ heap }) {
    for (const h of [INT(0), word('RAW', 0), INT(255), word('RAW', 255), INT(254)]) {
      for (const w of [
        word('RAW', 5),
        word('RAW', 20),
        word('RAW', 30),
        word('RAW', (1n << 44n) | 20n),
        word('RAW', (1n << 44n) | 30n),
      ]) {
        yield { mnemonic: 'HSEL', sources: { w, h }, plain: true, before: descriptors(heap) };
      }
    }
  },
  // What only faults: see faults.mjs.
  *ILL() {},
  *FAULT() {},
};
