"""`_core` for CPython: enough of it to run the runtime's pure algorithms there, and a loader of runtime modules.

A word is an ordinary Python value; raw payloads are ints. Only what the algorithms under test use is here, with the
meaning that isa/src/instructions states.
"""
import builtins
import math
import struct
import sys
import types
from pathlib import Path

MASK = (1 << 64) - 1
RUNTIME = Path(__file__).resolve().parents[2] / 'runtime'


class _Unbound:
    pass


UNBOUND = _Unbound()


def payload(x):
    """Unsigned payload of a word."""
    if isinstance(x, float):
        return struct.unpack('<Q', struct.pack('<d', x))[0]
    if isinstance(x, str):
        data = x.encode('ascii')
        assert len(data) <= 7
        return int.from_bytes(bytes([len(data)]) + data, 'little')
    return int(x) & MASK


def signed(n):
    n &= MASK
    return n - (1 << 64) if n >> 63 else n


def trapping(n):
    """An int result as hardware gives it: beyond 64 bits it would trap."""
    assert -(1 << 63) <= n < 1 << 63, 'the runtime overflowed'
    return n


def radd(a, b):
    return signed(payload(a) + payload(b))


def rsub(a, b):
    return signed(payload(a) - payload(b))


def rmul(a, b):
    return signed(payload(a) * payload(b))


def mulhu(a, b):
    return signed(payload(a) * payload(b) >> 64)


def rult(a, b):
    return int(payload(a) < payload(b))


def rshl(a, b):
    return signed(payload(a) << (b & 63))


def rshr(a, b):
    return signed(payload(a) >> (b & 63))


def clz(a):
    return 64 - payload(a).bit_length()


def extract(x, low, width):
    assert width in (1, 2, 3, 4, 6, 8, 10, 12, 15, 16, 20, 24, 32, 40, 48, 64)
    return signed(payload(x) >> low & ((1 << width) - 1))


def retag(x, tag):
    bits = payload(x)
    if tag == 'INT':
        return signed(bits)
    if tag == 'FLOAT':
        return struct.unpack('<d', struct.pack('<Q', bits))[0]
    if tag == 'STR7':
        return bits.to_bytes(8, 'little')[1 : 1 + (bits & 255)].decode('ascii')
    raise NotImplementedError(tag)


def convert(x):
    if isinstance(x, float):
        return trapping(int(x))
    return float(x)


def square_root(x):
    return math.sqrt(x)


def is_unbound(x):
    return x is UNBOUND


def is_tag(x, tag):
    kinds = {'INT': int, 'FLOAT': float, 'BOOL': bool, 'NONE': type(None), 'LIST': list, 'TUPLE': tuple}
    if tag == 'INT' and isinstance(x, bool):
        return False
    if tag == 'STR7':
        return isinstance(x, str)
    return tag in kinds and isinstance(x, kinds[tag])


def output():
    """A list that takes the bytes that put() writes, by I/O register, and the functions for it."""
    written = {}

    def io_write(register, value):
        written.setdefault(register, bytearray()).append(value)

    return written, io_write


def _missing(name):
    def missing(*arguments):
        raise NotImplementedError(name)

    return missing


written, io_write = output()


def io_read(register):
    return 3


class _Core(types.ModuleType):
    def __getattr__(self, name):
        if name in globals():
            return globals()[name]
        if name.startswith('__'):
            raise AttributeError(name)
        return _missing(name)


def install():
    """Makes the runtime's modules importable under CPython, `_core` included."""
    sys.modules['_core'] = _Core('_core')
    sys.path.insert(0, str(RUNTIME))
    builtins.trap = lambda *vectors: lambda function: function
    builtins.builtin = lambda *tags, name=None: lambda cls: cls
