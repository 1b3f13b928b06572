/** The programs that stand in the repository: listings, examples, test programs, benchmarks. */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadCompiler, nodeHost } from '@pysm/compiler/node';

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
 * The image of a program and the jumpers that its text asks for, or undefined where the compiler refuses it (an example
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
  return image && { image, jumpers: jumpersOf(readFileSync(path, 'utf8')) };
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

/** Jumpers by the comments `; jumper A:B` and `# jumper A:B`. */
export const jumpersOf = (text) =>
  [...text.matchAll(/^[;#] jumper (\d+):(\d+)$/gm)].map(([, from, to]) => [Number(from), Number(to)]);
