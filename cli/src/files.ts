/** Reading and writing files for commands: every failure is a {@link CommandError} that names the file and the reason. */
import { closeSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { decodeSource, type SourceHost } from '@pysm/compiler';
import { nodeHost } from '@pysm/compiler/node';
import { CommandError } from './exit-codes.js';

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory; name a file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a part of its path is not a directory',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its symbolic links form a loop',
  ENOSPC: 'no space is left on the device',
  EROFS: 'the file system is read-only',
};

const reasonOf = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code && REASONS[code]) || message;
};

/** Largest file that is read, bytes: far beyond any program that fits the core (a million lines are about 40 MB). */
const LARGEST = 64 * 1024 * 1024;
const CHUNK = 1024 * 1024;

/** The bytes of a file, a pipe or a device; one that does not end within {@link LARGEST} bytes is refused. */
export function readBytes(path: string): Uint8Array {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    const chunks: Uint8Array[] = [];
    let total = 0;
    for (;;) {
      const chunk = new Uint8Array(CHUNK);
      const count = readSync(descriptor, chunk, 0, CHUNK, null);
      if (count === 0) return Buffer.concat(chunks);
      total += count;
      if (total > LARGEST) throw new CommandError(`${path}: cannot be read: it is larger than ${LARGEST >> 20} MiB`);
      chunks.push(chunk.subarray(0, count));
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${path}: cannot be read: ${reasonOf(error)}`);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Writes a file, making the folders it stands in. */
export function writeBytes(path: string, bytes: Uint8Array | string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  } catch (error) {
    throw new CommandError(`${path}: cannot be written: ${reasonOf(error)}`);
  }
}

export type SourceKind = 'python' | 'assembly' | 'image';

/** Whether `bytes` begin like an image file. */
export const isImage = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && bytes[0] === 0x50 && bytes[1] === 0x59 && bytes[2] === 0x53 && bytes[3] === 0x4d;

/** A file named on the command line, read once. */
export interface InputFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** An image by its first bytes or the suffix `.img`, assembly by the suffix `.pysm`, Python otherwise. */
  readonly kind: SourceKind;
}

export function readInput(path: string): InputFile {
  const bytes = readBytes(path);
  const suffix = extname(path).toLowerCase();
  const kind = isImage(bytes) || suffix === '.img' ? 'image' : suffix === '.pysm' ? 'assembly' : 'python';
  return { path, bytes, kind };
}

/**
 * The compiler's view of the disk, with a file that was read already: a pipe can be read only once, and what was found
 * to be Python is what gets compiled.
 */
export function hostWith({ path, bytes }: InputFile): SourceHost {
  const disk = nodeHost();
  return {
    read: (wanted) => (wanted === path ? bytes : disk.read(wanted)),
    resolveSibling: (from, name) => disk.resolveSibling(from, name),
  };
}

/** Lines of a source file as the compiler decodes it; undefined where it cannot be read. */
export function sourceLines(host: SourceHost, path: string): readonly string[] | undefined {
  const content = host.read(path);
  if (content === undefined) return undefined;
  const decoded = typeof content === 'string' ? { text: content } : decodeSource(content);
  return 'text' in decoded ? decoded.text.split(/\r\n|\r|\n/) : undefined;
}
