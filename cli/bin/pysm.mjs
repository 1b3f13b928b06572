#!/usr/bin/env node
/** The command `pysm`: starts what `npm run build` made. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = new URL('../dist/src/main.js', import.meta.url);
if (existsSync(fileURLToPath(main))) {
  const { runCommandLine } = await import(main.href);
  await runCommandLine();
} else {
  console.error('pysm is not built yet. Run `npm run build` in the repository first.');
  process.exitCode = 64;
}
