/** The Verilog as a native process: it does what every target does. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import test from 'node:test';
import { promisify } from 'node:util';
import { targetSuite } from '@pysm/simulator/testing/target-suite';
import { buildNativeProcess, nativeChannel } from '../../src/node.js';
import { RtlTarget } from '../../src/target.js';

targetSuite('native RTL as a target', async () => new RtlTarget(await nativeChannel()));

test('the core goes on in the loop that the process is laid out by', async () => {
  await assert.doesNotReject(promisify(execFile)(await buildNativeProcess(), ['+train']));
});
