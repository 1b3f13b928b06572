/** `machine` and `time` on the simulator, pin 1 wired to pin 2. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runOnSimulator } from '../programs/harness.mjs';

/** Most cycles from before `value(1)` until after the poll that sees it: 0.45 us. */
const ROUND_TRIP = 45;

test('machine.Pin and time', async () => {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const run = await runOnSimulator(folder, 'pin.py', ['--jumper', '1:2']);
  const [cycles, ...lines] = run.stdout.trimEnd().split('\n');
  assert.ok(Number(cycles) >= 12 && Number(cycles) <= ROUND_TRIP, `${cycles} cycles`);
  assert.deepEqual(
    lines,
    ['Pin(1) 1 1', '0', '1', '0', '1', '0', '1', '0', '1 0', '1 1', '0', 'True True', '1'],
    run.stderr,
  );
  assert.match(run.stderr, /\nValueError: invalid pin\n$/);
  assert.equal(run.exit, 1);
});
