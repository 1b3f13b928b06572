/** Facts of an instruction in assembly text, in braces: `{a:int|float outcome:"list" loop:0..10:"range(10)"}`. */
import type { TagClass } from '@pysm/isa';
import type { AsmInstruction } from './model.js';
import { quoted } from './notation.js';

export class FactsError extends Error {
  override readonly name = 'FactsError';
}

const TAG_CLASSES: Readonly<Record<TagClass, true>> = {
  int: true,
  float: true,
  none: true,
  str7: true,
  str: true,
  list: true,
  tuple: true,
  bytes: true,
  bytearray: true,
  range: true,
  generator: true,
  dict: true,
  set: true,
  function: true,
  closure: true,
  bound: true,
  object: true,
  any: true,
};

type Facts = Pick<AsmInstruction, 'known' | 'outcomes' | 'loopBound'>;

/** The facts that `{...}` states; a {@link FactsError} says what is wrong. */
export function parseFacts(text: string): Facts {
  const body = /^\{(.*)\}$/.exec(text.trim())?.[1];
  if (body === undefined)
    throw new FactsError('facts are written {OPERAND:TAG|TAG outcome:"NAME" loop:MIN..MAX:"WHY"}');
  const known: Record<string, TagClass[]> = {};
  const outcomes: string[] = [];
  let loopBound: AsmInstruction['loopBound'];
  for (const [fact] of body.matchAll(/(?:"(?:[^"\\]|\\.)*"|[^\s"])+/g)) {
    const colon = fact.indexOf(':');
    const name = fact.slice(0, Math.max(0, colon));
    const value = fact.slice(colon + 1);
    if (name === 'outcome') {
      const outcome = quoted(value);
      if (outcome === undefined) throw new FactsError(`${fact} should name an outcome in quotes`);
      outcomes.push(outcome);
    } else if (name === 'loop') {
      const match = /^(\d+)\.\.(\d*):(".*")$/.exec(value);
      const reason = match ? quoted(match[3]!) : undefined;
      if (!match || reason === undefined) throw new FactsError(`${fact} should be loop:MIN..MAX:"WHY"`);
      loopBound = { min: Number(match[1]), max: match[2] === '' ? undefined : Number(match[2]), reason };
    } else {
      const tags = value.split('|');
      const wrong = tags.find((tag) => !Object.hasOwn(TAG_CLASSES, tag));
      if (name === '' || wrong !== undefined) {
        throw new FactsError(`${fact} should be OPERAND:TAG|TAG with tags of ${Object.keys(TAG_CLASSES).join(', ')}`);
      }
      known[name] = tags as TagClass[];
    }
  }
  return {
    ...(Object.keys(known).length > 0 ? { known } : {}),
    ...(outcomes.length > 0 ? { outcomes } : {}),
    ...(loopBound ? { loopBound } : {}),
  };
}
