/**
 * A stream of instructions as a tree: what the generator makes, the shrinker cuts and the assembler reads as text. A
 * node leaves the operand stack as it found it, so any node can go without the rest becoming wrong.
 *
 * @typedef {object} Node
 * @property {readonly string[]} [directives] lines at the head of the function, `handler ..`
 * @property {readonly string[]} head lines before the body
 * @property {readonly Node[]} [body]
 * @property {readonly string[]} [tail] lines behind it
 *
 * @typedef {object} StreamFunction
 * @property {string} name
 * @property {string} signature what stands behind `func`
 * @property {readonly string[]} directives
 * @property {readonly string[]} head instructions that stay
 * @property {readonly Node[]} body
 * @property {readonly string[]} tail
 *
 * @typedef {object} Stream
 * @property {readonly string[]} comments first lines, without their semicolons
 * @property {readonly string[]} preamble `start`, constants, globals, classes
 * @property {readonly StreamFunction[]} functions
 */

/** A leaf. @returns {Node} */
export const leaf = (...head) => ({ head });

const directivesOf = (nodes) => nodes.flatMap((n) => [...(n.directives ?? []), ...directivesOf(n.body ?? [])]);

const linesOf = (nodes) => nodes.flatMap((n) => [...n.head, ...linesOf(n.body ?? []), ...(n.tail ?? [])]);

const indent = (line) => (line.endsWith(':') ? line : `  ${line}`);

/** Lines of a function. */
function functionLines(fn) {
  const directives = [...fn.directives, ...directivesOf(fn.body)];
  return [
    `func ${fn.signature}`,
    ...directives.map((line) => `  ${line}`),
    ...[...fn.head, ...linesOf(fn.body), ...fn.tail].map(indent),
  ];
}

/**
 * The stream as PySM assembly.
 * @param {Stream} stream
 */
export function streamText(stream) {
  return [
    ...stream.comments.map((line) => `; ${line}`),
    ...stream.preamble,
    ...stream.functions.flatMap((fn) => ['', ...functionLines(fn)]),
    '',
  ].join('\n');
}

/** Number of instructions in the stream, labels not counted. */
export function streamSize(stream) {
  const lines = stream.functions.flatMap((fn) => [...fn.head, ...linesOf(fn.body), ...fn.tail]);
  return lines.filter((line) => !line.endsWith(':')).length;
}
