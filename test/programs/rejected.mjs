/**
 * Programs that PySM must reject, for rejections.test.mjs. The comment `#!` marks the line where the diagnostic stands.
 */

/** `code`, then programs that it must reject. */
export const CASES = [
  ['PS1001', ['async def f(): #!\n    pass', 'async def f(): #!\n    await g()\ndef g(): pass']],
  ['PS1002', ['def f():\n    yield 1 #!', 'def f(x):\n    yield from x #!', 'def f():\n    x = yield #!']],
  ['PS1003', ['f = lambda x: x + 1 #!', 'print((lambda: 3)()) #!']],
  [
    'PS1004',
    [
      'def f():\n    def g(): #!\n        return 1\n    return g()',
      'def f():\n    class C: #!\n        pass\n    return C',
    ],
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
    [
      'a, *b = [1, 2, 3] #!',
      'l = [*range(3)] #!',
      'def f(a): pass\nf(*[1]) #!',
      't = (1, *(2, 3)) #!',
      'd = (1,)\nprint(*d) #!',
    ],
  ],
  ['PS1014', ['x = 1\nprint(f"{x}") #!', 'print(f"plain") #!']],
  ['PS1015', ['def f(*args): #!\n    pass', 'def f(**kwargs): #!\n    pass']],
  ['PS1016', ['if (x := 3) > 2: #!\n    pass']],
  ['PS1017', ['x = 2j #!', 'x = b"abc" #!']],
  [
    'PS1018',
    [
      'x = 9223372036854775808 #!',
      'x = -9223372036854775809 #!',
      'x = 0xffff_ffff_ffff_ffff #!',
      'x = 10**3 + 99999999999999999999 #!',
    ],
  ],
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
  [
    'PS1029',
    [
      'class C:\n    __slots__ = ("a",) #!',
      'class C:\n    def __add__(self, o): return 1\n    __radd__ = __add__ #!',
      'class C: pass\nc = C()\nc.__dict__ = 1 #!',
    ],
  ],
  ['PS1029', ['def f(s): pass\nclass C:\n    m = f #!', 'def f(s): pass\nclass C:\n    m = None\nC.m = f #!']],
  ['PS1030', ['def f(a, /): #!\n    return a', 'def f(*, a): #!\n    return a']],
  ['PS1031', ['def f():\n    raise #!\nf()']],
  [
    'PS1032',
    [
      'print("%d" % 3) #!',
      'def f():\n    s = "%s"\n    s %= 1 #!\nf()',
      'def f(x):\n    return ("a" + "b") % x #!\nf(1)',
    ],
  ],
  ['PS1033', ['print("\\ud800") #!', 'x = ["a\\udfffb"] #!', 'x = "\\ud83d\\ude00" #!', 'x = "\\U0000D83D\\uDE00" #!']],
  [
    'PS1034',
    [
      'x = 2 ** 1.5 #!',
      'x = 9.0\nx **= -0.5 #!',
      'print((-8) ** 0.5) #!',
      'def f(x):\n    return x ** 0.25 #!\nf(2.0)',
    ],
  ],
  [
    'PS2001',
    [
      'raise KeyboardInterrupt #!',
      'raise FileNotFoundError("x") #!',
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
  [
    'PS2002',
    [
      'import math #!',
      'import sys #!',
      'from os import path #!',
      'import threading #!',
      'import asyncio #!',
      'import weakref #!',
    ],
  ],
  [
    'PS2003',
    [
      'import numpy #!',
      'import numpy as np #!',
      'from pandas import DataFrame #!',
      'import scipy.signal #!',
      'import torch #!',
    ],
  ],
  ['PS2004', ['import no_such_module_here #!', 'from no_such_module_here import x #!']],
  ['PS2005', ['from time import no_such_name #!', 'import machine\nmachine.Spaceship(1) #!']],
  ['PS2006', ['p = print #!', 'l = [len] #!', 'r = range(3) #!', 'print(range(3)) #!', 'print(2 in range(3)) #!']],
  [
    'PS2007',
    [
      'l = [1]\nl.sort() #!',
      'l = [1]\nl.sort() #!',
      's = "abc".upper() #!',
      's = "a,b".split(",") #!',
      's = "a"\ns.upper() #!',
    ],
  ],
  ['PS2008', ['import time\nt = time #!', 'import time\nprint(time) #!']],
  [
    'PS2009',
    [
      'x: Nowhere = 1 #!',
      'def f() -> Nowhere: pass #!',
      'print(nowhere_bound) #!',
      'def f():\n    return nowhere_bound #!',
    ],
  ],
  [
    'PS2011',
    [
      'class A:\n    def f(self, other: A): pass #!',
      'def f(x: Later): pass #!\nclass Later: pass',
      'class A:\n    other: list[A] = None #!',
    ],
  ],
  ['PS2010', ['class A: pass\nclass B(A):\n    def f(self):\n        s = super() #!\n        return s']],
  ['PS3001', ['class C: #!\n    def f(self): pass\n    def g(self): self.f = 1\nC().g()']],
  ['PS3004', ['e = ValueError(1, 2, 3, 4, 5, 6, 7, 8, 9) #!']],
  [
    'PS3010',
    [
      'a = 1000\nb = 500 * 2\nprint(a is b) #!',
      'x = 1.5\nif x is not x + 0.0: #!\n    pass',
      'def f(s, t):\n    return s is t #!\nf("ab", "cd")',
      't = (1, 2)\nprint(None is not t is t[:]) #!',
      'x = [1]\nprint(x[0] is 1000) #!',
    ],
  ],
  [
    'PS3012',
    [
      'class C:\n    def __getitem__(self, i): return i\nfor x in C(): #!\n    break',
      'class C:\n    def __getitem__(self, i): return i\na, b = C() #!',
      'class C:\n    def __getitem__(self, i): return i\nprint(C()[1:2]) #!',
    ],
  ],
  ['PS3007', ['s = ","\nprint(1, 2, sep=s) #!']],
];

/** What CPython's own compiler rejects: syntax errors of the three kinds, whatever their code in 0001-0003. */
export const SYNTAX_ERRORS = [
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
  'f(**{}, *[]) #!',
];
