"""The runtime's pure algorithms, run by CPython over `core_shim`, against CPython's own arithmetic.

Values are random from fixed seeds, of all magnitudes, with the awkward ones added. Powers are checked against exact
rationals: the runtime rounds correctly, which C libraries do not always.
"""
import math
import random
import struct
import unittest
from fractions import Fraction

import core_shim

core_shim.install()
import _console
import _float_text
import _numbers
import _parse
import _power

AWKWARD = [
    0.0, 1.0, 1.5, 2.0, 0.1, 5e-324, 2.2250738585072014e-308, 2.225073858507201e-308, 1.7976931348623157e308, 1e16, 1e15,
    1e22, 1e23, 9007199254740993.0, 2.0**63, 123456789012345680.0, 1e-4, 1e-5, 3e-320, math.inf, math.nan,
]


def bits_of(x):
    return struct.pack('<d', x)


def float_of(bits):
    return struct.unpack('<d', struct.pack('<Q', bits))[0]


def same(a, b):
    return bits_of(a) == bits_of(b) or (a != a and b != b)


def random_float(r):
    kind = r.randrange(5)
    if kind == 0:
        return float_of(r.getrandbits(64))
    if kind == 1:
        return r.uniform(-100, 100)
    if kind == 2:
        return float(r.randrange(-(2 ** r.randrange(1, 64)), 2**62))
    if kind == 3:
        return r.randrange(-(10**6), 10**6) / r.choice([1, 10, 100, 8, 3])
    return r.choice([1, -1]) * r.choice(AWKWARD)


def random_int(r):
    n = r.getrandbits(r.randrange(1, 65)) + r.choice([0, 0, 1])
    return max(-(2**63), min(r.choice([n, -n]), 2**63 - 1))


def outcome(function, *arguments):
    """The result, or the exception's type and text."""
    try:
        return function(*arguments)
    except (ArithmeticError, ValueError) as e:
        return f'{type(e).__name__}: {e}'


class Algorithms(unittest.TestCase):
    def equal(self, got, expected, *values):
        if isinstance(got, float) and isinstance(expected, float):
            self.assertTrue(same(got, expected), f'{values}: {got!r}, not {expected!r}')
        else:
            self.assertEqual(got, expected, values)

    def test_float_text(self):
        r = random.Random(1)
        written = []
        _float_text.put = _console.put = written.append
        values = [s * x for s in (1, -1) for x in AWKWARD]
        values += [float_of(e << 52 | m) for e in range(2048) for m in (0, 1, 2**51, 2**52 - 1)]
        values += [random_float(r) for _ in range(40000)]
        values += [r.randrange(10 ** r.randrange(1, 17)) / 10 ** r.randrange(18) for _ in range(10000)]
        for x in values:
            written.clear()
            _float_text.put_float(x)
            self.assertEqual(bytes(written).decode(), repr(x))

    def test_float_division(self):
        r = random.Random(2)
        for _ in range(40000):
            a = random_float(r)
            b = random_float(r)
            self.equal(outcome(_numbers._modulo_floats, a, b), outcome(lambda a, b: a % b, a, b), a, b)
            self.equal(outcome(_numbers._floor_divide_floats, a, b), outcome(lambda a, b: a // b, a, b), a, b)

    def test_int_true_division(self):
        r = random.Random(3)
        for _ in range(30000):
            a = random_int(r)
            b = random_int(r)
            self.equal(outcome(_numbers._divide, a, b), outcome(lambda a, b: a / b, a, b), a, b)

    def test_int_power(self):
        r = random.Random(4)
        for _ in range(5000):
            a = r.randrange(-20, 20)
            n = r.randrange(20)
            if abs(a**n) < 2**62:
                self.assertEqual(_power._int_power(a, n), a**n)

    def test_float_power(self):
        r = random.Random(5)
        for _ in range(4000):
            x = r.choice([r.uniform(-10, 10), r.choice([10.0, 3.0, 1.5, 0.1, 7.0]), float_of(r.getrandbits(62))])
            n = r.randrange(-40, 40)
            if x == 0 or x != x or math.isinf(x):
                continue
            exact = Fraction(x) ** n
            try:
                expected = exact.numerator / exact.denominator
            except OverflowError:
                expected = "OverflowError: (34, 'Numerical result out of range')"
            self.equal(outcome(_power._float_power, x, float(n)), expected, x, n)

    def test_special_powers(self):
        special = [s * x for s in (1, -1) for x in (0.0, 1.0, 0.5, 2.0, 3.0, 1e308, 5e-324, 1e300, 2.0**70, math.inf)]
        for x in special + [math.nan]:
            for y in special + [math.nan]:
                try:
                    got = outcome(_power._float_power, x, y)
                except NotImplementedError:
                    self.assertTrue(y != math.floor(y), (x, y))
                    continue
                self.equal(got, outcome(lambda x, y: x**y, x, y), x, y)

    def parses(self, text):
        try:
            self.equal(outcome(_parse.parse_float, text), outcome(float, text), text)
        except NotImplementedError:
            # More digits than the runtime takes, next to the middle between two doubles.
            self.assertGreater(len(text), 18)
            self.undecided += 1

    def test_parsing(self):
        _parse.character = lambda s, i: ord(s[i])
        _parse.repr_text = repr
        self.undecided = 0
        for text in (
            '1 1.5 .5 5. . e5 1e 1e+ 1_0.5 1__0 _1 1_ 1_.5 1._5 1.5_ inf -Inf nan infinit INFINITY 1e400 1e-400 5e-324 x 1x '
            '--1 +-1 2.4703282292062327e-324 2.4703282292062328e-324 4503599627370496.5 4503599627370497.5 9007199254740993 '
            '1e23 123456789012345678901234567890 00001.5 1e00005 0e500 1.7976931348623158e308 1.7976931348623159e308 '
            '2.2250738585072011e-308 8.5e5e 9223372036854775807 -9223372036854775808 -0 +5 1_000'
        ).split() + ['', ' 2.5\n', '1 2']:
            self.parses(text)
            self.equal(outcome(_parse.parse_int, text), outcome(int, text), text)
        r = random.Random(6)
        for _ in range(10000):
            x = random_float(r)
            self.parses(repr(x))
            self.parses('%.*e' % (r.randrange(25), x))
            self.parses(
                '%d.%de%d' % (r.getrandbits(r.randrange(1, 60)), r.getrandbits(r.randrange(1, 30)), r.randrange(-350, 320))
            )
        self.assertLess(self.undecided, 300)


if __name__ == '__main__':
    unittest.main()
