/** The property that costs add up: two simulators have it, and a core in which one instruction slows another has not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BY_MNEMONIC } from '@pysm/isa';
import { RETIRE } from '@pysm/rtl';
import { costsInContext } from './costs/property.mjs';
import { Twin } from './twin.mjs';

const opcode = (mnemonic) => BY_MNEMONIC.get(mnemonic).opcode;

test('the simulator has it', async () => {
  const { difference, records } = await costsInContext(await Twin.create(), { seed: 7, instructions: 20_000 });
  assert.equal(difference, undefined, difference);
  assert.ok(records >= 20_000);
});

/** A twin whose counter reports a cycle more from each step on that `slow` says so of, by the word and kind of it and the one before. */
async function slowTwin(slow) {
  let late = 0n;
  let before;
  return Twin.create({
    mutate(step, _beats, order) {
      if (order === 0) late = 0n;
      step.cycle += late;
      if (order > 0 && slow(step, before)) late++;
      before = { ...step };
    },
  });
}

const SLOW = {
  'an instruction behind a multiplication': (step, before) =>
    step.word >>> 24 === opcode('DUP') && before.word >>> 24 === opcode('MUL'),
  'what an interrupt handler returns to': (step, before) =>
    step.kind === RETIRE.INSTRUCTION && before.word >>> 24 === opcode('RET') && before.interruptsEnabled === 1,
  'whatever ends with interrupts enabled': (step) => step.interruptsEnabled === 1 && step.word >>> 24 === opcode('LDK'),
};

for (const [name, slow] of Object.entries(SLOW)) {
  test(`${name} takes a cycle more: found, and cut down`, async () => {
    const core = await slowTwin(slow);
    const { difference } = await costsInContext(core, { seed: 7, instructions: 300_000, shrinking: 20_000 });
    assert.match(difference ?? 'nothing was found', /depends on what is around it/);
    assert.ok(difference.split('\n').length < 80, difference);
  });
}
