/**
 * Python that PySM does not support is a diagnostic with its code at its place, and `pysm run` refuses it: never a wrong
 * result. Each case is a program whose line with the trailing `#!` marker is where the code must stand.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pysm } from './harness.mjs';

/** `code`, then programs that it must reject. */
const CASES = [
  ['PS1001', ['async def f(): #!\n    pass', 'async def f(): #!\n    await g()\ndef g(): pass']],
  ['PS1002', ['def f():\n    yield 1 #!', 'def f(x):\n    yield from x #!', 'def f():\n    x = yield #!']],
  ['PS1003', ['f = lambda x: x + 1 #!', 'print((lambda: 3)()) #!']],
  [
    'PS1004',
    ['def f():\n    def g(): #!\n        return 1\n    return g()', 'def f():\n    class C: #!\n        pass\n    return C'],
  ],
  [
    'PS1005',
    [
      'def d(f): return f\n@d #!\ndef g(): pass',
      'class C:\n    @staticmethod #!\n    def f(): pass',
      'class C:\n    @classmethod #!\n    def f(cls): pass',
      'class C:\n    @property #!\n    def f(self): return 1',
      'def d(f): return f\n@d #!\nclass C: pass',
    ],
  ],
  [
    'PS1006',
    [
      'try: #!\n    pass\nexcept ValueError:\n    pass',
      'try: #!\n    pass\nfinally:\n    pass',
      'try: #!\n    pass\nexcept* ValueError:\n    pass',
    ],
  ],
  ['PS1007', ['class C: pass\nwith C(): #!\n    pass', 'class C: pass\nwith C() as x, C(): #!\n    pass']],
  ['PS1008', ['x = 1\ndel x #!', 'l = [1]\ndel l[0] #!', 'class C: pass\nc = C()\nc.x = 1\ndel c.x #!']],
  ['PS1009', ['x = 1\nmatch x: #!\n    case 1: pass\n    case _: pass']],
  [
    'PS1010',
    [
      'l = [i for i in range(3)] #!',
      's = {i for i in range(3)} #!',
      'd = {i: i for i in range(3)} #!',
      'g = (i for i in range(3)) #!',
    ],
  ],
  ['PS1011', ['d = {} #!', 'd = {1: 2} #!', 's = {1, 2} #!']],
  [
    'PS1013',
    ['a, *b = [1, 2, 3] #!', 'l = [*range(3)] #!', 'def f(a): pass\nf(*[1]) #!', 't = (1, *(2, 3)) #!', 'd = (1,)\nprint(*d) #!'],
  ],
  ['PS1014', ['x = 1\nprint(f"{x}") #!', 'print(f"plain") #!']],
  ['PS1015', ['def f(*args): #!\n    pass', 'def f(**kwargs): #!\n    pass']],
  ['PS1016', ['if (x := 3) > 2: #!\n    pass']],
  ['PS1017', ['x = 2j #!', 'x = b"abc" #!']],
  ['PS1018', ['x = 9223372036854775808 #!', 'x = -9223372036854775809 #!', 'x = 0xffff_ffff_ffff_ffff #!', 'x = 10**3 + 99999999999999999999 #!']],
  ['PS1019', ['a = [1]\nb = a @ a #!', 'a = [1]\na @= a #!']],
  [
    'PS1021',
    [
      'class A: pass\nclass B: pass\nclass C(A, B): #!\n    pass',
      'class M(type): #!\n    pass',
      'class A(metaclass=type): #!\n    pass',
      'class L(list): #!\n    pass',
      'class I(int): #!\n    pass',
    ],
  ],
  ['PS1022', ['class C:\n    for i in range(3): #!\n        pass', 'class C:\n    if True: #!\n        x = 1']],
  ['PS1023', ['raise ValueError("a") from None #!']],
  ['PS1024', ['def f():\n    import time #!\n    return time.ticks_us()', 'if True:\n    import time #!']],
  ['PS1025', ['from time import * #!']],
  ['PS1026', ['from . import x #!', 'from .a import b #!']],
  ['PS1028', ['class C:\n    def __getattr__(self, name): #!\n        return 1']],
  ['PS1030', ['def f(a, /): #!\n    return a', 'def f(*, a): #!\n    return a']],
  ['PS1031', ['def f():\n    raise #!\nf()']],
  [
    'PS2001',
    [
      'print(sorted([2, 1])) #!',
      'x = dict() #!',
      'x = set() #!',
      'x = input() #!',
      'f = open("a") #!',
      'eval("1") #!',
      'exec("1") #!',
      'compile("1", "a", "eval") #!',
      'x = map(abs, [1]) #!',
      'x = zip([1], [2]) #!',
      'x = isinstance(1, int) #!',
      'x = getattr(1, "a") #!',
      'x = bytearray(3) #!',
      'x = globals() #!',
      '__import__("time") #!',
    ],
  ],
  ['PS2002', ['import math #!', 'import sys #!', 'from os import path #!', 'import threading #!', 'import asyncio #!', 'import weakref #!']],
  ['PS2003', ['import numpy #!', 'import numpy as np #!', 'from pandas import DataFrame #!', 'import scipy.signal #!', 'import torch #!']],
  ['PS2004', ['import no_such_module_here #!', 'from no_such_module_here import x #!']],
  ['PS2005', ['from time import no_such_name #!', 'import machine\nmachine.Spaceship(1) #!']],
  ['PS2006', ['p = print #!', 'l = [len] #!']],
  ['PS2007', ['l = [1]\nl.sort() #!', 'l = [1]\nl.pop() #!', 's = "abc".upper() #!', 's = "a,b".split(",") #!', 'l = [1]\nl.extend([2]) #!']],
  ['PS2008', ['import time\nt = time #!', 'import time\nprint(time) #!']],
  ['PS2009', ['print(nowhere_bound) #!', 'def f():\n    return nowhere_bound #!']],
  ['PS2010', ['class A: pass\nclass B(A):\n    def f(self):\n        s = super() #!\n        return s']],
  ['PS3001', ['class C:\n    def f(self): pass\n    def g(self): self.f = 1 #!\nC().g()']],
  ['PS3007', ['s = ","\nprint(1, 2, sep=s) #!']],
];

/** What CPython's own compiler rejects: syntax errors of the three kinds, whatever their code in 0001-0003. */
const SYNTAX_ERRORS = [
  'print "x" #!',
  'x = = 1 #!',
  'def f(:\n    pass',
  'if True\n    pass',
  'x = (1, 2',
  'x = "abc #!',
  'return 1 #!',
  'break #!',
  'for i in range(3):\n    pass\ncontinue #!',
  'def f(a, a): #!\n    pass',
  'def f():\n    x = 1\n    global x #!',
  'nonlocal x #!',
  'f(a=1, 2) #!',
  'def f(a=1, b): #!\n    pass',
  '1 = x #!',
  'f() = 3 #!',
  'None = 3 #!',
  'if True:\nprint(1) #!',
  '  x = 1 #!',
  'x = 0777 #!',
  'type X = int #!',
  'def f[T](x): #!\n    return x',
  'yield 1 #!',
  'def f():\n    await g() #!',
  'f(**{}, *[]) #!',
];

const lineOfMark = (source) => source.split('\n').findIndex((line) => line.includes('#!')) + 1;

describe('rejected programs', () => {
  let folder;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'pysm-rejected-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Errors of `pysm check`, and proof that `pysm run` does not run the program. */
  async function errorsOf(source) {
    writeFileSync(join(folder, 'program.py'), `${source}\n`);
    const checked = await pysm(folder, ['check', '--json', 'program.py']);
    const run = await pysm(folder, ['run', 'program.py', '--max-cycles', '1000000']);
    assert.equal(run.exit, 2, `run exits with 2\n${run.stderr}`);
    assert.equal(run.stdout, '');
    assert.equal(checked.exit, 1);
    return JSON.parse(checked.stdout).diagnostics.filter(({ severity }) => severity === 'error');
  }

  for (const [code, sources] of CASES) {
    for (const source of sources) {
      it(`${code} ${source.split('\n').find((line) => line.includes('#!'))}`, async () => {
        const errors = await errorsOf(source);
        const found = errors.map((error) => `${error.code} line ${error.line}`);
        assert.ok(found.includes(`${code} line ${lineOfMark(source)}`), `found: ${JSON.stringify(errors, null, 1)}`);
        const { message, help } = errors.find((error) => error.code === code);
        assert.doesNotMatch(message + help, /undefined|\{\d\}|\[object/);
      });
    }
  }
  for (const source of SYNTAX_ERRORS) {
    it(`syntax: ${source.split('\n').find((line) => line.includes('#!')) ?? source.split('\n')[0]}`, async () => {
      const errors = await errorsOf(source);
      assert.match(errors[0]?.code ?? '', /^PS000[123]$/);
      if (lineOfMark(source) > 0) assert.equal(errors[0].line, lineOfMark(source), errors[0].message);
    });
  }
});
