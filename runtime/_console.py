"""Console output: bytes, characters, strings and whole numbers, written without allocating a word.

This module knows the console's registers and the layout of strings (isa/src/words.ts).
"""
from _core import extract, io_read, io_write, is_tag, load_at, load_byte, mulhu, radd, rmul, rshr, rsub

# Registers of isa/src/machine.ts IO.
_UART_TX = 128
_UART_STATUS = 129
_CONSOLE_ERR = 132

# Where put() sends bytes: 0 = UART, 1 = error stream of the console, 2 = the list of captured code points.
_sink = 0
_captured = []


def captured():
    """The list of code points that are put while output 2 is selected."""
    return _captured


def select_output(sink):
    """Sends what follows to the UART (0), the console's error stream (1) or captured() (2); returns what was before."""
    global _sink
    before = _sink
    _sink = sink
    return before


def put(byte):
    """Writes one byte; waits while the UART's transmitter is full (10 bit times a byte)."""
    if _sink == 0:
        while io_read(_UART_STATUS) & 1 == 0:
            pass
        io_write(_UART_TX, byte)
    elif _sink == 1:
        io_write(_CONSOLE_ERR, byte)
    else:
        _captured.append(byte)


def put_character(code):
    """Writes a code point, to a stream as UTF-8."""
    if code < 0x80 or _sink == 2:
        put(code)
    elif code < 0x800:
        put(0xC0 | (code >> 6))
        put(0x80 | (code & 63))
    elif code < 0x10000:
        put(0xE0 | (code >> 12))
        put(0x80 | ((code >> 6) & 63))
        put(0x80 | (code & 63))
    else:
        put(0xF0 | (code >> 18))
        put(0x80 | ((code >> 12) & 63))
        put(0x80 | ((code >> 6) & 63))
        put(0x80 | (code & 63))


def character(s, i):
    """Code point `i` of the str `s`; `i` is not checked."""
    if is_tag(s, 'STR7'):
        return rshr(s, 8 * i + 8) & 255
    if extract(s, 47, 1) == 0:
        return load_byte(s, i + 8)
    return rshr(load_at(s, (i >> 1) + 1), (i & 1) << 5) & 0xFFFFFFFF


def write_text(s):
    """Writes the str `s`."""
    n = len(s)
    if is_tag(s, 'STR7'):
        while n > 0:
            s = rshr(s, 8)
            put(s & 255)
            n -= 1
    else:
        for i in range(n):
            put_character(character(s, i))


def put_unsigned(n):
    """Writes the 64-bit unsigned payload `n` in decimal."""
    # n // 10: the high word of n * ceil(2**67 / 10), divided by 8, is exact for every unsigned 64-bit n.
    q = rshr(mulhu(n, -0x3333333333333333), 3)
    if q != 0:
        put_unsigned(q)
    put(radd(rsub(n, rmul(q, 10)), 48))


def put_int(n):
    """Writes the int `n` in decimal."""
    if n < 0:
        put(45)
        n = rsub(0, n)
    put_unsigned(n)


def put_hex(n, digits):
    """Writes the low `digits` hexadecimal digits of the int `n`."""
    shift = 4 * digits - 4
    while shift >= 0:
        d = rshr(n, shift) & 15
        put(48 + d if d < 10 else 87 + d)
        shift -= 4
