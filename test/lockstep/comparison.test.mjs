/** The comparison itself: two simulators agree, and what one of them reports wrongly is found and cut down. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BY_MNEMONIC } from '@pysm/isa';
import { BEAT, RETIRE } from '@pysm/rtl';
import { createStepper } from '@pysm/simulator/node';
import { faultyText } from './faults/apply.mjs';
import { FAULTS } from './faults/list.mjs';
import { assembleText } from './programs.mjs';
import { randomStream } from './random/generate.mjs';
import { runRandom } from './random/run.mjs';
import { streamSize, streamText } from './random/stream.mjs';
import { Twin } from './twin.mjs';

const opcode = (mnemonic) => BY_MNEMONIC.get(mnemonic).opcode;
const isDone = (step, mnemonic) => step.kind === RETIRE.INSTRUCTION && step.word >>> 24 === opcode(mnemonic);

const run = (core, stepper, options) =>
  runRandom(core, stepper, { seed: 11, instructions: 20_000, features: {}, ...options });

test('two simulators agree', async () => {
  const { failure, records } = await run(await Twin.create(), await createStepper());
  assert.equal(failure, undefined);
  assert.ok(records >= 20_000);
});

/** What a core may report wrongly: its field, and the change of a step or its beats. */
const MISTAKES = [
  {
    field: 'SP',
    mutate(step) {
      if (isDone(step, 'BTUP')) step.sp++;
    },
  },
  {
    field: 'cycle',
    mutate(step) {
      if (isDone(step, 'NEG')) step.cycle++;
    },
  },
  {
    field: 'trap vector',
    mutate(step) {
      if (step.kind === RETIRE.TRAP) step.vector ^= 1;
    },
  },
  {
    field: 'stack word',
    mutate(step, beats) {
      if (isDone(step, 'CLZ')) for (const beat of beats) beat.word.payload++;
    },
  },
  // Writes that never happen show when all memory is compared.
  {
    field: 'globals word',
    mutate(step, beats) {
      if (isDone(step, 'STG')) beats.length = 0;
    },
  },
  {
    field: 'data word',
    mutate(step, beats) {
      const at = beats.findIndex(({ space }) => space === BEAT.DATA);
      if (isDone(step, 'STX') && at >= 0) beats.splice(at, 1);
    },
  },
  {
    field: 'IE',
    mutate(step) {
      if (step.kind === RETIRE.INTERRUPT) step.interruptsEnabled = 1;
    },
  },
];

for (const { field, mutate } of MISTAKES) {
  test(`a mistake in ${field} is found`, async () => {
    const twin = await Twin.create({ mutate });
    const { failure } = await run(twin, await createStepper(), { instructions: 100_000, shrinking: 0 });
    assert.ok(failure, 'nothing was found');
    assert.ok(failure.difference.field.startsWith(field), failure.difference.field);
  });
}

for (const missed of ['drive', 'send']) {
  test(`something from outside that one side misses is found: ${missed}`, async () => {
    const twin = await Twin.create();
    twin[missed] = async () => {};
    const { failure } = await run(twin, await createStepper(), { seed: 35, instructions: 300_000, shrinking: 0 });
    assert.ok(failure, 'nothing was found');
  });
}

test('a stream that fails is cut down to a program that fails in the same way', async () => {
  const { field, mutate } = MISTAKES[0];
  const twin = await Twin.create({ mutate });
  const { failure } = await run(twin, await createStepper(), { instructions: 100_000, shrinking: 30_000 });
  assert.equal(failure.difference.field, field);
  const whole = streamText(randomStream(failure.seed));
  assert.ok(failure.text.length < whole.length / 2, `${failure.text.length} of ${whole.length} characters are left`);
  const { image, problem } = await assembleText(failure.text);
  assert.ok(image, problem);
});

test('a stream is the same for the same seed, and of a thousand instructions or so', () => {
  assert.equal(streamText(randomStream(3)), streamText(randomStream(3)));
  assert.notEqual(streamText(randomStream(3)), streamText(randomStream(4)));
  assert.ok(streamSize(randomStream(3)) > 500);
});

test('the list of faults fits the sources', async () => {
  assert.ok(FAULTS.length >= 20);
  for (const fault of FAULTS) assert.notEqual(await faultyText(fault), '');
});
