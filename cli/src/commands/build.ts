/** `pysm build FILE -o OUT`: the linked image with its debug information. */
import { encodeImage, ImageError } from '@pysm/isa';
import { CommandError, EXIT } from '../exit-codes.js';
import { readInput, writeBytes } from '../files.js';
import { compileProgram, linkProgram } from '../program.js';
import { type Terminal, writeLine } from '../terminal.js';

export async function build(terminal: Terminal, path: string, output: string): Promise<number> {
  const image = linkProgram(terminal, path, await compileProgram(terminal, readInput(path)));
  let bytes: Uint8Array;
  try {
    bytes = encodeImage(image);
  } catch (error) {
    if (error instanceof ImageError) throw new CommandError(`${path}: ${error.message}`, EXIT.REJECTED);
    throw error;
  }
  writeBytes(output, bytes);
  writeLine(
    terminal.stderr,
    `${output}: ${bytes.length} bytes; ${image.code.length} instructions, ${image.globals.length} constants and globals, ${image.data.length} data words`,
  );
  return EXIT.OK;
}
