"""Writes a float as repr() does: the shortest decimal that reads back as the same double.

The algorithm is Schubfach (Raffaello Giulietti, "The Schubfach way to render doubles", 2020), which needs 10**k to 126
bits from above: to at most 4 units of 128 bits, which _tens keeps.
"""
from _console import write_text, put, put_unsigned
from _core import clz, extract, mulhu, radd, retag, rmul, rshl, rshr, rult
from _tens import power_of_ten, power_of_ten_low

# ceil(2**67 / 10): the high word of n times this, divided by 8, is n // 10.
_TENTH = -0x3333333333333333

# Powers of ten, 10**0 to 10**18.
_TENS = (
    1,
    10,
    100,
    1000,
    10000,
    100000,
    1000000,
    10000000,
    100000000,
    1000000000,
    10000000000,
    100000000000,
    1000000000000,
    10000000000000,
    100000000000000,
    1000000000000000,
    10000000000000000,
    100000000000000000,
    1000000000000000000,
)


def _round_to_odd(high, low, c):
    """c * (high, low) / 2**128, its lowest bit set where anything but the error of (high, low) was cut off."""
    y0 = rmul(high, c)
    y1 = mulhu(high, c)
    x1 = mulhu(low, c)
    y0 = radd(y0, x1)
    y1 += rult(y0, x1)
    # y0 is at most 1 by the error alone.
    return y1 | 1 if rult(1, y0) else y1


def _digits_of(n):
    """Decimal digits of n, 1 <= n < 10**18."""
    # 1233 / 4096 is log10(2) rounded up: the estimate is right or one short.
    t = ((64 - clz(n)) * 1233) >> 12
    return t + 1 if n >= _TENS[t] else t


def _put_padded(n, width):
    """Writes n with leading zeros up to `width` digits."""
    if width > 1:
        q = mulhu(n, _TENTH) >> 3
        _put_padded(q, width - 1)
        n -= q * 10
    put(n + 48)


def _put_zeros(n):
    while n > 0:
        put(48)
        n -= 1


def _put_shortest(s, k):
    """Writes s * 10**k, s > 0, as repr() shows it. s may end in zeros."""
    while True:
        q = mulhu(s, _TENTH) >> 3
        if q * 10 != s:
            break
        s = q
        k += 1
    n = _digits_of(s)
    # The decimal point stands behind this many digits.
    point = n + k
    if 0 < point <= 16:
        if k >= 0:
            put_unsigned(s)
            _put_zeros(k)
            write_text('.0')
        else:
            p = _TENS[-k]
            q = s // p
            put_unsigned(q)
            put(46)
            _put_padded(s - q * p, -k)
    elif -4 < point <= 0:
        write_text('0.')
        _put_zeros(-point)
        put_unsigned(s)
    else:
        if n > 1:
            p = _TENS[n - 1]
            q = s // p
            put(q + 48)
            put(46)
            _put_padded(s - q * p, n - 1)
        else:
            put(s + 48)
        e = point - 1
        put(101)
        if e < 0:
            put(45)
            e = -e
        else:
            put(43)
        if e < 10:
            put(48)
        put_unsigned(e)


def put_float(x):
    """Writes repr(x)."""
    bits = retag(x, 'INT')
    fraction = bits & 0xFFFFFFFFFFFFF
    exponent = extract(bits, 48, 15) >> 4
    if exponent == 2047 and fraction != 0:
        write_text('nan')
        return
    if bits < 0:
        put(45)
    if exponent == 2047:
        write_text('inf')
        return
    if exponent == 0:
        if fraction == 0:
            write_text('0.0')
            return
        c = fraction
        q = -1074
    else:
        c = fraction | 1 << 52
        q = exponent - 1075
        # A whole number below 2**53 needs no rounding.
        if -53 < q <= 0 and (q == 0 or rshl(c, 64 + q) == 0):
            _put_shortest(rshr(c, -q), 0)
            return
    # Below a power of two the next smaller double is only half as far away.
    closer = 1 if fraction == 0 and exponent > 1 else 0
    # floor(log10(2**q)), or of 3/4 * 2**q.
    k = (q * 1262611 - (524031 if closer else 0)) >> 22
    # floor(log2(10**-k)) + 1 + q: 1 to 4.
    h = q + ((-k * 1741647) >> 19) + 1
    high = power_of_ten(-k)
    low = power_of_ten_low()
    odd = c & 1
    c = c << 2
    lower = _round_to_odd(high, low, (c - 2 + closer) << h) + odd
    v = _round_to_odd(high, low, c << h)
    upper = _round_to_odd(high, low, (c + 2) << h) - odd
    s = v >> 2
    if s >= 10:
        t = mulhu(s, _TENTH) >> 3
        below = lower <= 40 * t
        above = 40 * t + 40 <= upper
        if below != above:
            _put_shortest(t + 1 if above else t, k + 1)
            return
    below = lower <= 4 * s
    above = 4 * s + 4 <= upper
    if below != above:
        if above:
            s += 1
    elif v > 4 * s + 2 or v == 4 * s + 2 and s & 1 != 0:
        s += 1
    _put_shortest(s, k)
