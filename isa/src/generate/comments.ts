/**
 * The comments beside the members of a constant object, as documentation: what a register is for is said once, in
 * machine.ts or words.ts, and the manual quotes it.
 */

/** First doc comment in front of each member of `export const NAME = { ... }` in TypeScript source. Error where there is no such object. */
export function memberComments(source: string, name: string): ReadonlyMap<string, string> {
  const start = new RegExp(`export const ${name}\\b[^=]*= \\{`).exec(source);
  if (!start) throw new Error(`the source has no object ${name}`);
  const body = source.slice(
    start.index + start[0].length,
    source.indexOf('}', endOf(source, start.index + start[0].length)),
  );
  const comments = new Map<string, string>();
  for (const [, text = '', member = ''] of body.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(\w+):/g)) {
    comments.set(member, plain(text));
  }
  return comments;
}

/** Position where the object that is open at `from` closes; comments may hold braces. */
function endOf(source: string, from: number): number {
  let depth = 1;
  let at = from;
  while (depth > 0 && at < source.length) {
    if (source.startsWith('/*', at)) at = source.indexOf('*/', at) + 1;
    else if (source[at] === '{') depth += 1;
    else if (source[at] === '}') depth -= 1;
    at += 1;
  }
  return at - 1;
}

/** A comment's text on one line, without stars and links. */
const plain = (text: string): string =>
  text
    .replace(/^\s*\*\s?/gm, '')
    .replace(/\{@link (\w+)[^}]*\}/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
