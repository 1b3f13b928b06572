/** What constructs compile to. The expected instructions follow from docs/isa.md and the rules in docs/architecture.md. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf, functionOf, listing } from '../support/compile.js';

/** Body of `f` in a program, without labels' line and without what follows its last return. */
const cases: readonly { readonly name: string; readonly source: string; readonly expected: readonly string[] }[] = [
  {
    name: 'locals and small constants are operands, not stack traffic',
    source: 'def f(a, b):\n    c = a + b\n    return c - 1\nf(1, 2)\n',
    expected: ['ADD c,a,b', 'SUB S,c,1', 'RET S'],
  },
  {
    name: 'a nested expression uses the stack once',
    source: 'def f(a, b):\n    return (a + b) * (a - b)\nf(1, 2)\n',
    expected: ['ADD S,a,b', 'SUB S,a,b', 'MUL S,S,S', 'RET S'],
  },
  {
    name: 'an if branches forward where its condition does not hold',
    source: 'def f(a):\n    if a < 3:\n        return 1\n    return 2\nf(1)\n',
    expected: ['BNLT a,3,else0', 'RET 1', 'else0:', 'RET 2'],
  },
  {
    name: 'a greater-than asks the left operand, not the right one',
    source: 'def f(a, b):\n    return a > b\nf(1, 2)\n',
    expected: ['CGT S,a,b', 'RET S'],
  },
  {
    name: 'a polling loop is one instruction',
    source: 'from compiler.intrinsics import gpio_read\ndef f():\n    while gpio_read(7) == 0:\n        pass\nf()\n',
    expected: ['test1:', 'IOB 7,0,test1', 'done2:', 'RET None'],
  },
  {
    name: 'and polling for low by not is the same instruction',
    source:
      'from compiler.intrinsics import pyxl_read_gpio_pin4\ndef f():\n    while not pyxl_read_gpio_pin4() == False:\n        pass\nf()\n',
    expected: ['test1:', 'IOB 4,1,test1', 'done2:', 'RET None'],
  },
  {
    name: 'while True with a last break tests at the bottom',
    source:
      'from compiler.intrinsics import gpio_read\ndef f():\n    while True:\n        if gpio_read(2):\n            break\nf()\n',
    expected: ['loop0:', 'IOB 2,0,loop0', 'done2:', 'RET None'],
  },
  {
    name: 'the loop variable of a constant range counts by itself',
    source: 'def f():\n    s = 0\n    for i in range(10):\n        s += i\n    return s\nf()\n',
    expected: [
      'MOV s,0',
      'MOV .last2_0,9',
      'MOV i,0',
      'loop0:',
      'ADD s,s,i',
      'next1:',
      'FORR i,.last2_0,loop0',
      'orelse2:',
      'done3:',
      'RET s',
    ],
  },
  {
    name: 'a range of unknown length is checked, and skipped when empty',
    source: 'def f(n):\n    for i in range(n):\n        pass\nf(3)\n',
    expected: [
      'RNGCK S,n',
      'SUB .last2_0,S,1',
      'BGT 0,.last2_0,orelse2',
      'MOV i,0',
      'loop0:',
      'next1:',
      'FORR i,.last2_0,loop0',
      'orelse2:',
      'done3:',
      'RET None',
    ],
  },
  {
    name: 'a wide constant is loaded once before the loop',
    source: 'def f(a):\n    while a < 100000:\n        a = a * 2.5\n    return a\nf(1)\n',
    expected: [
      'LDK .k1,2.5',
      'LDK .k2,100000',
      'JMP test1',
      'loop0:',
      'MUL a,a,.k1',
      'test1:',
      'BLT a,.k2,loop0',
      'done2:',
      'RET a',
    ],
  },
  {
    name: 'and before the jump into a loop over items',
    source: 'def f(a):\n    for b in a:\n        if b == 2.5:\n            return b\nf([1])\n',
    expected: [
      'GETITER .iter1_0,a',
      'LDK .k4,2.5',
      'JMP next1',
      'loop0:',
      'BNEQ b,.k4,else4',
      'RET b',
      'else4:',
      'next1:',
      'FORITER b,.iter1_0,loop0',
      'orelse2:',
      'done3:',
      'RET None',
    ],
  },
  {
    name: 'a swap builds no tuple',
    source: 'def f(a, b):\n    a, b = b, a\n    return a\nf(1, 2)\n',
    expected: ['MOV .t0,b', 'MOV .t1,a', 'MOV a,.t0', 'MOV b,.t1', 'RET a'],
  },
  {
    name: 'a masked value of a proven int is one instruction',
    source: 'def f():\n    a = 5\n    return a & 0xffff\nf()\n',
    expected: ['MOV a,5', 'ZXT S,a,16', 'RET S'],
  },
  {
    name: 'but not of one that only an annotation promises to be an int',
    source: 'def f(a: int):\n    return a & 255\nf(5)\n',
    expected: ['AND S,a,255', 'RET S'],
  },
  {
    name: 'a local that may be unbound is checked',
    source: 'def f(a):\n    if a:\n        b = 1\n    return b\nf(1)\n',
    expected: [
      'BF a,else0',
      'MOV b,1',
      'else0:',
      'BUNB b,unbound1',
      'RET b',
      'unbound1:',
      'LDK S,"b"',
      'CALL _builtins.raise_unbound_local,1,drop',
      'RET None',
    ],
  },
  {
    name: 'a body that only raises lies out of the way',
    source: 'def f(a):\n    if a < 0:\n        raise a\n    return a\nf(1)\n',
    expected: ['BLT a,0,raises1', 'RET a', 'raises1:', 'MOV S,a', 'RAISE S'],
  },
  {
    name: 'keyword arguments of a known function are put in place',
    source: 'def g(a, b, c=3):\n    return a\ndef f(x):\n    return g(b=x, a=2)\nf(1)\n',
    expected: ['MOV S,2', 'MOV S,x', 'CALL __main__.g,2', 'RET S'],
  },
  {
    name: 'and so are those of the only method of a name, with its default in between',
    source: 'class A:\n    def m(self, a, b=20, c=3):\n        return a\ndef f(x):\n    return x.m(1, c=x)\nf(A())\n',
    expected: ['MOV S,x', 'MOV S,1', 'LDI S,20', 'MOV S,x', 'CALLM .m,3', 'RET S'],
  },
  {
    name: 'super().method() is a direct call',
    source:
      'class A:\n    def f(self):\n        return 1\nclass B(A):\n    def f(self):\n        return super().f()\nB().f()\n',
    expected: ['MOV S,self', 'CALL __main__.A.f,1', 'RET S'],
  },
];

for (const { name, source, expected } of cases) {
  test(name, async () => {
    const symbol = source.includes('class B') ? '__main__.B.f' : '__main__.f';
    assert.deepEqual(listing(await functionOf(source, symbol)), expected);
  });
}

/** Whether the call of `g` in `f` is direct: only where g is bound whenever f runs. */
const bindings: readonly { readonly name: string; readonly source: string; readonly direct: boolean }[] = [
  { name: 'a def before every call', source: 'def g(): return 1\ndef f(): return g()\nf()\n', direct: true },
  {
    name: 'a def after the function but before it runs',
    source: 'def f(): return g()\ndef g(): return 1\nf()\n',
    direct: true,
  },
  {
    name: 'a def after a statement that runs the function',
    source: 'def f(): return g()\nf()\ndef g(): return 1\n',
    direct: false,
  },
  {
    name: 'one that another function reaches before',
    source: 'def f(): return g()\ndef h(): f()\nh()\ndef g(): return 1\n',
    direct: false,
  },
  {
    name: 'an unrelated statement before the def',
    source: 'def f(): return g()\nx = 1 + 2\nprint(x)\ndef g(): return 1\nf()\n',
    direct: true,
  },
  {
    name: 'a name that is assigned again',
    source: 'def g(): return 1\ndef f(): return g()\nf()\ng = f\n',
    direct: false,
  },
  {
    name: 'a name that a function rebinds',
    source: 'def g(): return 1\ndef f(): return g()\ndef k():\n    global g\n    g = f\nf()\nk()\n',
    direct: false,
  },
  {
    name: 'a conditional def',
    source: 'x = 1\nif x:\n    def g(): return 1\ndef f(): return g()\nf()\n',
    direct: false,
  },
];

for (const { name, source, direct } of bindings) {
  test(`direct call: ${name}`, async () => {
    const lines = listing(await functionOf(source, '__main__.f'));
    assert.equal(
      lines.some((l) => l.startsWith('CALL ')),
      direct,
      lines.join('\n'),
    );
    assert.equal(
      lines.some((l) => l.startsWith('CALLV ')),
      !direct,
      lines.join('\n'),
    );
  });
}

test('diagnostics carry their line and code', async () => {
  assert.deepEqual(await codesOf('x = [i for i in y]\nimport numpy\nimport os\nimport nothing_here\n'), [
    '1 PS1010',
    '2 PS2003',
    '3 PS2002',
    '4 PS2004',
  ]);
  assert.deepEqual(await codesOf('def f(a):\n    return a.upper()\nf("x")\n'), ['2 PS2007']);
  assert.deepEqual(await codesOf('def f(a):\n    return a\nf(1, 2)\n'), ['3 PS3005']);
  assert.deepEqual(await codesOf('def f():\n    return undefined_name\nf()\n'), ['2 PS2009']);
  const init =
    'class A:\n    def __init__(self):\n        return 1\nclass B:\n    def __init__(self):\n        return None\nA()\nB()\n';
  assert.deepEqual(await codesOf(init), ['3 PS3006']);
  const derived =
    'class A:\n    def __eq__(self, o): return 1\nclass B(A):\n    def __eq__(self, o): return 2\nprint(A() == B())\n';
  assert.deepEqual(await codesOf(derived), ['4 PS3009']);
});

test('a program beyond any core is refused before it is read, and a list of diagnostics has an end', async () => {
  assert.deepEqual(await codesOf('x = 1\n'.repeat(200_000)), ['1 PS0006']);
  assert.deepEqual(await codesOf('x = 1\n'.repeat(80_000)), ['1 PS0006'], 'few characters, but many tokens');
  assert.deepEqual(await codesOf(`print(f"${'{x}'.repeat(80_000)}")\n`), ['1 PS0006'], 'many tokens in an f-string');
  assert.equal((await codesOf('a = b + c * d - e\n'.repeat(5_000))).length, 1000);
});
