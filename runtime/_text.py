"""Strings: concatenation, repetition, comparison, subscripts and membership, as trap handlers.

A str is a STR7 word (ASCII, at most 7 characters), or a STR reference to ASCII bytes, or, with bit 47 of the reference
set, to 32-bit code points, two a word from the low half on. An ASCII text of at most 7 characters is always a STR7 and
an ASCII text is never wide, so texts of different form differ. Bytes beyond the end of a text are zero.
"""
from _console import character
from _core import allocate, clz, extract, is_tag, load_at, radd, retag, rshl, rshr, rsub, store_at, store_byte
from _errors import kind_name


def is_wide(s):
    """Whether the str `s` holds code points instead of ASCII bytes."""
    return is_tag(s, 'STR') and extract(s, 47, 1) != 0


def _new_text(n, wide):
    """RAW address of a block for `n` characters, all zero."""
    words = (n + 1) >> 1 if wide else (n + 7) >> 3
    block = allocate(words + 1)
    zero = retag(0, 'RAW')
    while words > 0:
        store_at(block, words, zero)
        words -= 1
    return block


def _text_word(block, n, wide):
    """The STR word of a block: more than 7 characters, or wide."""
    # Any long literal is a STR and has its row.
    row = extract('a long text', 48, 16)
    return retag(radd(retag(block, 'INT'), rshl(n, 24) | rshl(wide, 47) | rshl(row, 48)), 'STR')


def _word(s, i):
    """Word i of the contents of `s`, as INT; zero beyond a STR7's only one."""
    if is_tag(s, 'STR7'):
        return rshr(s, 8) if i == 0 else 0
    return retag(load_at(s, i + 1), 'INT')


def _add_bytes(block, position, s):
    """Puts the ASCII str `s` into a block of bytes that is zero from character `position` on."""
    shift = (position & 7) << 3
    k = (position >> 3) + 1
    for i in range((len(s) + 7) >> 3):
        w = _word(s, i)
        store_at(block, k, retag(radd(load_at(block, k), rshl(w, shift)), 'RAW'))
        k += 1
        if shift != 0:
            w = rshr(w, 64 - shift)
            # Zero bytes may lie beyond the block's last word.
            if w != 0:
                store_at(block, k, retag(w, 'RAW'))


def _add_wide(block, position, s):
    """Puts the str `s` into a block of code points that is zero from character `position` on."""
    for i in range(len(s)):
        k = ((position + i) >> 1) + 1
        code = rshl(character(s, i), ((position + i) & 1) << 5)
        store_at(block, k, retag(radd(load_at(block, k), code), 'RAW'))


def text_of(code):
    """The str of one character."""
    if code < 128:
        return retag(code << 8 | 1, 'STR7')
    block = _new_text(1, 1)
    store_at(block, 1, retag(code, 'RAW'))
    return _text_word(block, 1, 1)


def text_of_codes(codes, start):
    """The str of the code points in the list `codes` from item `start` on."""
    n = len(codes) - start
    wide = 0
    for i in range(start, start + n):
        if codes[i] > 127:
            wide = 1
    if wide == 0 and n <= 7:
        r = n
        for i in range(n):
            r = r | rshl(codes[start + i], 8 * i + 8)
        return retag(r, 'STR7')
    block = _new_text(n, wide)
    for i in range(n):
        if wide == 0:
            store_byte(block, i + 8, codes[start + i])
        else:
            k = (i >> 1) + 1
            store_at(block, k, retag(radd(load_at(block, k), rshl(codes[start + i], (i & 1) << 5)), 'RAW'))
    return _text_word(block, n, wide)


@trap('ADD str str')
def concatenate(a, b):
    """a + b"""
    n = len(a)
    m = len(b)
    if n == 0:
        return b
    if m == 0:
        return a
    if is_wide(a) or is_wide(b):
        block = _new_text(n + m, 1)
        _add_wide(block, 0, a)
        _add_wide(block, n, b)
        return _text_word(block, n + m, 1)
    if n + m <= 7:
        return retag(radd(radd(a, m), rshl(rshr(b, 8), 8 * n + 8)), 'STR7')
    block = _new_text(n + m, 0)
    _add_bytes(block, 0, a)
    _add_bytes(block, n, b)
    return _text_word(block, n + m, 0)


def text_of_int(n):
    """str(n) of an int."""
    if n < 0:
        # The last digit before the rest: -2**63 has no positive counterpart.
        q = (n + 9) // 10
        tail = text_of(48 + q * 10 - n)
        return concatenate('-', concatenate(text_of_int(-q), tail) if q != 0 else tail)
    if n < 10:
        return text_of(48 + n)
    q = n // 10
    return concatenate(text_of_int(q), text_of(48 + n - q * 10))


@trap('MUL str number')
def _repeat(s, n):
    if n <= 0:
        return ''
    length = len(s)
    if n == 1 or length == 0:
        return s
    total = length * n
    if is_wide(s):
        block = _new_text(total, 1)
        for i in range(n):
            _add_wide(block, i * length, s)
        return _text_word(block, total, 1)
    if total <= 7:
        r = ''
        for i in range(n):
            r = concatenate(r, s)
        return r
    block = _new_text(total, 0)
    for i in range(n):
        _add_bytes(block, i * length, s)
    return _text_word(block, total, 0)


@trap('MUL number str')
def _repeat_reversed(n, s):
    return _repeat(s, n)


def _equal(a, b):
    """Whether two strs hold the same text."""
    if a is b:
        return True
    if is_tag(a, 'STR7') or is_tag(b, 'STR7') or extract(a, 24, 24) != extract(b, 24, 24):
        return False
    words = (len(a) + 1) >> 1 if is_wide(a) else (len(a) + 7) >> 3
    for i in range(1, words + 1):
        if load_at(a, i) is not load_at(b, i):
            return False
    return True


def _before(a, b):
    """Whether the str `a` sorts before `b`."""
    n = len(a)
    if n > len(b):
        n = len(b)
    if is_wide(a) or is_wide(b):
        for i in range(n):
            c = character(a, i)
            d = character(b, i)
            if c != d:
                return c < d
    else:
        for i in range((n + 7) >> 3):
            c = _word(a, i)
            d = _word(b, i)
            x = c ^ d
            if x != 0:
                # The first byte that differs holds the lowest bit that does.
                shift = (63 - clz(x & rsub(0, x))) & 56
                return (rshr(c, shift) & 255) < (rshr(d, shift) & 255)
    return len(a) < len(b)


@trap('EQ str str', 'EQ_BRANCH str str')
def _texts_equal(a, b):
    return _equal(a, b)


@trap('NE str str', 'NE_BRANCH str str')
def _texts_differ(a, b):
    return not _equal(a, b)


@trap('LT str str', 'LT_BRANCH str str')
def _text_before(a, b):
    return _before(a, b)


@trap('LE str str', 'LE_BRANCH str str')
def _text_not_behind(a, b):
    return not _before(b, a)


@trap('GT str str', 'GT_BRANCH str str')
def _text_behind(a, b):
    return _before(b, a)


@trap('GE str str', 'GE_BRANCH str str')
def _text_not_before(a, b):
    return not _before(a, b)


def _occurs(text, part):
    """Whether the str `part` is somewhere in `text`."""
    m = len(part)
    for start in range(len(text) - m + 1):
        i = 0
        while i < m and character(text, start + i) == character(part, i):
            i += 1
        if i == m:
            return True
    return False


@trap('IN str any')
def _in_text(text, part):
    if not (is_tag(part, 'STR7') or is_tag(part, 'STR')):
        raise TypeError("'in <string>' requires string as left operand, not " + kind_name(part))
    return _occurs(text, part)


@trap('NOT_IN str any')
def _not_in_text(text, part):
    return not _in_text(text, part)


@trap('LOAD_ITEM str number')
def text_item(s, i):
    """s[i]: where an index is out of range, or `s` is wide."""
    n = len(s)
    if i < 0:
        i += n
    if i < 0 or i >= n:
        raise IndexError('string index out of range')
    return text_of(character(s, i))
