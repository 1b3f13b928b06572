"""Arithmetic that the hardware hands over: overflow, zero divisors, float // and %, exact division of large ints.

Results are CPython's, but that an int beyond 64 bits is an OverflowError. Operations of int with float convert the int
first, as CPython does.
"""
from _core import clz, convert, extract, has_attribute, is_tag, retag, rshl, rshr, rsub, rult
from _errors import is_object, kind_name, raise_beyond_64_bits

_FRACTION = 0xFFFFFFFFFFFFF
_MAGNITUDE = 0x7FFFFFFFFFFFFFFF


@trap('ADD number number', 'SUB number number', 'MUL number number')
def _overflow(a, b):
    raise_beyond_64_bits()


@trap('NEG number', 'ABS number')
def _overflow_of_one(a):
    raise_beyond_64_bits()


@trap('SHL number number')
def _shift_left(a, b):
    if b < 0:
        raise ValueError('negative shift count')
    if a == 0:
        return 0
    raise_beyond_64_bits()


@trap('SHR number number')
def _shift_right(a, b):
    raise ValueError('negative shift count')


@trap('FLOOR number number')
def _floor_divide(a, b):
    if b == 0:
        raise ZeroDivisionError('integer division or modulo by zero')
    raise_beyond_64_bits()


@trap('MOD number number')
def _modulo(a, b):
    if b == 0:
        raise ZeroDivisionError('integer modulo by zero')
    # Only -2**63 % -1 comes here besides.
    return 0


@trap('INDEX any')
def to_index(x):
    """The int that `x` stands for as an index or a count."""
    if is_object(x) and has_attribute(x, '__index__'):
        r = x.__index__()
        if is_tag(r, 'INT'):
            return r
        raise TypeError('__index__ returned non-int (type ' + kind_name(r) + ')')
    raise TypeError("'" + kind_name(x) + "' object cannot be interpreted as an integer")


@trap('DIV number number')
def _divide(a, b):
    """a / b of ints, correctly rounded."""
    if b == 0:
        raise ZeroDivisionError('division by zero')
    if a == 0:
        return -0.0 if b < 0 else 0.0
    negative = (a < 0) != (b < 0)
    # Magnitudes as unsigned payloads, moved up to bit 62: 2**63 itself loses a zero.
    a = rsub(0, a) if a < 0 else a
    b = rsub(0, b) if b < 0 else b
    exponent = clz(b) - clz(a)
    a = rshr(rshl(a, clz(a)), 1)
    b = rshr(rshl(b, clz(b)), 1)
    # 56 bits of the quotient, 2**54 < q < 2**56, the lowest one also for a remainder: more than a double holds, so
    # that the conversion rounds once and right.
    q = 0
    for i in range(56):
        q = q << 1
        if rult(a, b) == 0:
            a = rsub(a, b)
            q += 1
        a = rshl(a, 1)
    if a != 0:
        q = q | 1
    # 2**(exponent - 55), as a double: 1023 is the bias.
    r = convert(q) * retag((exponent - 55 + 1023) << 52, 'FLOAT')
    return -r if negative else r


@trap('DIV float float', 'DIV float number', 'DIV number float')
def _divide_floats(a, b):
    raise ZeroDivisionError('float division by zero')


def _zero_like(x):
    """0.0 with the sign of the float `x`."""
    return retag(rshl(rshr(x, 63), 63), 'FLOAT')


def _exponent(x):
    """Exponent field of the float `x`, 1 for a subnormal: the exponent that its fraction counts with."""
    e = extract(x, 48, 15) >> 4
    return e if e != 0 else 1


def _mantissa(x):
    """Mantissa of the finite float `x` as an int, hidden bit included."""
    m = retag(x, 'INT') & _FRACTION
    return m | 1 << 52 if extract(x, 48, 15) >= 16 else m


def remainder(x, y):
    """C's fmod(x, y) for y != 0: exact, with the sign of x."""
    m = retag(x, 'INT') & _MAGNITUDE
    n = retag(y, 'INT') & _MAGNITUDE
    if m >= 0x7FF0000000000000 or n > 0x7FF0000000000000:
        # Infinite x, or a NaN.
        return (x - x) * y
    if m < n:
        return x
    divisor = _mantissa(y)
    steps = _exponent(x) - _exponent(y)
    r = _mantissa(x) % divisor
    # Ten bits at a time: r < 2**53.
    while steps > 0 and r != 0:
        n = 10 if steps > 10 else steps
        r = (r << n) % divisor
        steps -= n
    if r == 0:
        return _zero_like(x)
    exponent = _exponent(y)
    n = clz(r) - 11
    if n < exponent:
        r = ((r << n) & _FRACTION) | (exponent - n) << 52
    else:
        r = r << (exponent - 1)
    return retag(r | retag(_zero_like(x), 'INT'), 'FLOAT')


def floor(x):
    """The largest whole number not above the float `x`, as a float; NaN and infinities are themselves."""
    if not -4503599627370496.0 < x < 4503599627370496.0:
        return x
    r = convert(convert(x))
    return r - 1.0 if r > x else r


def _as_float(x):
    return x if is_tag(x, 'FLOAT') else convert(x)


@trap('MOD float float', 'MOD float number', 'MOD number float')
def _modulo_floats(a, b):
    a = _as_float(a)
    b = _as_float(b)
    if b == 0.0:
        raise ZeroDivisionError('float modulo')
    r = remainder(a, b)
    if r == 0.0:
        return _zero_like(b)
    return r + b if (b < 0.0) != (r < 0.0) else r


@trap('FLOOR float float', 'FLOOR float number', 'FLOOR number float')
def _floor_divide_floats(a, b):
    a = _as_float(a)
    b = _as_float(b)
    if b == 0.0:
        raise ZeroDivisionError('float floor division by zero')
    r = remainder(a, b)
    q = (a - r) / b
    if r != 0.0 and (b < 0.0) != (r < 0.0):
        q -= 1.0
    if q == 0.0:
        return _zero_like(a / b)
    f = floor(q)
    return f + 1.0 if q - f > 0.5 else f


@trap('CONVERT any')
def _convert(x):
    """A float that has no int, or a value that is no number."""
    if is_tag(x, 'FLOAT'):
        if x != x:
            raise ValueError('cannot convert float NaN to integer')
        if x - x != 0.0:
            raise OverflowError('cannot convert float infinity to integer')
        raise_beyond_64_bits()
    raise TypeError('must be real number, not ' + kind_name(x))


@trap('SQRT any')
def _square_root(x):
    if is_tag(x, 'FLOAT') and x != x:
        return x
    if is_tag(x, 'FLOAT') or is_tag(x, 'INT') or is_tag(x, 'BOOL'):
        raise ValueError('math domain error')
    raise TypeError('must be real number, not ' + kind_name(x))
