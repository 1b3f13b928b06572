/** The programs that stand in the repository: listings, examples, test programs, benchmarks. */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadCompiler, nodeHost } from '@pysm/compiler/node';
import { Choices } from './random/choices.mjs';

const ROOT = new URL('../../', import.meta.url);

/** Folders and the files in them; `recursive` for test programs by subject. */
const SOURCES = [
  { folder: 'isa/listings/', pattern: /\.pysm$/ },
  { folder: 'examples/', pattern: /\.py$/ },
  { folder: 'test/programs/', pattern: /\/.*\.py$/ },
  { folder: 'bench/', pattern: /\.py$/ },
];

/** Paths of all programs, relative to the repository, sorted. */
export function programFiles() {
  return SOURCES.flatMap(({ folder, pattern }) =>
    readdirSync(new URL(folder, ROOT), { recursive: true })
      .map((file) => `${folder}${file}`)
      .filter((file) => pattern.test(file.slice(folder.length - 1)))
      .sort(),
  );
}

let compiler;

/**
 * The image of a program and what its text asks for around it, or undefined where the compiler refuses it (an example
 * of what is not supported, a module that is no program).
 * @param {string} file
 * @param {string} [folder] that the path is relative to; the repository if it is not given
 */
export async function loadProgram(file, folder = fileURLToPath(ROOT)) {
  compiler ??= await loadCompiler();
  const path = resolve(folder, file);
  const compilation = path.endsWith('.pysm') ? compiler.assemble(path, nodeHost()) : compiler.compile(path, nodeHost());
  if (!compilation.program || compilation.diagnostics.some((d) => d.severity === 'error')) return undefined;
  const { image } = compilation.link();
  if (!image) return undefined;
  return { image, ...aroundOf(readFileSync(path, 'utf8'), image) };
}

/**
 * The image of assembly text.
 * @returns {Promise<{ image?: import('@pysm/isa').Image, problem?: string }>}
 */
export async function assembleText(text) {
  compiler ??= await loadCompiler();
  const path = '/stream.pysm';
  const host = { read: (p) => (p === path ? text : undefined), resolveSibling: () => '' };
  const compilation = compiler.assemble(path, host);
  const errors = compilation.diagnostics.filter((d) => d.severity === 'error');
  if (errors.length > 0) return { problem: `line ${errors[0].range.line}: ${errors[0].message}` };
  const linked = compilation.link();
  return linked.image ? { image: linked.image } : { problem: linked.diagnostics[0].message };
}

/**
 * What stands around a program, by comments in its text: `; jumper A:B` joins two pins, `; input HEX` are bytes that wait
 * for the UART receiver when it starts, `; debug SEED` has a debugger halt it, step it and set breakpoints at random cycles.
 * @param {string} text
 * @param {import('@pysm/isa').Image} image
 */
export function aroundOf(text, image) {
  const [, input = ''] = /^[;#] input ([0-9a-f]+)$/m.exec(text) ?? [];
  const [, debug] = /^[;#] debug (\d+)$/m.exec(text) ?? [];
  return {
    jumpers: [...text.matchAll(/^[;#] jumper (\d+):(\d+)$/gm)].map(([, from, to]) => [Number(from), Number(to)]),
    input: [...Buffer.from(input, 'hex')],
    debug: debug === undefined ? [] : debugActions(Number(debug), image.code.length),
  };
}

/**
 * @param {number} seed
 * @param {number} codeWords
 * @returns {import('./session.mjs').DebugAction[]}
 */
function debugActions(seed, codeWords) {
  const c = new Choices(seed);
  return Array.from({ length: c.between(1, 25) }, () => ({
    after: c.between(1, c.pick([3, 50, 500])),
    kind: c.weighted([
      [5, 'halt'],
      [3, 'step'],
      [2, 'breakpoint'],
    ]),
    count: c.between(1, 6),
    pc: c.below(codeWords),
  }));
}
