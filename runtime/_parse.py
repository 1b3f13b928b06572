"""int(text) and float(text), decimal and ASCII only."""
from _capture import repr_text
from _console import character
from _core import convert, retag
from _power import from_decimal


def _is_space(c):
    return 9 <= c <= 13 or 28 <= c <= 32


def _start(s):
    """Index of the first character that is no white space."""
    i = 0
    while i < len(s) and _is_space(character(s, i)):
        i += 1
    return i


def _end(s):
    """Index behind the last character that is no white space."""
    n = len(s)
    while n > 0 and _is_space(character(s, n - 1)):
        n -= 1
    return n


def _digits_end(s, i, end):
    """Index behind the digits from `i` on, single underscores between them included; `i` where there is none."""
    start = i
    while i < end:
        c = character(s, i)
        if c == 95 and i > start and i + 1 < end:
            i += 1
            c = character(s, i)
            if c < 48 or c > 57:
                return i - 1
        if c < 48 or c > 57:
            break
        i += 1
    return i


def _refuse_foreign_digits(s, letters):
    """NotImplementedError where only characters beyond ASCII are wrong: Python takes digits and spaces of all scripts.

    `letters` are the ASCII characters besides digits, spaces, signs and underscores that may stand in the text.
    """
    foreign = False
    for i in range(len(s)):
        c = character(s, i)
        if c > 127:
            foreign = True
        elif not (48 <= c <= 57 or _is_space(c) or c == 43 or c == 45 or c == 95 or s[i] in letters):
            return
    if foreign:
        raise NotImplementedError('digits and spaces beyond ASCII are not supported yet: ' + repr_text(s))


def parse_int(s):
    """int(s); ValueError."""
    i = _start(s)
    end = _end(s)
    negative = False
    if i < end:
        c = character(s, i)
        negative = c == 45
        if negative or c == 43:
            i += 1
    if i >= end or _digits_end(s, i, end) != end:
        _refuse_foreign_digits(s, '')
        raise ValueError('invalid literal for int() with base 10: ' + repr_text(s))
    # Downwards, because -2**63 has no positive counterpart.
    n = 0
    while i < end:
        c = character(s, i)
        if c != 95:
            n = n * 10 - (c - 48)
        i += 1
    return n if negative else -n


def _no_float(s):
    _refuse_foreign_digits(s, '.eE')
    raise ValueError('could not convert string to float: ' + repr_text(s))


def _same_letters(s, i, end, word):
    """Whether s[i:end] is `word`, which is in lower case, whatever its own case."""
    if end - i != len(word):
        return False
    for k in range(len(word)):
        c = character(s, i + k)
        if 65 <= c <= 90:
            c += 32
        if c != character(word, k):
            return False
    return True


def _magnitude(s, i, end):
    """The float in s[i:end], which has no sign."""
    if _same_letters(s, i, end, 'inf') or _same_letters(s, i, end, 'infinity'):
        return retag(0x7FF0000000000000, 'FLOAT')
    if _same_letters(s, i, end, 'nan'):
        return retag(0x7FF8000000000000, 'FLOAT')
    # Up to 18 digits, w * 10**e; `more` where others than zeros follow.
    w = 0
    e = 0
    more = False
    point = _digits_end(s, i, end)
    last = point
    if point < end and character(s, point) == 46:
        last = _digits_end(s, point + 1, end)
        if last == point + 1 and point == i:
            _no_float(s)
    elif point == i:
        _no_float(s)
    for k in range(i, last):
        c = character(s, k)
        if c != 95 and c != 46:
            if w < 100000000000000000:
                w = w * 10 + (c - 48)
                e -= 1 if k > point else 0
            else:
                more = more or c != 48
                e += 1 if k < point else 0
    if last < end:
        c = character(s, last)
        if c != 69 and c != 101:
            _no_float(s)
        last += 1
        sign = character(s, last) if last < end else 0
        if sign == 45 or sign == 43:
            last += 1
        if last >= end or _digits_end(s, last, end) != end:
            _no_float(s)
        power = 0
        while last < end:
            c = character(s, last)
            if c != 95 and power < 100000:
                power = power * 10 + (c - 48)
            last += 1
        e += -power if sign == 45 else power
    if w == 0:
        return 0.0
    if not more and w <= 9007199254740992 and -18 <= e <= 18:
        # Both are doubles, so that the one operation rounds right.
        return w / 10**-e if e < 0 else convert(w) * convert(10**e)
    r = from_decimal(w, e)
    if more and from_decimal(w + 1, e) != r:
        raise NotImplementedError('a float with this many digits is not supported yet: ' + repr_text(s))
    return r


def parse_float(s):
    """float(s); ValueError."""
    i = _start(s)
    end = _end(s)
    if i >= end:
        _no_float(s)
    c = character(s, i)
    if c == 45 or c == 43:
        i += 1
    r = _magnitude(s, i, end)
    return -r if c == 45 else r
