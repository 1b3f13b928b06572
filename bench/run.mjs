/**
 * Prints the bench's tables and writes bench/results.json.
 *
 *     npm run bench [-- --write-docs] [-- --quick]
 *
 * GPIO and workloads run on the simulator and on the Verilog, which is built first where it is not (a minute or two).
 * `--write-docs` also brings the tables in docs/performance.md up to date; `--quick` leaves simulator speed out.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { gpioFigures, kernelFigures, speedFigures, workloadFigures } from './figures.mjs';
import { gpioTable, kernelTable, overall, speedTable, stoppedList, UNCOLLECTED, workloadTable } from './tables.mjs';

const options = new Set(process.argv.slice(2));
const gpio = await gpioFigures({ rtl: true });
const kernels = await kernelFigures();
const workloads = await workloadFigures(undefined, { rtl: true });
const speed = options.has('--quick') ? undefined : await speedFigures();

const sections = {
  gpio: gpioTable(gpio),
  kernels: `${kernelTable(kernels)}\n\n${UNCOLLECTED}`,
  workloads: `${workloadTable(workloads)}\n\n${UNCOLLECTED}\n\n${overall(workloads)}`,
  missing: stoppedList([...gpio, ...kernels, ...workloads]) || 'Every program of the benches compiles.',
  ...(speed && {
    speed: `${speedTable(speed)}\n\nMeasured on ${cpus()[0].model.trim()}, Node ${process.versions.node}.`,
  }),
};
const TITLES = {
  gpio: 'GPIO round trip',
  kernels: 'Operations',
  workloads: 'Workloads',
  missing: 'Not measured, with the diagnostic that stops it',
  speed: 'Simulator speed',
};
for (const [name, text] of Object.entries(sections)) console.log(`\n## ${TITLES[name]}\n\n${text}`);

const results = { node: process.versions.node, gpio, kernels, workloads, speed };
writeFileSync(new URL('results.json', import.meta.url), `${JSON.stringify(results, null, 2)}\n`);

if (options.has('--write-docs')) {
  const page = new URL('../docs/performance.md', import.meta.url);
  let text = readFileSync(page, 'utf8');
  for (const [name, table] of Object.entries(sections)) {
    const marks = new RegExp(`(<!-- bench:${name} -->\\n)[\\s\\S]*?(<!-- end -->)`);
    if (!marks.test(text)) throw new Error(`docs/performance.md has no place for ${name}`);
    text = text.replace(marks, (_, begin, end) => `${begin}\n${table}\n\n${end}`);
  }
  writeFileSync(page, text);
}
