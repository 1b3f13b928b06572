import { BY_MNEMONIC } from '@pysm/isa';
import { createStepper } from '@pysm/simulator/node';
import { createCore } from './cores.mjs';
import { runRandom } from './random/run.mjs';
import { differenceText } from './report.mjs';

const st = await createStepper();
const op = BY_MNEMONIC.get('STX').opcode;
const core = await createCore('twin', {
  mutate: process.argv[3]
    ? (s, beats) => {
        if (s.word >>> 24 === op && s.kind === 0 && beats.some((b) => b.space === 1)) beats.pop();
      }
    : undefined,
});
const t = Date.now();
const r = await runRandom(core, st, {
  seed: Number(process.argv[2]),
  instructions: 50000,
  shrinking: 40000,
  features: {},
  report: console.log,
});
console.log(r.streams, r.records, r.cycles, Date.now() - t);
if (r.failure) {
  console.log(r.failure.text);
  console.log(differenceText(r.failure.difference, r.failure.image));
}
