"""Powers of ten to 128 bits, from a small table: every 27th of them, times a power of five below 2**63."""
from _core import mulhu, radd, rmul, rshl, rshr, rult

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

_low = 0


def power_of_five(e):
    """5**e, 0 <= e <= 26."""
    return _FIVES[e]


def exponent_of_ten(e):
    """floor(log2(10**e)), |e| <= 1233."""
    return (e * 1741647) >> 19


def power_of_ten(e):
    """High word of 10**e * 2**r, -292 <= e <= 324, r such that bit 127 is the highest one; power_of_ten_low() has the rest.

    The 128 bits are above the exact value, by at most 3 units.
    """
    global _low
    j = (e + 292) // 27
    offset = e + 292 - j * 27
    high = _HIGH[j]
    low = _LOW[j]
    if offset != 0:
        # (high, low) * 5**offset, brought back to 128 bits.
        five = _FIVES[offset]
        shift = exponent_of_ten(e) - exponent_of_ten(27 * j - 292) - offset
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
    # Rounded up, once more for what the shift cut off.
    low = radd(low, 1)
    _low = low
    return radd(high, 1) if low == 0 else high


def power_of_ten_low():
    """Low word of the power that power_of_ten() was last asked for."""
    return _low
