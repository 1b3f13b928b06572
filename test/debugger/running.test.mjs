/**
 * What reaches a program while it runs, on every target: pause, breakpoints, the end of the session. Where it is met
 * depends on time, so each place is compared with where the simulator stands after as many cycles without a debugger.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createSimulator } from '@pysm/simulator/node';
import { imageOf, TARGETS, TargetClient } from './session.mjs';

const SPIN = fileURLToPath(new URL('fixtures/spin.py', import.meta.url));
/** Line of the loop's only statement. */
const BODY = 8;

/** Registers of the core and the values of `spin` at a stop, as the client shows them. */
async function shown(client) {
  const core = Object.fromEntries((await client.variables('PySM core')).map((row) => row.split('=')));
  const number = (name) => Number(core[name].replaceAll(',', ''));
  return {
    cycles: number('cycles'),
    instructions: number('instructions'),
    pc: number('pc'),
    sp: number('sp'),
    fp: number('fp'),
    locals: await client.variables('Locals'),
  };
}

/** The same of a simulator that runs undisturbed until a cycle. */
async function undisturbed(untilCycle) {
  const image = await imageOf(SPIN);
  const simulator = await createSimulator();
  await simulator.load(image);
  await simulator.run({ untilCycle });
  const { cycles, instructions, pc, sp, fp } = await simulator.state();
  const { locals } = image.debug.functions.find(({ qualname }) => qualname === 'spin');
  const [step, count] = await simulator.read('stack', fp, 2);
  assert.deepEqual(
    locals.slice(0, 2).map(({ name, slot }) => [name, slot]),
    [
      ['step', 0],
      ['count', 1],
    ],
  );
  return {
    cycles,
    instructions,
    pc,
    sp,
    fp,
    locals: [`step=${step.payload}`, `count=${count.payload}`, 'running=True'],
  };
}

const untilItRuns = () => new Promise((resolve) => setTimeout(resolve, 40));

for (const target of TARGETS) {
  test(`pausing changes nothing, on ${target}`, async () => {
    const client = new TargetClient(target);
    await client.start({ program: SPIN }, { [SPIN]: [BODY] });
    assert.equal(await client.next(), `breakpoint spin:${BODY} < <module>:12`);
    await client.request('setBreakpoints', { source: { path: SPIN }, breakpoints: [] });
    let last = 0;
    for (let i = 0; i < 4; i++) {
      await client.request('continue', { threadId: 1 });
      await untilItRuns();
      await client.request('pause', { threadId: 1 });
      assert.match(await client.next(), /^pause spin:[78] < <module>:12$/);
      const state = await shown(client);
      assert.ok(state.cycles > last + 1000, `${state.cycles} cycles: it ran`);
      last = state.cycles;
      assert.deepEqual(state, await undisturbed(state.cycles));
    }
    // From wherever the pause met it, a step ends at the next statement.
    assert.match(await client.go('next'), /^step spin:[78] < <module>:12$/);
    const locals = await client.scopeReference('Locals');
    await client.request('setVariable', { variablesReference: locals, name: 'running', value: 'False' });
    assert.equal(await client.go('continue'), 'end 0');
    assert.equal(client.output('stdout'), 'spun True\n');
    await client.request('disconnect', {});
  });

  test(`requests while it runs, on ${target}`, async () => {
    const client = new TargetClient(target);
    await client.start({ program: SPIN });
    await untilItRuns();
    for (const [command, args] of [
      ['stackTrace', { threadId: 1 }],
      ['scopes', { frameId: 1 }],
      ['evaluate', { expression: 'count', frameId: 1 }],
      ['next', { threadId: 1 }],
      ['continue', { threadId: 1 }],
    ]) {
      assert.equal((await client.send(command, args)).message, 'The program is running.', command);
    }
    assert.equal((await client.request('threads')).threads.length, 1);
    const { breakpoints } = await client.request('setBreakpoints', {
      source: { path: SPIN },
      breakpoints: [{ line: BODY }],
    });
    const stopped = await client.waitFor('stopped');
    assert.deepEqual([stopped.reason, stopped.hitBreakpointIds], ['breakpoint', [breakpoints[0].id]]);
    const state = await shown(client);
    assert.deepEqual(state, await undisturbed(state.cycles));
    assert.match((await client.send('pause', { threadId: 1 })).message, /not running/);
    await client.request('disconnect', {});
  });

  for (const end of ['terminate', 'disconnect']) {
    test(`${end} while it runs, on ${target}`, async () => {
      const client = new TargetClient(target);
      await client.start({ program: SPIN });
      await untilItRuns();
      await client.request(end, {});
      // A program that still ran would keep the test's process alive, and write to the client.
      if (end === 'terminate') {
        assert.equal(await client.next(), 'end');
        await client.request('disconnect', {});
      }
      const { length } = client.events;
      await untilItRuns();
      assert.equal(client.events.length, length);
    });
  }
}
