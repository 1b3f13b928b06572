/** Compiles programs given as text, for tests of everything behind the parser. */
import type { Compilation, Compiler } from '../../src/api.js';
import { type AsmFunction, isLabel } from '../../src/assembly/model.js';
import { printInstruction } from '../../src/assembly/print.js';
import { loadCompiler } from '../../src/node.js';

let compiler: Promise<Compiler> | undefined;

/** Compiles `main` with other files by module name beside it. */
export async function compileText(main: string, others: Readonly<Record<string, string>> = {}): Promise<Compilation> {
  compiler ??= loadCompiler();
  const files = new Map([
    ['/p/main.py', main],
    ...Object.entries(others).map(([name, text]) => [`/p/${name}.py`, text] as const),
  ]);
  return (await compiler).compile('/p/main.py', {
    read: (path) => files.get(path),
    resolveSibling: (_from, name) => `/p/${name.replaceAll('.', '/')}.py`,
  });
}

/** A function of a program that must compile without errors. */
export async function functionOf(
  text: string,
  name: string,
  others?: Readonly<Record<string, string>>,
): Promise<AsmFunction> {
  const compilation = await compileText(text, others);
  if (!compilation.program)
    throw new Error(compilation.diagnostics.map((d) => `${d.range.line}: ${d.code} ${d.message}`).join('\n'));
  const found = compilation.program.modules.flatMap((m) => m.functions).find((f) => f.name === name);
  if (!found) throw new Error(`the program has no function ${name}`);
  return found;
}

/** Instructions of a function as text, labels as `label:`. */
export function listing(f: AsmFunction): string[] {
  return f.items.map((item) => (isLabel(item) ? `${item.label}:` : printInstruction(item, f.locals)));
}

/** Codes and lines of a program's diagnostics. */
export async function codesOf(text: string, others?: Readonly<Record<string, string>>): Promise<string[]> {
  const { diagnostics } = await compileText(text, others);
  return diagnostics.map((d) => `${d.range.line} ${d.code}`);
}
