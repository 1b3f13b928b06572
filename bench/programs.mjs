/**
 * Programs to measure, cut out of kernels.py, kernels_pin.py and workloads.py as they stand: the wanted function and
 * whatever at the top level of its file it needs, directly or through others, so that no other global is present.
 */
import { readFileSync } from 'node:fs';

const read = (file) => readFileSync(new URL(file, import.meta.url), 'utf8');

/**
 * Top-level statements of a Python file by the name that each binds. Every statement of these files begins in column 0
 * and goes on in indented lines.
 * @param {string} source
 * @returns {Map<string, string>}
 */
function topLevel(source) {
  const statements = new Map();
  // The docstring is the only statement that may have unindented lines inside.
  const body = source.replace(/^"""[\s\S]*?"""\n/, '');
  for (const [text] of body.matchAll(/^\S.*\n(?:(?:[ \t].*)?\n)*/gm)) {
    const [, name] = /^(?:def |class |from \w+ import )?(\w+)/.exec(text);
    statements.set(name, text.trimEnd());
  }
  return statements;
}

/**
 * The program that defines `name`, without a call of it.
 * @param {string} file
 * @param {string} name
 */
export function cutOut(file, name) {
  const statements = topLevel(read(file));
  if (!statements.has(name)) throw new Error(`${file} defines no ${name}`);
  const needed = new Set();
  const visit = (wanted) => {
    if (needed.has(wanted)) return;
    needed.add(wanted);
    for (const [word] of statements.get(wanted).matchAll(/[A-Za-z_]\w*/g)) if (statements.has(word)) visit(word);
  };
  visit(name);
  return [...statements]
    .filter(([statement]) => needed.has(statement))
    .map(([, text]) => `${text}\n`)
    .join('');
}

/** Expected values of the workloads, from workloads.py. */
export function expectedValues() {
  const [, object] = /^EXPECTED = (\{.*\})$/m.exec(read('workloads.py'));
  return JSON.parse(object);
}

export const readProgram = read;
