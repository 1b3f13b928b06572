/**
 * Whole debug sessions, each on every target. A session states what a person sees; besides, everything that the adapter
 * says in it, cycle counts included, must be the same on every target.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { TARGETS, TargetClient } from './session.mjs';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const CALLS = path('programs/calls.py');
const RAISES = path('programs/raises.py');
const MOTOR = path('fixtures/motor.py');
const LEAVE = path('fixtures/leave.py');
const WIRE = path('fixtures/wire.py');
const SPIN = path('fixtures/spin.py');
const STOPS = path('fixtures/stops.pysm');

const breakAt = (client, file, ...lines) =>
  client.request('setBreakpoints', { source: { path: file }, breakpoints: lines.map((line) => ({ line })) });

/** @type {Record<string, (client: TargetClient) => Promise<void>>} */
const SESSIONS = {
  async 'breakpoints are met each time, moved, refused and taken away'(client) {
    await client.request('initialize', { pathFormat: 'path' });
    await client.request('launch', { program: CALLS });
    await client.waitFor('initialized');
    const { breakpoints } = await breakAt(client, CALLS, 11, 24, 90);
    assert.deepEqual(
      breakpoints.map(({ verified, line }) => [verified, line]),
      [
        [true, 11],
        [true, 25],
        [false, undefined],
      ],
    );
    await client.request('configurationDone');
    assert.equal(await client.next(), 'breakpoint <module>:25');
    assert.equal(await client.go('continue'), 'breakpoint fact:11 < fact:10 < both:15 < <module>:27');
    assert.deepEqual(await client.variables('Locals'), ['n=2', 'smaller=1']);
    assert.equal(await client.go('continue'), 'breakpoint fact:11 < both:15 < <module>:27');
    assert.deepEqual(await client.variables('Locals'), ['n=3', 'smaller=2']);
    await breakAt(client, CALLS, 28);
    assert.equal(await client.go('continue'), 'breakpoint <module>:28');
    assert.deepEqual(await client.variables('Globals'), ['total=20', 'k=2']);
    assert.equal(await client.go('continue'), 'end 0');
    assert.equal(client.output('stdout'), '20 6 24\n');
    assert.match(client.output('console'), /^[\d,]+ cycles \([\d.]+ us\), [\d,]+ instructions\.\n$/);
  },

  async 'steps over, into and out of calls, and of a recursion'(client) {
    await client.start({ program: CALLS, stopOnEntry: true }, { [CALLS]: [15] });
    const path = [
      ['continue', 'breakpoint both:15 < <module>:27'],
      ['stepIn', 'step gcd:2 < both:15 < <module>:27'],
      ['next', 'step gcd:3 < both:15 < <module>:27'],
      ['stepOut', 'step both:15 < <module>:27'],
      ['stepIn', 'step fact:8 < both:15 < <module>:27'],
      ['next', 'step fact:10 < both:15 < <module>:27'],
      ['stepIn', 'step fact:8 < fact:10 < both:15 < <module>:27'],
      ['next', 'step fact:10 < fact:10 < both:15 < <module>:27'],
      ['next', 'step fact:10 < fact:10 < both:15 < <module>:27'],
      ['next', 'step fact:11 < fact:10 < both:15 < <module>:27'],
      ['stepOut', 'step fact:10 < both:15 < <module>:27'],
      ['stepOut', 'step both:15 < <module>:27'],
      ['next', 'step both:16 < <module>:27'],
      ['stepOut', 'step <module>:27'],
      ['next', 'step <module>:26'],
    ];
    assert.equal(await client.next(), 'entry <module>:25');
    for (const [command, place] of path) assert.equal(await client.go(command), place);
    // The step over the call stops at the breakpoint in it.
    await client.go('next');
    assert.equal(await client.go('next'), 'breakpoint both:15 < <module>:27');
    await breakAt(client, CALLS);
    assert.equal(await client.go('stepOut'), 'step <module>:27');
    assert.equal(await client.go('stepOut'), 'end 0');
  },

  async 'values are shown, evaluated and changed, and the program goes on with them'(client) {
    await client.start({ program: MOTOR }, { [MOTOR]: [24] });
    assert.equal(await client.next(), 'breakpoint drive:24 < <module>:28');
    assert.deepEqual(await client.variables('Locals'), ['turns=4', 'scale=0.5', 'total=0.0', 'i=0', 'was=70']);
    assert.deepEqual((await client.variables('Globals', 2)).slice(0, 1), ['limit=90']);
    const core = Object.fromEntries((await client.variables('PySM core')).map((row) => row.split('=')));
    assert.equal(Number(core.cycles.replace(',', '')) * 10, Number.parseFloat(core.time) * 1000, 'in us');

    const { variablesReference } = await client.request('evaluate', { expression: 'motor', frameId: 1 });
    assert.deepEqual(await client.children(variablesReference), [
      "name='a motor with a long name'",
      'speed=70',
      "log=[1, 2.5, 'short', 'a longer text', None, True, (1, -2)]",
    ]);
    for (const [expression, value] of [
      ['motor.log[3]', "'a longer text'"],
      ['motor.log[-1][1]', '-2'],
      ['limit', '90'],
      ['missing', "name 'missing' is not defined"],
      ['motor.missing', "'Motor' object has no attribute 'missing'"],
      ['motor.faster(1)', 'Calls cannot be evaluated while the program is halted.'],
    ]) {
      assert.equal(await client.evaluate(expression), value);
    }

    const locals = await client.scopeReference('Locals');
    const globals = await client.scopeReference('Globals', 2);
    const assign = (reference, name, value) =>
      client.send('setVariable', { variablesReference: reference, name, value });
    assert.equal((await assign(locals, 'total', '1000.0')).body.value, '1000.0');
    assert.equal((await assign(globals, 'limit', '"none"')).body.value, "'none'");
    assert.equal((await assign(variablesReference, 'speed', '100')).body.value, '100');
    assert.match((await assign(locals, 'i', '"x"')).message, /counts a loop/);
    assert.match((await assign(locals, 'was', '[]')).message, /is no number/);
    assert.equal(await client.evaluate('motor.speed'), '100');
    await breakAt(client, MOTOR);
    assert.equal(await client.go('continue'), 'end 0');
    // 1000 + 0.5 * (70 + 100 + 101 + 103); 100 + 1 + 2 + 3.
    assert.equal(client.output('stdout'), '1187.0 106 none\n');
  },

  async 'an uncaught exception is shown where it was raised, then ends the program'(client) {
    await client.start({ program: RAISES });
    assert.equal(await client.next(), 'exception Account.draw:8 < spend:16 < <module>:20');
    const info = await client.request('exceptionInfo', { threadId: 1 });
    assert.deepEqual([info.exceptionId, info.description], ['ValueError', 'ValueError: not enough']);
    assert.equal(await client.evaluate('self.balance'), '5');
    assert.equal(await client.evaluate('spent', 2), '20');
    assert.equal(await client.go('next'), 'end 1');
    assert.match(client.output('stderr'), /^Traceback[\s\S]*line 8, in draw[\s\S]*\nValueError: not enough\n$/);
  },

  async 'nobody stops at an exception without its filter, nor at anything without debugging'(client) {
    await client.request('initialize', {});
    await client.request('launch', { program: RAISES, noDebug: true, stopOnEntry: true });
    await breakAt(client, RAISES, 8);
    await client.request('setExceptionBreakpoints', { filters: [] });
    await client.request('configurationDone');
    assert.equal(await client.next(), 'end 1');
  },

  async 'output comes in order and whole, and the status that the program leaves with'(client) {
    await client.start({ program: LEAVE });
    assert.equal(await client.next(), 'end 7');
    const lines = Array.from({ length: 12 }, (_, i) => `line ${i} déjà vu 🐍\n`);
    assert.equal(client.output('stdout'), lines.join(''));
  },

  async 'a jumper joins pins'(client) {
    await client.start({ program: WIRE, jumpers: [[4, 5]] });
    assert.equal(await client.next(), 'end 0');
    assert.equal(client.output('stdout'), '[1, 0, 1]\n');
  },

  async 'the cycle limit ends an endless program, also in the middle of steps'(client) {
    await client.start({ program: SPIN, maxCycles: 20_000 }, { [SPIN]: [8] });
    await client.next();
    assert.equal(await client.go('continue'), 'breakpoint spin:8 < <module>:12');
    await breakAt(client, SPIN);
    assert.equal(await client.go('stepOut'), 'end 3');
    assert.match(client.output('stderr'), /^The program was stopped after 20,00\d cycles \(maxCycles\)\.\n$/);
  },

  async 'assembly stops at a breakpoint of its own, then a fault is explained'(client) {
    await client.start({ program: STOPS });
    assert.equal(await client.next(), 'breakpoint main:6');
    assert.deepEqual(await client.variables('Locals'), ['a=5']);
    assert.equal(await client.go('continue'), 'exception inner:13 < main:8');
    assert.deepEqual(await client.variables('Locals'), ['b=7']);
    assert.deepEqual(await client.variables('Locals', 2), ['a=6']);
    assert.match(client.output('stderr'), /the runtime found an inconsistency \(fault SOFTWARE, detail 3\)/);
    assert.equal(await client.go('continue'), 'end 70');
  },

  async 'a program is ended while it stands still'(client) {
    await client.start({ program: CALLS, stopOnEntry: true });
    await client.next();
    await client.request('terminate', {});
    assert.equal(await client.next(), 'end');
    assert.match((await client.send('continue', { threadId: 1 })).message, /has ended/);
  },

  async 'what the adapter cannot do is not offered, and is refused with a reason'(client) {
    const capabilities = await client.request('initialize', { pathFormat: 'path' });
    for (const name of [
      'supportsStepBack',
      'supportsRestartRequest',
      'supportsRestartFrame',
      'supportsGotoTargetsRequest',
      'supportsConditionalBreakpoints',
      'supportsHitConditionalBreakpoints',
      'supportsLogPoints',
      'supportsFunctionBreakpoints',
      'supportsDataBreakpoints',
      'supportsSetExpression',
    ]) {
      assert.ok(!capabilities[name], name);
    }
    await client.request('launch', { program: CALLS });
    const { breakpoints } = await client.request('setBreakpoints', {
      source: { path: CALLS },
      breakpoints: [
        { line: 10, condition: 'n == 2' },
        { line: 16, hitCondition: '3' },
        { line: 22, logMessage: 'result is {result}' },
        { line: 28, condition: '' },
      ],
    });
    const reason = 'Breakpoints with a condition, a hit count or a log message are not supported.';
    assert.deepEqual(
      breakpoints.map(({ verified, message }) => [verified, message]),
      [
        [false, reason],
        [false, reason],
        [false, reason],
        [true, undefined],
      ],
    );
    await client.request('configurationDone');
    assert.equal(await client.next(), 'breakpoint <module>:28');
    for (const command of ['stepBack', 'reverseContinue', 'restart', 'restartFrame', 'goto', 'setExpression']) {
      const { success, message } = await client.send(command, { threadId: 1, frameId: 1 });
      assert.equal(success, false);
      assert.equal(message, `The request "${command}" is not supported.`);
    }
    assert.equal(await client.go('continue'), 'end 0');
  },
};

/**
 * What targets may differ in: a fault is no outcome of the instruction table and has no cost there, so the cycle at which
 * a core stands after one is its own affair.
 */
function withoutFaultCycle({ answers, events, ...output }) {
  const isFault = output.stderr.includes('(fault ');
  const words = (event) =>
    isFault && event.body?.reason === 'exception' ? { ...event, body: { ...event.body, description: '' } } : event;
  return { answers, events: events.map(words), ...output };
}

for (const [name, drive] of Object.entries(SESSIONS)) {
  test(name, async (t) => {
    const transcripts = [];
    for (const target of TARGETS) {
      await t.test(`on ${target}`, async () => {
        const client = new TargetClient(target);
        await drive(client);
        await client.request('disconnect', {});
        transcripts.push(withoutFaultCycle(client.transcript));
      });
    }
    assert.equal(transcripts.length, TARGETS.length);
    for (const other of transcripts.slice(1)) assert.deepEqual(other, transcripts[0]);
  });
}

test('a second session of the same process is not touched by the first', async () => {
  const transcripts = [];
  for (const target of ['rtl', 'rtl']) {
    const client = new TargetClient(target);
    await SESSIONS['values are shown, evaluated and changed, and the program goes on with them'](client);
    await client.request('disconnect', {});
    transcripts.push(client.transcript);
  }
  assert.deepEqual(transcripts[1], transcripts[0]);
});
