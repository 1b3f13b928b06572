/** The simulator for Node: reads its WebAssembly from the package's build folder. */
import { readFile } from 'node:fs/promises';
import { createSimulator as create, type Simulator } from './simulator.js';
import { Stepper } from './stepper.js';

const WASM = new URL('../../build/simulator.wasm', import.meta.url);

let compiled: Promise<WebAssembly.Module> | undefined;

async function compile(file: URL | string): Promise<WebAssembly.Module> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw new Error(
      `the simulator's WebAssembly cannot be read (${error.message}); build it: node simulator/build.mjs`,
    );
  });
  return WebAssembly.compile(bytes as BufferSource);
}

/** Creates a simulator without an image. `file`: where the module lies when it was moved from the package. */
export async function createSimulator(file?: URL | string): Promise<Simulator> {
  if (file !== undefined) return create({ wasm: await compile(file) });
  compiled ??= compile(WASM);
  return create({ wasm: await compiled });
}

/** Creates a {@link Stepper} without an image. `file`: where the module lies when it was moved from the package. */
export async function createStepper(file?: URL | string): Promise<Stepper> {
  if (file !== undefined) return Stepper.create(await compile(file));
  compiled ??= compile(WASM);
  return Stepper.create(await compiled);
}
