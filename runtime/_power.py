"""Powers: of ints by squaring, of floats to whole exponents correctly rounded, and square roots; decimals to doubles.

A power of a double is computed with 128-bit mantissas, which are cut off, and a bound of the error. The result is given
only where every value within the bound rounds to the same double, which fails once in 2**20 times or less for exponents
up to 2**50; so it is the correctly rounded one. Otherwise, and for other exponents, NotImplementedError. CPython shows
what its C library's pow() gives, which is a unit in the last place off for about one result in a thousand.

The working values lie in globals so that a power allocates nothing.
"""
from _core import clz, convert, extract, is_tag, mulhu, radd, retag, rmul, rshl, rshr, rsub, rult, square_root
from _numbers import floor, remainder
from _tens import exponent_of_ten, power_of_five, power_of_ten, power_of_ten_low

# Bit 63 alone.
_TOP = -0x8000000000000000
_INFINITY = 0x7FF0000000000000

# Result so far: (high * 2**64 + low) * 2**(exponent - 127) with bit 127 set, at most `error` * 2**-127 of itself too low.
_high = 0
_low = 0
_exponent = 0
_error = 0


def _multiply(ah, al, bh, bl, exponent, error):
    """Sets the result to a * b; `exponent` and `error` are the sums of those of a and b."""
    global _high, _low, _exponent, _error
    # The product's words from the lowest on, w0 to w3.
    w0 = rmul(al, bl)
    w1 = mulhu(al, bl)
    w2 = mulhu(al, bh)
    w3 = mulhu(ah, bh)
    x = rmul(al, bh)
    w1 = radd(w1, x)
    w2 = radd(w2, rult(w1, x))
    x = rmul(ah, bl)
    w1 = radd(w1, x)
    # A high word of a product is never all ones, so that adding a carry to it does not carry.
    x = radd(mulhu(ah, bl), rult(w1, x))
    w2 = radd(w2, x)
    w3 = radd(w3, rult(w2, x))
    x = rmul(ah, bh)
    w2 = radd(w2, x)
    w3 = radd(w3, rult(w2, x))
    if w3 < 0:
        exponent += 1
    else:
        w3 = rshl(w3, 1) | rshr(w2, 63)
        w2 = rshl(w2, 1) | rshr(w1, 63)
        w1 = rshl(w1, 1)
    if error != 0 or w1 != 0 or w0 != 0:
        # One unit for what is cut off here, one for the product of the errors.
        error += 2
    _high = w3
    _low = w2
    _exponent = exponent
    _error = error


def _invert():
    """Sets the result to its reciprocal."""
    global _high, _low, _exponent, _error
    if _high == _TOP and _low == 0 and _error == 0:
        _exponent = -_exponent
        return
    high = 0
    low = 0
    # Long division of 2**255, a bit at a time; the remainder is (rh, rl).
    rh = _TOP
    rl = 0
    for i in range(128):
        carry = rh < 0
        rh = rshl(rh, 1) | rshr(rl, 63)
        rl = rshl(rl, 1)
        high = rshl(high, 1) | rshr(low, 63)
        low = rshl(low, 1)
        if carry or rult(_high, rh) or rh == _high and not rult(rl, _low):
            rh = rsub(rsub(rh, _high), rult(rl, _low))
            rl = rsub(rl, _low)
            low = low | 1
    _high = high
    _low = low
    _exponent = -_exponent - 1
    # A result too low makes its reciprocal too high: lowered by twice the bound it is too low again.
    x = 2 * _error
    if rult(_low, x):
        _high = rsub(_high, 1)
    _low = rsub(_low, x)
    _error = 2 * x + 2


def _rounded(high, low, drop):
    """(high, low) without the low word and the lowest `drop` bits of the high one, 11 to 64, to nearest even."""
    kept = rshr(high, drop) if drop < 64 else 0
    tail = rshl(high, 64 - drop)
    if tail >= 0:
        return kept
    if tail == _TOP and low == 0:
        return kept + (kept & 1)
    return kept + 1


def _as_double():
    """The result as a double, correctly rounded; infinity beyond the range."""
    if _exponent > 1023:
        return retag(_INFINITY, 'FLOAT')
    drop = 11
    if _exponent < -1022:
        drop -= 1022 + _exponent
        if drop > 64:
            return 0.0
    m = _rounded(_high, _low, drop)
    if _error != 0:
        # The error in units of `low`: a mantissa is below 2.
        x = 2 * _error + 2
        low = radd(_low, x)
        high = radd(_high, rult(low, x))
        if high >= 0 or _rounded(high, low, drop) != m:
            raise NotImplementedError('float power that is too close to call is not supported yet')
    # A mantissa that was rounded up to 2**53 moves on to the next exponent by itself.
    if drop == 11:
        m += (_exponent + 1022) << 52
    return retag(m, 'FLOAT')


def _whole_power(x, n):
    """x ** n for a finite x > 0 and n != 0, |n| < 2**62."""
    global _high, _low, _exponent, _error
    bits = retag(x, 'INT')
    e = extract(bits, 48, 15) >> 4
    if e == 0:
        # A subnormal: scaled to a normal double, exactly.
        bits = retag(x * 18014398509481984.0, 'INT')
        e = (extract(bits, 48, 15) >> 4) - 54
    ah = rshl(bits, 11) | _TOP
    al = 0
    ae = e - 1023
    error = 0
    count = n if n > 0 else -n
    _high = _TOP
    _low = 0
    _exponent = 0
    _error = 0
    while True:
        if count & 1 != 0:
            _multiply(_high, _low, ah, al, _exponent + ae, _error + error)
        count >>= 1
        # All factors are on the same side of 1, so that one beyond the range decides.
        if count == 0 or not -1100 < ae < 1100:
            break
        rh = _high
        rl = _low
        re = _exponent
        rr = _error
        _multiply(ah, al, ah, al, ae + ae, error + error)
        ah = _high
        al = _low
        ae = _exponent
        error = _error
        _high = rh
        _low = rl
        _exponent = re
        _error = rr
    if count != 0:
        _exponent = ae
    if not -1100 < _exponent < 1100:
        if (_exponent > 0) == (n > 0):
            raise OverflowError(34, 'Numerical result out of range')
        return 0.0
    if n < 0:
        _invert()
    r = _as_double()
    if r - r != 0.0:
        raise OverflowError(34, 'Numerical result out of range')
    return r


def from_decimal(w, e):
    """The double nearest to w * 10**e, 0 < w < 2**63; infinity beyond the range."""
    global _high, _low, _exponent, _error
    # Only then can the value lie half-way between two doubles, or be one, for e < 0.
    halves = 0
    while e < 0 and w % 5 == 0:
        w //= 5
        e += 1
        halves += 1
    if e > 330 or e < -400:
        return retag(_INFINITY, 'FLOAT') if e > 0 else 0.0
    shift = clz(w)
    _high = rshl(w, shift)
    _low = 0
    _exponent = 63 - shift - halves
    _error = 0
    while e != 0:
        step = e
        if 0 < e <= 26:
            high = power_of_five(e)
            shift = clz(high)
            _multiply(_high, _low, rshl(high, shift), 0, _exponent + 63 - shift + e, _error)
        else:
            step = -292 if e < -292 else e
            if step > 300:
                step = 300
            high = power_of_ten(step)
            low = power_of_ten_low()
            # From at most 3 units above to less than 5 below.
            if rult(low, 4):
                high = rsub(high, 1)
            _multiply(_high, _low, high, rsub(low, 4), _exponent + exponent_of_ten(step), _error + 8)
        e -= step
    return _as_double()


def _float_power(x, y):
    """x ** y of floats, with the special cases of C's pow() as Python shows them."""
    if y == 0.0 or x == 1.0:
        return 1.0
    if x != x or y != y:
        return x + y
    magnitude = abs(x)
    if y - y != 0.0:
        # An infinite exponent.
        if magnitude == 1.0:
            return 1.0
        return abs(y) if (y > 0.0) == (magnitude > 1.0) else 0.0
    odd = abs(remainder(y, 2.0)) == 1.0
    if x == 0.0 or x - x != 0.0:
        if x == 0.0 and y < 0.0:
            raise ZeroDivisionError('0.0 cannot be raised to a negative power')
        r = magnitude if y > 0.0 else 0.0
        return -r if odd and retag(x, 'INT') < 0 else r
    if floor(y) != y:
        if x < 0.0:
            raise NotImplementedError('complex numbers are not supported')
        if y == 0.5:
            return square_root(x)
        raise NotImplementedError('float power with a fractional exponent is not supported yet')
    if y == 1.0:
        return x
    if magnitude == 1.0:
        r = 1.0
    elif abs(y) >= 4611686018427387904.0:
        if (y > 0.0) == (magnitude > 1.0):
            raise OverflowError(34, 'Numerical result out of range')
        r = 0.0
    else:
        r = _whole_power(magnitude, convert(y))
    return -r if odd and x < 0.0 else r


@trap('POW number number')
def _int_power(a, b):
    if b < 0:
        if a == 0:
            raise ZeroDivisionError('0.0 cannot be raised to a negative power')
        return _float_power(convert(a), convert(b))
    r = 1
    while True:
        if b & 1 != 0:
            r *= a
        b >>= 1
        if b == 0:
            return r
        a *= a


@trap('POW float float', 'POW float number', 'POW number float')
def _power(x, y):
    return _float_power(
        x if is_tag(x, 'FLOAT') else convert(x),
        y if is_tag(y, 'FLOAT') else convert(y),
    )
