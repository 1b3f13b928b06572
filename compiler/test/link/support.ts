/** Linking programs in assembly text, and reading images back through the instruction table. */
import assert from 'node:assert/strict';
import { decode, type Image } from '@pysm/isa';
import { parseAssembly } from '../../src/assembly/text.js';
import { type LinkOptions, type LinkResult, link } from '../../src/link/index.js';

/** Links a program in assembly text that has no syntax errors. */
export function linkText(text: string, options?: LinkOptions): LinkResult {
  const { modules, start, problems } = parseAssembly(text, 'test.pysm');
  assert.deepEqual(problems, []);
  return link({ modules, start: start ?? 'main' }, options);
}

/** Image of a program that links. */
export function imageOf(text: string): Image {
  const result = linkText(text);
  assert.ok('image' in result, 'diagnostics' in result ? result.diagnostics[0]?.message : '');
  return result.image;
}

/** Debug information of a function by its assembly name. */
export const functionOf = (image: Image, name: string) => image.debug.functions.find((f) => f.name === name)!;
/** Names of the linked functions, in the order of their code. */
export const names = (image: Image): string[] => image.debug.functions.map((f) => f.name);

/** Mnemonics and fields of a function's words, from its first one on. */
export function listing(image: Image, name: string) {
  const { start, end } = functionOf(image, name);
  return [...image.code.slice(start, end)].map((word) => {
    const { instruction, fields } = decode(word)!;
    return { mnemonic: instruction.mnemonic, ...fields } as { mnemonic: string } & Record<string, number>;
  });
}
/** Mnemonics of a function, from its first word on. */
export const mnemonics = (image: Image, name: string): string[] => listing(image, name).map((i) => i.mnemonic);

/** Declaration of `count` locals. */
export const locals = (count: number): string => Array.from({ length: count }, (_, i) => `v${i}`).join(' ');
