import assert from 'node:assert/strict';
import { test } from 'node:test';
import { intWord } from '@pysm/isa';
import { resultOf, run } from './support/machine.js';

const FIB = `
main: MOV S,L0
      CALL fib,1,0
      RET S
fib:  BLE 2,L0,more
      RET L0
more: SUBI S,L0,1
      CALL fib,1,0
      SUBI S,L0,2
      CALL fib,1,0
      ADD S,S,S
      RET S
`;

test('fib(24) takes the cycles of the model: 975,319 with the call from outside', async () => {
  const outcome = await run(FIB, { locals: [intWord(24)] }, 2_000_000);
  assert.deepEqual(resultOf(outcome), intWord(46368));
  // The model counts w_fib's MOV, CALL and RET too, and its RET ends the run.
  assert.equal(outcome.cycles, 975_319);
});
