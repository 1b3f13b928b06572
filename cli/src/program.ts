/** From a file on the command line to a compilation or an image; what stands in the way is shown and ends the command. */
import type { Compilation, Compiler, Diagnostic } from '@pysm/compiler';
import { loadCompiler } from '@pysm/compiler/node';
import { decodeImage, type Image, ImageError } from '@pysm/isa';
import { formatDiagnostic, hasErrors, sortDiagnostics } from './diagnostics.js';
import { CommandError, EXIT } from './exit-codes.js';
import { hostWith, type InputFile, readInput } from './files.js';
import { type Terminal, writeLine } from './terminal.js';

/** Shows diagnostics on standard error. */
export function showDiagnostics(terminal: Terminal, diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of sortDiagnostics(diagnostics)) writeLine(terminal.stderr, formatDiagnostic(diagnostic));
}

/** Shows the errors and ends the command. */
function reject(terminal: Terminal, path: string, diagnostics: readonly Diagnostic[]): never {
  showDiagnostics(terminal, diagnostics);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  throw new CommandError(`${path}: not compiled: ${errors} error${errors === 1 ? '' : 's'}`, EXIT.REJECTED);
}

let compiler: Promise<Compiler> | undefined;

/** The compiler, loaded once. */
export function theCompiler(): Promise<Compiler> {
  compiler ??= loadCompiler();
  return compiler;
}

/** Compiles a Python or assembly file; whatever is wrong with it stands in the result's diagnostics. */
export async function compileInput(input: InputFile): Promise<Compilation> {
  const { path, kind } = input;
  if (kind === 'image') throw new CommandError(`${path}: is an image; this command wants Python or PySM assembly`);
  const compiler = await theCompiler();
  return kind === 'assembly' ? compiler.assemble(path, hostWith(input)) : compiler.compile(path, hostWith(input));
}

/** As {@link compileInput}, but a program with errors ends the command; warnings are shown. */
export async function compileProgram(terminal: Terminal, input: InputFile): Promise<Compilation> {
  const compilation = await compileInput(input);
  const { diagnostics } = compilation;
  if (hasErrors(diagnostics)) reject(terminal, input.path, diagnostics);
  showDiagnostics(
    terminal,
    diagnostics.filter(({ severity }) => severity === 'warning'),
  );
  return compilation;
}

/** The linked image of a compilation. */
export function linkProgram(terminal: Terminal, path: string, compilation: Compilation): Image {
  const linked = compilation.link();
  if ('diagnostics' in linked) reject(terminal, path, linked.diagnostics);
  return linked.image;
}

/** The image in an image file; one that is damaged, of another version or too large is refused with the reason. */
export function openImage({ path, bytes }: InputFile): Image {
  try {
    return decodeImage(bytes);
  } catch (error) {
    if (error instanceof ImageError) throw new CommandError(`${path}: ${error.message}`, EXIT.REJECTED);
    throw error;
  }
}

/** The image in or made from a file: an image, Python or assembly. */
export async function loadImage(terminal: Terminal, path: string): Promise<Image> {
  const input = readInput(path);
  if (input.kind === 'image') return openImage(input);
  return linkProgram(terminal, path, await compileProgram(terminal, input));
}
