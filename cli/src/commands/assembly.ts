/** `pysm asm FILE` and `pysm disasm IMAGE`: PySM assembly before and after linking, interleaved with source on request. */
import { disassemble, printProgram } from '@pysm/compiler';
import { nodeHost } from '@pysm/compiler/node';
import { CommandError, EXIT } from '../exit-codes.js';
import { readInput, sourceLines } from '../files.js';
import { compileProgram, openImage } from '../program.js';
import { type Terminal, writeLine } from '../terminal.js';

export interface AssemblyOptions {
  readonly source?: boolean;
}

const linesOnDisk = (path: string): readonly string[] | undefined => sourceLines(nodeHost(), path);

export async function asm(terminal: Terminal, path: string, options: AssemblyOptions): Promise<number> {
  const { program } = await compileProgram(terminal, readInput(path));
  if (!program) throw new CommandError(`${path}: not compiled`, EXIT.REJECTED);
  writeLine(terminal.stdout, printProgram(program, options.source ? { source: linesOnDisk } : {}));
  return EXIT.OK;
}

export async function disasm(terminal: Terminal, path: string, options: AssemblyOptions): Promise<number> {
  const input = readInput(path);
  if (input.kind !== 'image') {
    throw new CommandError(`${path}: is no image; make one with \`pysm build ${path} -o out.img\``);
  }
  const image = openImage(input);
  writeLine(terminal.stdout, disassemble(image, options.source ? { source: linesOnDisk } : {}));
  return EXIT.OK;
}
