/** Costs of small programs whose cycles are worked out by hand from the instruction table. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AsmClass, AsmFunction } from '../../src/assembly/model.js';
import { cls, cycles, fn, Report } from './support.js';

const INT = 'a=int b=int';

/** [what, functions, expected total cycles by function, expected instructions of the first] */
const FUNCTIONS: readonly [string, readonly AsmFunction[], Readonly<Record<string, string>>, number?][] = [
  ['int addition and return', [fn('f(x, y)', `2 ADD S,x,y ; ${INT}\n2 RET S`)], { f: '3' }, 2],
  ['float addition', [fn('f(x, y)', '2 ADD S,x,y ; a=float b=float\n2 RET S')], { f: '8' }],
  ['int with a float', [fn('f(x, y)', '2 ADD S,x,y ; a=int b=float\n2 RET S')], { f: '11' }],
  ['unknown types: from int to mixed', [fn('f(x, y)', '2 ADD S,x,y\n2 RET S')], { f: '3..11' }],
  ['a constant tells its type', [fn('f(x)', '2 ADD S,x,1 ; a=int\n2 RET S')], { f: '3' }],
  [
    'a constant beyond the specifiers takes the immediate form',
    [fn('f(x)', '2 ADD S,x,500 ; a=int\n2 RET S')],
    { f: '3' },
  ],
  ['multiplication of ints', [fn('f(x)', '2 MUL S,x,x ; a=int b=int\n2 RET S')], { f: '6' }],
  ['a list item, sign unknown', [fn('f(l, i)', '2 LDX S,l,i ; a=list b=int\n2 RET S')], { f: '5..6' }],
  ['a list item, index 3', [fn('f(l)', '2 LDX S,l,3 ; a=list\n2 RET S')], { f: '5' }],
  ['a list item, index -1', [fn('f(l)', '2 LDX S,l,-1 ; a=list\n2 RET S')], { f: '6' }],
  ['words of a tuple', [fn('f(x)', '2 MOV S,x\n2 MOV S,x\n2 BTUP S,2\n2 RET S')], { f: '10' }],
  ['copy of five words', [fn('f(x, y)', '2 MCPY x,y,5\n2 RET None')], { f: '14' }],
  [
    'forward branch: 1 not taken, 3 taken',
    [fn('f(x)', `2 BLE x,2,L ; ${INT}\n3 ADD x,x,1 ; a=int\nL:\n4 RET x`)],
    { f: '4..5' },
  ],
  [
    'counted loop, test at its end',
    // 2 to set up, 10 bodies, 9 tests that go on, 1 that ends at 3, RET 2.
    [
      fn('f()', `2 MOV i,0\n2 LDI last,9\nL:\n3 ADD s,s,i ; ${INT}\n2 FORR i,last,L ; loop=10..10\n4 RET s`, {
        locals: ['i', 'last', 's'],
      }),
    ],
    { f: '26' },
    23,
  ],
  [
    'counted loop, test at its start',
    // 6 tests (5 go on at 1, the last is taken forward at 3), 5 bodies, 5 jumps, RET 2.
    [
      fn(
        'f(n)',
        `L:\n2 BGE0 n\n`.replace('BGE0 n', 'BEQ n,0,E ; a=int') +
          '3 SUB n,n,1 ; a=int\n2 JMP L ; loop=5..5\nE:\n4 RET n',
      ),
    ],
    { f: '20' },
  ],
  [
    'iteration of a list, entered at its test',
    // GETITER 2, JMP 1, 4 items at 3, 4 bodies, exhausted 5, RET 2.
    [
      fn('f(l)', '2 GETITER h,l ; a=list\n2 JMP T\nL:\n3 MOV y,x\nT:\n2 FORITER x,h,L ; h=list loop=4..4\n4 RET None', {
        locals: ['x', 'y', 'h', '.h1'],
      }),
    ],
    { f: '26' },
  ],
  [
    'nested loops',
    // Inner: 3 bodies, 2 tests at 1, 1 at 3: 8. Outer: 4 times (1 + 8), 3 tests at 1, 1 at 3: 42. RET 2.
    [fn('f(i, j, n)', 'A:\n3 MOV j,0\nB:\n4 MOV S,i\n3 FORR j,n,B ; loop=3..3\n2 FORR i,n,A ; loop=4..4\n5 RET None')],
    { f: '44' },
  ],
  [
    'a loop of at least 2 and at most 5 rounds',
    [fn('f(i, n)', 'L:\n3 MOV S,i\n2 FORR i,n,L ; loop=2..5\n4 RET None')],
    { f: '8..14' },
  ],
  [
    'a break may come in the first round',
    // Break at once: branch taken 3, RET 2. All rounds: 4 times (1 + 1), 3 tests at 1, 1 at 3.
    [fn('f(i, n, x)', 'L:\n3 BT x,E ; a=int\n3 NOP\n2 FORR i,n,L ; loop=4..4\nE:\n4 RET None')],
    { f: '5..16' },
  ],
  [
    'two ends of one loop, each with its test',
    // As crc16's inner loop: 5 or 6 a round, a test that ends costs 2 more.
    [
      fn(
        'f(crc, c1, k, n)',
        'L:\n3 BBC crc,15,E ; a=int\n4 SHL S,crc,1 ; a=int\n4 XOR S,S,c1 ; a=int b=int\n4 ZXT crc,S,16 ; a=int\n2 FORR k,n,L ; loop=8..8\n6 RET crc\nE:\n5 SHL S,crc,1 ; a=int\n5 ZXT crc,S,16 ; a=int\n2 FORR k,n,L ; loop=8..8\n6 RET crc',
      ),
    ],
    { f: '44..52' },
  ],
  [
    'direct call',
    [
      fn('main(i)', '2 MOV S,i\n2 MOV S,1\n2 CALL @__main__.add,2,*\n3 RET None'),
      fn('add(x, y)', `6 ADD S,x,y ; ${INT}\n6 RET S`),
    ],
    { main: '8', add: '3' },
    6,
  ],
  [
    'a call clears three locals: 1, and 1 for each beyond the first',
    [fn('main()', '2 CALL @__main__.g,0,*\n3 RET None'), fn('g()', '6 RET None', { locals: ['a', 'b', 'c'] })],
    { main: '7', g: '2' },
  ],
  [
    'two of four arguments: two defaults are filled in, two words cleared',
    [
      fn('main()', '2 MOV S,1\n2 MOV S,2\n2 CALL @__main__.four,2,*\n3 RET None'),
      fn('four(a, b, c, d)', `6 ADD S,a,b ; ${INT}\n6 RET S`, {
        defaults: [
          { kind: 'constant', value: { type: 'int', value: 3n } },
          { kind: 'constant', value: { type: 'int', value: 4n } },
        ],
      }),
    ],
    { main: '11', four: '3' },
  ],
  [
    'a function that only raises is no way on',
    [
      fn('main(x)', '2 BT x,L ; a=int\n3 CALL @__main__.fail,0,*\n4 RET None\nL:\n5 RET x'),
      fn('fail()', '8 RAISE None'),
    ],
    { main: '5', fail: '4' },
  ],
  [
    'str + str is done by its handler',
    // Trap found in cycle 1: 1 + 3, handler 1 + 2, re-issue 1.
    [
      fn('f(x, y)', '2 ADD S,x,y ; a=str b=str\n2 RET S'),
      fn('join(a, b)', '9 MOV S,a\n9 RET S', { runtime: true, module: '_builtins', vectors: ['ADD str str'] }),
    ],
    { f: '10' },
    5,
  ],
  [
    'of the vectors that fit, the one with the fewest any',
    [
      fn('f(x, y)', '2 ADD S,x,y ; a=str b=int\n2 RET S'),
      fn('join(a, b)', '9 RET a', { runtime: true, module: '_builtins', vectors: ['ADD str str'] }),
      fn('left(a, b)', '9 MUL S,a,a ; a=int b=int\n9 RET a', {
        runtime: true,
        module: '_builtins',
        vectors: ['ADD str any'],
      }),
      fn('rest(a, b)', '9 RET a', { runtime: true, module: '_builtins', vectors: ['ADD any any'] }),
    ],
    { f: '13' },
  ],
  [
    'a compare-and-branch by its handler, taken or not',
    // Trap 4, handler 2, re-issue 1 or 3; then MOV 1 where not taken; RET 2.
    [
      fn('f(x, y)', '2 BLT x,y,L ; a=object b=object\n3 MOV x,y\nL:\n4 RET x'),
      fn('less(a, b)', '9 RET True', { runtime: true, module: '_builtins', vectors: ['LT_BRANCH object any'] }),
    ],
    { f: '10..11' },
  ],
  [
    'an iterator that the runtime makes: two words are stored again',
    // Trap 4, handler 2, re-issue 2, RET 2.
    [
      fn('f(x)', '2 GETITER h,x ; a=str\n3 RET None', { locals: ['h', 'position'] }),
      fn('iterate(a)', '9 RET a', { runtime: true, module: '_builtins', vectors: ['ITER str'] }),
    ],
    { f: '10' },
  ],
  [
    'a tail call moves its argument and clears two locals',
    // MOV 1, TAIL 2 + 1 + 2, RET 2.
    [fn('f(x)', '2 MOV S,x\n2 TAIL @__main__.g,1,*'), fn('g(y)', '6 RET y', { locals: ['a', 'b'] })],
    { f: '8' },
  ],
  ['recursion has no bound', [fn('fib(n)', FIB())], { fib: '5..?' }],
  ['a loop without a bound', [fn('f(x)', 'L:\n3 NOP\n2 BT x,L ; a=int\n4 RET None')], { f: '6..?' }],
  ['polling a pin', [fn('f()', 'L:\n2 IOB 2,0,L\n3 RET None')], { f: '5..?' }],
  ['waiting for a pin', [fn('f()', '2 WAITP 2,1\n3 RET None')], { f: '3..?' }],
  ['a loop that never ends', [fn('f(x)', 'L:\n2 NOP\n2 JMP L')], { f: '2..?' }],
  [
    'a cycle with two ways in',
    [fn('f(x)', '2 BT x,B ; a=int\nA:\n3 NOP\nB:\n4 NOP\n5 BT x,A ; a=int\n6 RET None')],
    { f: '8..?' },
  ],
  [
    'a callee without a bound',
    [fn('main()', '2 CALL @__main__.f,0,*\n3 RET None'), fn('f()', 'L:\n6 IOB 2,0,L\n7 RET None')],
    { main: '8..?' },
  ],
];

function FIB(): string {
  return `2 BLE n,2,L ; ${INT}\n3 SUB S,n,1 ; a=int\n3 CALL @__main__.fib,1,*\n3 SUB S,n,2 ; a=int\n3 CALL @__main__.fib,1,*\n3 ADD S,S,S ; ${INT}\n3 RET S\nL:\n4 RET n`;
}

for (const [what, functions, expected, instructions] of FUNCTIONS) {
  test(`function: ${what}`, () => {
    const report = new Report(functions);
    for (const [name, text] of Object.entries(expected)) assert.equal(cycles(report.function(name).total), text, name);
    if (instructions !== undefined) {
      const { best, worst } = report.report.functions[0]!.total.instructions;
      assert.deepEqual([best, worst], [instructions, instructions]);
    }
  });
}

/** [what, functions, classes, expected total cycles of main] */
const OBJECTS: readonly [string, readonly AsmFunction[], readonly AsmClass[], string][] = [
  [
    'the only method of that name',
    [fn('main(o)', '2 MOV S,o\n2 CALLM .m,0\n3 RET None'), fn('m(self)', '6 RET None')],
    [cls('C', { attributes: [{ kind: 'method', name: 'm', function: '__main__.m' }] })],
    '9',
  ],
  [
    'two methods of that name',
    [
      fn('main(o)', '2 MOV S,o\n2 CALLM .m,0\n3 RET None'),
      fn('m(self)', '6 RET None'),
      fn('n(self)', '8 NOP\n8 NOP\n8 RET None'),
    ],
    [
      cls('C', { attributes: [{ kind: 'method', name: 'm', function: '__main__.m' }] }),
      cls('D', { attributes: [{ kind: 'method', name: 'm', function: '__main__.n' }] }),
    ],
    '9..11',
  ],
  [
    'a known receiver leaves the built-in class only',
    [
      fn('main(l)', '2 MOV S,l\n2 CALLM .m,0 ; receiver=list\n3 RET None'),
      fn('m(self)', '6 RET None'),
      fn('n(self)', '8 NOP\n8 NOP\n8 RET None'),
    ],
    [
      cls('C', { attributes: [{ kind: 'method', name: 'm', function: '__main__.m' }] }),
      cls('list', { tags: ['LIST'], attributes: [{ kind: 'method', name: 'm', function: '__main__.n' }] }),
    ],
    '11',
  ],
  ['a slot', [fn('main(o)', '2 LDA S,o,.x\n2 RET S')], [cls('C', { slots: ['x'] })], '5'],
  [
    'a getter: trap found in cycle 3, getter, re-issue',
    [fn('main(o)', '2 LDA S,o,.x\n2 RET S'), fn('x(self)', '6 RET 1')],
    [cls('C', { attributes: [{ kind: 'getter', name: 'x', function: '__main__.x' }] })],
    '11',
  ],
  [
    'a call of a value',
    [fn('main(g)', '2 MOV S,g\n2 CALLV 0\n3 LDK S,@__main__.g\n3 RET S'), fn('g()', '6 RET None')],
    [],
    '9',
  ],
  [
    'a call of a value that no function fits',
    [fn('main(g)', '2 MOV S,g\n2 MOV S,g\n2 CALLV 1\n3 LDK S,@__main__.g\n3 RET S'), fn('g()', '6 RET None')],
    [],
    '8..?',
  ],
  ['a new object', [fn('main()', '2 NEW S,#__main__.C\n2 RET S')], [cls('C')], '6'],
];

for (const [what, functions, classes, expected] of OBJECTS) {
  test(`objects: ${what}`, () => {
    // Only classes that something makes instances of have a dispatch row.
    const made = classes.map((c) => `90 NEW S,#${c.name}`).join('\n');
    const report = new Report([...functions, fn('make()', `${made}\n91 RET None`)], classes);
    assert.equal(cycles(report.function('main').total), expected);
  });
}

/** [what, functions, kind of the reason, its text, its line] of the first function's total */
const REASONS: readonly [string, readonly AsmFunction[], string, RegExp, number][] = [
  [
    'operand types by name',
    [fn('f(speed, y)', '2 NOP\n3 ADD S,speed,y ; b=int\n4 RET S')],
    'operand types',
    /speed/,
    3,
  ],
  ['slow path by name', [fn('f(speed)', '2 NOP\n3 ADD S,speed,1\n4 RET S')], 'slow path', /speed/, 3],
  ['branch', [fn('f(x)', '2 NOP\n3 BT x,L ; a=int\n3 NOP\n3 NOP\n3 NOP\nL:\n4 RET x')], 'branch', /taken or not/, 3],
  ['recursion', [fn('fib(n)', FIB())], 'recursion', /fib calls itself/, 3],
  [
    'mutual recursion',
    [
      fn('f(n)', '2 BT n,L ; a=int\n3 CALL @__main__.g,0,*\nL:\n4 RET None'),
      fn('g()', '7 MOV S,1\n8 CALL @__main__.f,1,*\n9 RET None'),
    ],
    'recursion',
    /f calls g/,
    3,
  ],
  [
    'recursion without an end',
    [fn('f()', '2 NOP\n3 CALL @__main__.f,0,*\n4 RET None')],
    'recursion',
    /calls itself/,
    3,
  ],
  ['loop', [fn('f(x)', 'L:\n3 NOP\n2 BT x,L ; a=int\n4 RET None')], 'loop', /# pysm: loop <= N/, 2],
  ['endless loop', [fn('f(x)', '1 NOP\nL:\n3 NOP\n2 JMP L')], 'loop', /never ends/, 2],
  [
    'loop of a known kind',
    [fn('f(x)', 'L:\n3 NOP\n2 BT x,L ; a=int loop=0..?\n4 RET None')],
    'loop',
    /length of the text/,
    2,
  ],
  ['polling', [fn('f()', '1 NOP\nL:\n2 IOB 2,0,L\n3 RET None')], 'external wait', /pin/, 2],
  ['waiting', [fn('f()', '1 NOP\n2 WAITP 2,1\n3 RET None')], 'external wait', /pin/, 2],
  [
    'the cause in the callee',
    [
      fn('main()', '2 NOP\n3 CALL @__main__.f,0,*\n4 RET None'),
      fn('f()', '7 CALL @__main__.g,0,*\n7 RET None'),
      fn('g(x)', 'L:\n9 BT x,L ; a=int loop=0..?\n9 RET None', { defaults: [{ kind: 'global', name: 'd' }] }),
    ],
    'callee',
    /f has no bound \(g: length of the text\)/,
    3,
  ],
];

for (const [what, functions, kind, text, line] of REASONS) {
  test(`reason: ${what}`, () => {
    const { total } = new Report(functions).report.functions[0]!;
    const found = total.reasons.filter((r) => r.kind === kind);
    assert.ok(
      found.some((r) => text.test(r.text) && r.line === line),
      JSON.stringify(total.reasons, null, 1),
    );
  });
}

test('an exact cost has no reasons, and says what it takes for granted', () => {
  const { total } = new Report([fn('f(x, y)', `2 ADD S,x,y ; ${INT}\n3 MUL S,S,S ; ${INT}\n3 RET S`)]).function('f');
  assert.deepEqual(total.reasons, []);
  assert.deepEqual(total.assumptions, [
    { kind: 'no exception', text: 'ints stay within 64 bits', path: 'main.py', lines: [2, 3] },
  ]);
});

test('only what may enter a generator takes for granted that the stack suffices', () => {
  const loop = '2 GETITER h,l ; a=list\n2 JMP T\nL:\n3 NOP\nT:\n2 FORITER x,h,L ; h=TAG loop=4..4\n4 RET None';
  const generator = fn('g()', '9 MKGEN\n9 RET None');
  for (const [tag, texts] of [
    ['list', []],
    ['generator', ['the stack suffices']],
  ] as const) {
    const f = fn('f(l)', loop.replace('TAG', tag), { locals: ['h', 'position', 'x'] });
    const { total } = new Report([f, generator]).function('f');
    const found = total.assumptions.filter((a) => a.kind === 'memory suffices').map((a) => a.text);
    assert.deepEqual(found, texts, tag);
  }
});

test('own leaves the callees out, total has them', () => {
  const report = new Report([fn('main()', '2 CALL @__main__.f,0,*\n3 RET None'), fn('f()', '6 MUL S,2,3\n6 RET S')]);
  assert.equal(cycles(report.line(2).own), '1');
  assert.equal(cycles(report.line(2).total), '7');
  assert.equal(cycles(report.function('main').own), '3');
  assert.equal(cycles(report.function('main').total), '9');
});

test('the line of a loop counts one test, and its setting up apart', () => {
  const report = new Report([
    fn('f()', `2 MOV i,0\n2 LDI last,9\nL:\n3 ADD s,s,i ; ${INT}\n2 FORR i,last,L ; loop=10..10\n4 RET s`, {
      locals: ['i', 'last', 's'],
    }),
  ]);
  assert.equal(cycles(report.line(2).own), '1..3');
  assert.equal(cycles(report.line(2).entry!), '2');
  assert.equal(cycles(report.line(3).own), '1');
  const loop = report.loop(2);
  assert.deepEqual(loop.iterations, { min: 10, max: 10, reason: 'range(10)' });
  assert.equal(cycles(loop.perIteration), '2');
  assert.equal(cycles(loop.total), '22');
});

test('a line with a condition inside it has its shortest and longest way', () => {
  // x and y: the second operand is only looked at where the first is true.
  const report = new Report([
    fn('f(x, y, z)', '2 MOV z,x\n2 BF x,L ; a=int\n2 MOV z,y\n2 MUL z,z,z ; a=int b=int\nL:\n3 RET z'),
  ]);
  assert.equal(cycles(report.line(2).own), '4..7');
});

test('a loop within one line is part of the line', () => {
  const report = new Report([fn('f(i, n)', '2 MOV i,0\nL:\n2 NOP\n2 FORR i,n,L ; loop=3..3\n3 RET None')]);
  assert.equal(cycles(report.line(2).own), '9');
  assert.equal(report.line(2).entry, undefined);
});

test('a line that raises costs the way to the raise routine', () => {
  const report = new Report([fn('f(x)', '2 BT x,L ; a=int\n3 RAISE x\nL:\n4 RET x')]);
  assert.equal(cycles(report.line(3).own), '4');
  assert.equal(cycles(report.function('f').total), '5');
});

test('an instruction without a place belongs to the line before it', () => {
  const report = new Report([fn('f(x)', '2 NOP\n0 NOP\n3 RET x')]);
  assert.equal(cycles(report.line(2).own), '2');
});

test('functions of the runtime are counted but not reported', () => {
  const report = new Report([
    fn('main()', '2 CALL @_builtins.f,0,*\n3 RET None'),
    fn('f()', '6 MUL S,2,3\n6 RET S', { runtime: true, module: '_builtins' }),
  ]).report;
  assert.deepEqual(
    report.functions.map((f) => f.name),
    ['__main__.main'],
  );
  assert.deepEqual(new Set(report.lines.map((l) => l.path)), new Set(['main.py']));
});
