/** Cases of calls, returns and generators. */
import { ATTRIBUTES, func } from '../words.mjs';
import { INT, NONE, overflow, SOME, TIGHT, TRUE } from './common.mjs';

/** @type {import('../cases.mjs').Listed} */
export const CALLS = {
  *CALL({ labels }) {
    for (const drop of [0, 1]) {
      for (let n = 0; n <= 6; n++) {
        for (const clear of [0, 1, 2, 9]) {
          const stack = SOME.concat(SOME).slice(0, n);
          const fields = { target: labels.callee - (6 - n), n, clear: Math.min(15, clear + 6 - n), drop };
          yield { mnemonic: 'CALL', fields, stack, leaves: drop ? 0 : 1 };
        }
      }
    }
    yield* overflow({ mnemonic: 'CALL', fields: { target: labels.callee - 6, n: 0, clear: 15, drop: 0 }, leaves: 1 });
  },
  *CALLV({ heap, words, labels }) {
    const callables = [
      heap.anyFunction,
      heap.class,
      heap.closure,
      heap.plainClosure,
      heap.bound,
      heap.narrowBound,
      heap.narrowFunction,
    ];
    for (const drop of [0, 1]) {
      for (const callee of [...callables, ...words.slice(0, 60)]) {
        // The redirection's callable takes six arguments.
        for (const n of [0, 1, 2, 6]) {
          const stack = [callee, ...SOME, ...SOME].slice(0, n + 1);
          yield { mnemonic: 'CALLV', fields: { n, drop }, stack, leaves: drop ? 0 : 1 };
        }
      }
      for (const callee of [func(labels.callee, 0, 6, 60), func(labels.callee, 1, 3, 1)]) {
        yield { mnemonic: 'CALLV', fields: { n: 2, drop }, stack: [callee, NONE, TRUE], leaves: drop ? 0 : 1 };
      }
    }
    yield* overflow({ mnemonic: 'CALLV', fields: { n: 0, drop: 0 }, stack: [heap.anyFunction], leaves: 1 });
  },
  *CALLM({ heap, words }) {
    for (const drop of [0, 1]) {
      for (const receiver of [heap.object, heap.objectX]) {
        for (const attr of Object.values(ATTRIBUTES)) {
          for (const n of [0, 1, 3]) {
            yield {
              mnemonic: 'CALLM',
              fields: { attr, n, drop },
              stack: [receiver, ...SOME].slice(0, n + 1),
              leaves: drop ? 0 : 1,
            };
          }
        }
      }
    }
    for (const receiver of words) {
      for (const attr of [ATTRIBUTES.method, ATTRIBUTES.value, ATTRIBUTES.slot, ATTRIBUTES.fallback]) {
        yield { mnemonic: 'CALLM', fields: { attr, n: 1, drop: 0 }, stack: [receiver, TRUE], leaves: 1 };
      }
    }
    yield* overflow({
      mnemonic: 'CALLM',
      fields: { attr: ATTRIBUTES.method, n: 0, drop: 0 },
      stack: [heap.object],
      leaves: 1,
    });
  },
  *CALLKW({ heap, words }) {
    for (const callee of [heap.anyFunction, ...words.slice(0, 40)]) {
      for (const n of [0, 2])
        yield { mnemonic: 'CALLKW', fields: { d: n, k: 0 }, stack: [callee, TRUE, NONE].slice(0, n + 1), leaves: 1 };
    }
  },
  *RET({ words }) {
    for (const a of words) yield { mnemonic: 'RET', sources: { a }, inside: true, environment: NONE };
  },
  *TAIL({ labels }) {
    for (let n = 0; n <= 6; n++) {
      for (const clear of [0, 4]) {
        const fields = { target: labels.callee - (6 - n), n, clear: Math.min(15, clear + 6 - n) };
        yield { mnemonic: 'TAIL', fields, stack: SOME.concat(SOME).slice(0, n), inside: true, environment: NONE };
      }
    }
    const tight = {
      mnemonic: 'TAIL',
      fields: { target: labels.callee - 6, n: 0, clear: 15 },
      inside: true,
      environment: NONE,
    };
    yield* overflow({ ...tight, clear: 0 }, TIGHT + 25);
  },
  *CHKSP() {
    for (const k of [0, 1, 48, 500]) yield { mnemonic: 'CHKSP', fields: { k } };
    yield* overflow({ mnemonic: 'CHKSP', fields: { k: 1000 } });
    yield* overflow({ mnemonic: 'CHKSP', fields: { k: 131071 } });
  },
  // A generator's own instructions are met through GRES and FORITER.
  *YIELD() {},
  *GRES({ heap, words }) {
    for (const variant of [0, 1]) {
      const again = { mnemonic: 'GRES', fields: { variant }, raises: variant === 1 };
      for (const g of [heap.fresh, heap.suspended, heap.withEnvironment]) {
        for (const v of [TRUE, INT(4)]) yield { ...again, sources: { g, v } };
      }
      for (const g of words) yield { ...again, sources: { g, v: INT(9) } };
    }
    yield* overflow({ mnemonic: 'GRES', fields: { variant: 0 }, sources: { g: heap.suspended, v: NONE } }, TIGHT + 20);
  },
};
