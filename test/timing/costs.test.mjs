/**
 * What the cost analysis says of a line is what the simulator measures: equal where the path is fixed, within the range
 * where it is not. Each case is a function and a call of it; the line of the call is measured with the cycle counter.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCompiler } from '@pysm/compiler/node';
import { createSimulator } from '@pysm/simulator/node';

const compiler = await loadCompiler();
const simulator = await createSimulator();

/** [name, definitions, call, whether one number must come out] */
const cases = [
  ['straight integer code', 'def f(a, b):\n    c = a + b\n    return (c * a) // b\n', 'f(7, 3)', true],
  ['floats', 'def f(a, b):\n    return (a + b) * (a - b) / b\n', 'f(1.5, 2.25)', true],
  ['mixed numbers', 'def f(a, b):\n    return a + b < b * a\n', 'f(3, 2.25)', true],
  ['a constant loop', 'def f():\n    s = 0\n    for i in range(37):\n        s += i\n    return s\n', 'f()', true],
  [
    'loops in loops',
    'def f():\n    s = 0\n    for i in range(6):\n        for k in range(1, 8):\n            s += i * k\n    return s\n',
    'f()',
    true,
  ],
  ['a step loop', 'def f():\n    s = 0\n    for i in range(40, 0, -3):\n        s += i\n    return s\n', 'f()', true],
  ['a branch', 'def f(a):\n    if a > 3:\n        return a * a\n    return a\n', 'f(5)', false],
  ['and, or and not', 'def f(a, b):\n    return 1 if a > 2 and not b > 4 or a == b else 0\n', 'f(3, 9)', false],
  ['calls', 'def g(a, b=4, c=5):\n    return a + b + c\ndef f(a):\n    return g(a) + g(a, c=1)\n', 'f(1)', true],
  [
    'attributes and methods',
    'class P:\n    def __init__(self, x):\n        self.x = x\n    def step(self, d):\n        self.x += d\n        return self.x\np = P(4)\ndef f():\n    return p.step(3)\n',
    'f()',
    true,
  ],
  [
    'objects made',
    'class P:\n    def __init__(self, x, y):\n        self.x = x\n        self.y = y\ndef f():\n    return P(1, 2).y\n',
    'f()',
    true,
  ],
  [
    'tuples and lists',
    'def f(a):\n    t = (a, a)\n    x, y = t\n    l = [x, y]\n    l[0] = 3\n    return l[0] + len(l)\n',
    'f(2)',
    false,
  ],
  ['a list loop', 'def f():\n    s = 0\n    for x in [1, 2, 3]:\n        s += x\n    return s\n', 'f()', false],
  [
    'bits',
    'def f():\n    crc = 0xffff\n    for k in range(8):\n        if crc & 0x8000:\n            crc = ((crc << 1) ^ 0x1021) & 0xffff\n        else:\n            crc = (crc << 1) & 0xffff\n    return crc\n',
    'f()',
    true,
  ],
];

for (const [name, definitions, call, exact] of cases) {
  test(`costs and simulator agree: ${name}`, async () => {
    const text = `from compiler.intrinsics import cycle_counter\n${definitions}def main():\n    a = cycle_counter()\n    ${call}\n    b = cycle_counter()\n    return b - a\n`;
    const compilation = compiler.compile('/p/main.py', {
      read: (p) => (p === '/p/main.py' ? text : undefined),
      resolveSibling: () => '',
    });
    assert.deepEqual(
      compilation.diagnostics.map((d) => d.message),
      [],
    );
    const linked = compilation.link();
    assert.ok('image' in linked);
    await simulator.load(linked.image);
    const stop = await simulator.run({ untilCycle: 1_000_000 });
    assert.equal(stop.kind, 'exited');
    // The first RDC takes one cycle of its own.
    const measured = Number(stop.value.payload) - 1;
    const line = text.split('\n').indexOf(`    ${call}`) + 1;
    const cost = compilation.costs().lines.find((l) => l.line === line && l.path === '/p/main.py');
    assert.ok(cost, `line ${line} has no cost`);
    const { best, worst } = cost.total.cycles;
    assert.ok(
      best <= measured && (worst === null || measured <= worst),
      `measured ${measured}, said ${best} to ${worst}`,
    );
    if (exact) assert.deepEqual({ best, worst }, { best: measured, worst: measured });
    else assert.notEqual(best, worst, 'the path varies, so one number would be a guess');
  });
}
