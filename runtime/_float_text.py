"""Writes a float as repr() does: the shortest decimal that reads back as the same double.

The algorithm is Schubfach (Raffaello Giulietti, "The Schubfach way to render doubles", 2020), which needs 10**k to 126
bits from above. Its table of 617 powers is replaced by every 27th of them (128 bits, rounded up) times a power of five
below 2**63: the product, plus one, is above the exact value by at most 3 units of its 128 bits, and Schubfach allows 4.
"""
from _console import write_text, put, put_unsigned
from _core import clz, extract, mulhu, radd, retag, rmul, rshl, rshr, rult

# 10**(27 * j - 292) * 2**r, rounded up, as high and low words: r such that bit 127 is the highest one.
_HIGH = (
    -0x884E03414323B1,
    -0x31A28C00BFD2671D,
    -0x594CB52736203F91,
    -0x79572C61088E9B44,
    -0x26722511E6F9738A,
    -0x5042DCAF9BB11531,
    -0x720A10543A686371,
    -0x1AA66F7862235543,
    -0x46BB8F6C70576432,
    -0x6A579C89D8676553,
    -0xE36FF7F4508D34F,
    -0x3CB0000000000000,
    -0x623A5257D48F4A63,
    -0x11AF48FDA3C95F8,
    -0x321902A1F65430DA,
    -0x59AC66CF409400BB,
    -0x79A4796DA4643A3E,
    -0x26EF0800D7F9625C,
    -0x50A7BE99AB594545,
    -0x725B8E56218C81DC,
    -0x1B2A17DC6D5BFAEB,
    -0x4725E99D184FF5E9,
    -0x6AAD85ADFD20F335,
)
_LOW = (
    0x25E8E89C13BB0F7B,
    -0x4F5C2DED237ED70,
    -0xBD055B73F15B7E1,
    -0x51A20063FDFCCE68,
    0x3BADD624DD9B0958,
    -0x1A2E6D6106F76705,
    -0x3572C005E10B9C3E,
    -0x33BDF595EFE2FAEA,
    -0x7F71BF172A4C196,
    -0x2218FFEC865BB557,
    0x5324C68B12DD6339,
    0x0,
    -0xFE0000000000000,
    0x2F236D04753D5B5,
    -0x12B3FDD94AA19079,
    -0x7B247CB94879EAE3,
    0xB8A2392BA45A9B3,
    0x1B2BA1518094DA05,
    0x387AC8D1970027B3,
    0x5CEAECFED289E5D3,
    0xFABAF3FEAA5334B,
    0x3D6A751F3B936244,
    0xF37801E0C43EBC9,
)

# Powers of five, 5**0 to 5**26.
_FIVES = (
    1,
    5,
    25,
    125,
    625,
    3125,
    15625,
    78125,
    390625,
    1953125,
    9765625,
    48828125,
    244140625,
    1220703125,
    6103515625,
    30517578125,
    152587890625,
    762939453125,
    3814697265625,
    19073486328125,
    95367431640625,
    476837158203125,
    2384185791015625,
    11920928955078125,
    59604644775390625,
    298023223876953125,
    1490116119384765625,
)

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
    j = (292 - k) // 27
    offset = 292 - k - j * 27
    high = _HIGH[j]
    low = _LOW[j]
    if offset != 0:
        # (high, low) * 5**offset, brought back to 128 bits.
        five = _FIVES[offset]
        shift = ((-k * 1741647) >> 19) - (((27 * j - 292) * 1741647) >> 19) - offset
        bottom = rmul(low, five)
        middle = mulhu(low, five)
        top = mulhu(high, five)
        high = rmul(high, five)
        middle = radd(middle, high)
        top = radd(top, rult(middle, high))
        if shift != 0:
            high = rshl(top, 64 - shift) | rshr(middle, shift)
            low = rshl(middle, 64 - shift) | rshr(bottom, shift)
        else:
            high = middle
            low = bottom
    low = radd(low, 1)
    if low == 0:
        high = radd(high, 1)
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
