import { createStepper } from '@pysm/simulator/node';
import { assembleText } from './programs.mjs';
import { randomStream } from './random/generate.mjs';
import { streamSize, streamText } from './random/stream.mjs';

const st = await createStepper();
const seed = Number(process.argv[2] ?? 1),
  count = Number(process.argv[3] ?? 1);
const problems = new Map(),
  ends = new Map();
let total = 0;
const kinds = [0, 0, 0, 0, 0];
const t = Date.now();
for (let i = 0; i < count; i++) {
  const s = randomStream(seed + i);
  const text = streamText(s);
  const { image, problem } = await assembleText(text);
  if (!image) {
    problems.set(problem, (problems.get(problem) ?? 0) + 1);
    if (count === 1) {
      console.log(text);
    }
    continue;
  }
  st.load(image);
  st.core.wirePins(4, 5);
  st.core.wirePins(6, 7);
  let n = 0;
  while (!st.ended && n < 5000) {
    kinds[st.step().kind]++;
    n++;
  }
  total += n;
  const end = st.ended
    ? st.record.kind === 4
      ? `fault ${st.core.faultCode()} ${st.core.faultDetail()} pc ${st.record.pc}`
      : 'exit'
    : 'limit';
  const key = st.record.kind === 4 && st.ended ? `fault ${st.core.faultCode()}` : end;
  ends.set(key, (ends.get(key) ?? 0) + 1);
  if (count === 1) console.log(end, n, streamSize(s));
}
console.log([...problems].slice(0, 20), [...ends], total, kinds, Date.now() - t);
