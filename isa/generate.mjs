/**
 * Writes the files that are generated from the instruction table: the manual and the headers for Verilog and C.
 *
 *     node isa/generate.mjs            writes those that differ
 *     node isa/generate.mjs --check    writes nothing; exit code 1 and their names where some are stale
 *
 * The instruction set must have been built (`tsc -b isa`).
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedFiles } from './dist/src/generate/index.js';

const FOLDER = dirname(fileURLToPath(import.meta.url));
const REPOSITORY = dirname(FOLDER);

const source = (path) => readFile(join(FOLDER, path), 'utf8');
const listings = (await readdir(join(FOLDER, 'listings'))).filter((file) => file.endsWith('.pysm')).sort();
const files = generatedFiles({
  intro: await source('docs/intro.md'),
  machine: await source('src/machine.ts'),
  words: await source('src/words.ts'),
  listings: new Map(await Promise.all(listings.map(async (file) => [file, await source(`listings/${file}`)]))),
});

const stale = [];
for (const [path, text] of files) {
  const present = await readFile(join(REPOSITORY, path), 'utf8').catch(() => undefined);
  // A checkout may have turned line ends into those of the system.
  if (present?.replaceAll('\r\n', '\n') !== text) stale.push(path);
}
if (process.argv.includes('--check')) {
  for (const path of stale) console.error(`${path} is stale: run "node isa/generate.mjs" and commit it`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const path of stale) {
    await mkdir(dirname(join(REPOSITORY, path)), { recursive: true });
    await writeFile(join(REPOSITORY, path), files.get(path));
    console.log(`wrote ${path}`);
  }
}
