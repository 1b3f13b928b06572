/**
 * Compiles the simulator's assembly to `simulator/build/simulator.wasm`. The constants that it takes from the
 * instruction table, and its fast loop, are generated first, so the instruction set must have been built.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { assemblyScriptSource } from '../isa/dist/src/generate/assemblyscript.js';
import { fastSource, handlersSource } from './generate/fast-loop.mjs';

const FOLDER = dirname(fileURLToPath(import.meta.url));
const GENERATED = join(FOLDER, 'assembly', 'generated');
const BUILD = join(FOLDER, 'build');

await mkdir(GENERATED, { recursive: true });
const isa = assemblyScriptSource();
const template = await readFile(join(FOLDER, 'assembly', 'fast.template.ts'), 'utf8');
await writeFile(join(GENERATED, 'isa.ts'), isa);
await writeFile(join(GENERATED, 'handlers.ts'), handlersSource(isa));
await writeFile(join(GENERATED, 'fast.ts'), fastSource(template, isa));
await mkdir(BUILD, { recursive: true });
const { error, stderr } = await asc.main(
  ['assembly/index.ts', '--outFile', 'build/simulator.wasm', '--runtime', 'stub', '-O3'],
  {
    readFile: (name, base) => readFile(join(FOLDER, base === '.' ? '' : base, name), 'utf8').catch(() => null),
    writeFile: (name, contents) => writeFile(join(FOLDER, name), contents),
    listFiles: () => [],
  },
);
if (error) {
  process.stderr.write(`${stderr.toString()}\n${error.message}\n`);
  process.exitCode = 1;
}
