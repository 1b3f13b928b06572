/**
 * Records what CPython 3.11 does with every program, so that the conformance tests run where there is no CPython.
 *
 *     node test/programs/record.mjs
 */
import { writeFileSync } from 'node:fs';
import { programs, RECORD_FILE } from './catalogue.mjs';
import { missingPython, runOnPython } from './harness.mjs';

const missing = missingPython();
if (missing) throw new Error(missing);
const results = {};
for (const { name, folder, file, stated } of programs()) if (!stated) results[name] = runOnPython(folder, file);
writeFileSync(RECORD_FILE, `${JSON.stringify(results, null, 2)}\n`);
