// Writes docs/language.md from the compiler's tables; `--check` fails where the checked-in page is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { languagePage } from './dist/src/diagnostics/language.js';

const path = new URL('../docs/language.md', import.meta.url);
const page = languagePage();
if (process.argv.includes('--check')) {
  let present = '';
  try {
    present = readFileSync(path, 'utf8');
  } catch {
    // A missing page is stale.
  }
  if (present !== page) {
    console.error('docs/language.md is stale: run `node compiler/generate.mjs`');
    process.exit(1);
  }
} else writeFileSync(path, page);
