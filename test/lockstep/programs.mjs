/** The programs that stand in the repository: listings, examples, test programs, benchmarks. */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadCompiler, nodeHost } from '@pysm/compiler/node';
import { UART_DIVISOR_RESET, UART_FIFO } from '@pysm/isa';
import { Choices } from './random/choices.mjs';
import { OUTSIDE_PINS } from './random/machine-units.mjs';

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
 * for the UART receiver when it starts, `; debug SEED` has a debugger halt it, step it and set breakpoints at random cycles,
 * `; outside SEED` has pins change and bytes come at random cycles.
 * @param {string} text
 * @param {import('@pysm/isa').Image} image
 */
export function aroundOf(text, image) {
  const [, input = ''] = /^[;#] input ([0-9a-f]+)$/m.exec(text) ?? [];
  const [, debug] = /^[;#] debug (\d+)$/m.exec(text) ?? [];
  const [, outside] = /^[;#] outside (\d+)$/m.exec(text) ?? [];
  return {
    jumpers: [...text.matchAll(/^[;#] jumper (\d+):(\d+)$/gm)].map(([, from, to]) => [Number(from), Number(to)]),
    input: [...Buffer.from(input, 'hex')],
    actions:
      debug !== undefined
        ? debugActions(Number(debug), image.code.length)
        : outside !== undefined
          ? outsideActions(Number(outside))
          : [],
  };
}

/**
 * @param {number} seed
 * @param {number} codeWords
 * @returns {import('./session.mjs').Action[]}
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

/** Bytes that come from outside, at most: the receiver has room for them, whether the program reads or not. */
const OUTSIDE_BYTES = UART_FIFO / 2;
/** Cycles in which a byte comes in at the speed of reset; faster, it is done before. */
const BYTE_CYCLES = 10 * UART_DIVISOR_RESET;

/**
 * Pins change in bursts and now and then; a few bytes come. While a byte is on the line nothing else happens.
 * @param {number} seed
 * @returns {import('./session.mjs').Action[]}
 */
function outsideActions(seed) {
  const c = new Choices(seed);
  const actions = [];
  let bytes = 0;
  let quiet = 0;
  for (let i = c.between(5, 60); i > 0; i--) {
    const after = quiet + c.between(1, c.pick([3, 50, 500]));
    quiet = 0;
    if (c.chance(85) || bytes >= OUTSIDE_BYTES) {
      actions.push({ after, kind: 'drive', pin: c.pick(OUTSIDE_PINS), level: c.below(2) });
      continue;
    }
    const sent = Array.from({ length: c.between(1, 3) }, () => c.below(256));
    bytes += sent.length;
    quiet = BYTE_CYCLES * (sent.length + 1);
    actions.push({ after, kind: 'send', bytes: sent });
  }
  return actions;
}
