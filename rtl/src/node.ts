/** The RTL for Node: as WebAssembly in this process, or as a process of its own. Both are built when they are first asked for. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { NativeChannel } from './native.js';
import type { RtlChannel } from './protocol.js';
import { RtlTarget } from './target.js';
import { wasmChannel } from './wasm.js';

const BUILD = new URL('../../build.mjs', import.meta.url);

/** What rtl/build.mjs offers. */
interface Builder {
  buildWasm(options: BuildOptions): Promise<string>;
  buildNative(options: BuildOptions): Promise<string>;
}

export interface BuildOptions {
  /** Told, in a line, that something is built, which takes a minute or two. */
  readonly report?: (line: string) => void;
}

const builder = async (): Promise<Builder> => (await import(BUILD.href)) as Builder;

let compiled: Promise<WebAssembly.Module> | undefined;

async function compile(file: URL | string): Promise<WebAssembly.Module> {
  return WebAssembly.compile((await readFile(file)) as BufferSource);
}

/**
 * Creates an RTL target without an image. `file`: where the module lies when it was moved from the package, which then
 * is not built; one that is not there is an Error.
 */
export async function createRtl(options: BuildOptions & { readonly file?: URL | string } = {}): Promise<RtlTarget> {
  const { file } = options;
  if (file !== undefined) {
    if (!existsSync(file)) {
      throw new Error('the Verilog was not built with this version; `node rtl/build.mjs` builds it, then build again');
    }
    return new RtlTarget(await wasmChannel(await compile(file)));
  }
  return new RtlTarget(await rtlChannel(options));
}

/** The RTL as WebAssembly in this process, for an RtlCore, an RtlSession or an RtlTarget. */
export async function rtlChannel(options: BuildOptions = {}): Promise<RtlChannel> {
  compiled ??= builder().then(async ({ buildWasm }) => compile(await buildWasm(options)));
  return wasmChannel(await compiled);
}

/** Starts the RTL as a native process, for an RtlCore, an RtlSession or an RtlTarget. Needs Verilator and g++. */
export async function nativeChannel(options: BuildOptions & { readonly seed?: number } = {}): Promise<NativeChannel> {
  const { buildNative } = await builder();
  return startNative(await buildNative(options), options.seed);
}

/** Starts an executable of the harness. `seed`: registers and memories that nothing has reset start with random values. */
export function startNative(executable: string, seed?: number): NativeChannel {
  const random = seed === undefined ? [] : ['+verilator+rand+reset+2', `+verilator+seed+${seed}`];
  return new NativeChannel(spawn(executable, random, { stdio: ['pipe', 'pipe', 'inherit'] }));
}

export { NativeChannel } from './native.js';
