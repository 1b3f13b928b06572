import { createStepper } from '@pysm/simulator/node';
import { Coverage, rowsOf } from './coverage.mjs';
import { assembleText } from './programs.mjs';
import { randomStream } from './random/generate.mjs';
import { streamText } from './random/stream.mjs';

const st = await createStepper();
const cov = new Coverage(st);
let n = 0;
for (let seed = 1; seed < 1 + Number(process.argv[2]); seed++) {
  const { image, problem } = await assembleText(streamText(randomStream(seed)));
  if (!image) {
    console.log(seed, problem);
    continue;
  }
  st.load(image);
  st.core.wirePins(4, 5);
  st.core.wirePins(6, 7);
  cov.restart();
  for (let i = 0; i < 8000 && !st.ended; i++) {
    cov.before();
    cov.after(st.step());
    n++;
  }
}
const rows = rowsOf();
for (const k of ['outcomes', 'traps', 'specifiers'])
  console.log(k, rows[k].length, cov.missing(rows[k]).length, cov.missing(rows[k]).join('; '));
console.log(
  [...cov.hits].filter(([k]) => /no row|fault/.test(k)),
  n,
  cov.hits.get('STX: list'),
);
console.log(
  [...cov.hits]
    .filter(([k]) => / trap |re-issue|getter/.test(k))
    .sort((a, b) => b[1] - a[1])
    .map(([k, v]) => `${k} ${v}`)
    .join('; '),
);
