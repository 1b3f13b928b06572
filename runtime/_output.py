"""Writes the text of any value to the console without allocating a word.

`write_value` writes `str(x)`, `write_repr` writes `repr(x)`. The texts are CPython 3.11's. Containers that hold themselves show
as `[...]` and `(...)`: a block's header carries a mark while its items are printed. An exception that leaves a user's
`__repr__` in the middle leaves the marks of the containers around it, which then print as `[...]`.

This module knows the layout of containers; it raises nothing of its own but TypeError for a `__str__` or `__repr__`
that returns no str.
"""
from _console import character, write_text, put, put_character, put_hex, put_int
from _core import class_of, extract, function_names, has_attribute, is_tag, load, retag, store, type_name
from _float_text import put_float


# Code points beyond Latin-1 in the program's literals that are not printable; stored where a program has some.
_escaped = ()


def _put_quoted(s):
    """Writes repr(s): single quotes unless the text holds some and no double quotes."""
    n = len(s)
    quote = 39
    for i in range(n):
        c = character(s, i)
        if c == 34:
            quote = 39
            break
        if c == 39:
            quote = 34
    put(quote)
    for i in range(n):
        c = character(s, i)
        if c == quote or c == 92:
            put(92)
            put(c)
        elif 32 <= c < 127:
            put(c)
        elif c == 10:
            put(92)
            put(110)
        elif c == 13:
            put(92)
            put(114)
        elif c == 9:
            put(92)
            put(116)
        elif c < 32 or 127 <= c < 161 or c == 173:
            put(92)
            put(120)
            put_hex(c, 2)
        elif c > 255 and c in _escaped:
            put(92)
            put(117 if c < 0x10000 else 85)
            put_hex(c, 4 if c < 0x10000 else 8)
        else:
            put_character(c)
    put(quote)


def _put_items(x):
    """Writes the items of the list or tuple `x`, or `...` where they are being written already."""
    # Bit 46 of the block's header (HDR.flags) marks a container whose items are being written.
    if len(x) == 0:
        return
    header = retag(load(x, 0), 'INT')
    if extract(header, 46, 1) != 0:
        write_text('...')
        return
    store(x, 0, retag(header | (1 << 46), 'HDR'))
    i = 0
    while i < len(x):
        if i > 0:
            write_text(', ')
        write_repr(x[i])
        i += 1
    if i == 1 and is_tag(x, 'TUPLE'):
        put(44)
    store(x, 0, retag(header, 'HDR'))


def _put_address(x):
    """Writes ` at 0x...>`, the end of a default repr: the word address where CPython has a byte address."""
    write_text(' at 0x')
    put_hex(extract(x, 0, 24), 6)
    put(62)


def _put_function_name(f):
    """Writes the qualified name of the FUNC `f`; functions of the runtime have none."""
    signature = function_names()[extract(f, 40, 16)]
    write_text('?' if is_tag(signature, 'NONE') else signature[0])


def write_class_name(c):
    """Writes the name of the CLASS word `c`, with its module before that of a program's class."""
    # CLASS.flags bit 2 (FUNC_FLAG.RUNTIME): a class of the runtime.
    if extract(c, 38, 1) == 0:
        write_text(c.__module__ if has_attribute(c, '__module__') else '__main__')
        put(46)
    write_text(type_name(c))


def _put_instance(x):
    put(60)
    write_class_name(class_of(x))
    write_text(' object')
    _put_address(x)


def write_exception_text(x):
    """Writes str() of the exception `x` without a `__str__` of its own: nothing, its only argument, or all of them."""
    n = len(x.args)
    if n == 1:
        # A KeyError's text is the repr of its key, so that a missing '' can be seen.
        if has_attribute(x, '_shows_repr'):
            write_repr(x.args[0])
        else:
            write_value(x.args[0])
    elif n > 1:
        write_repr(x.args)


def _items_call_back(x):
    """Whether an item of the list or tuple `x` is written by a method of the program."""
    if len(x) == 0:
        return False
    header = retag(load(x, 0), 'INT')
    # Marked as in _put_items: a container that is looked at already.
    if extract(header, 46, 1) != 0:
        return False
    store(x, 0, retag(header | (1 << 46), 'HDR'))
    r = False
    i = 0
    while i < len(x) and not r:
        r = repr_calls_back(x[i])
        i += 1
    store(x, 0, retag(header, 'HDR'))
    return r


def repr_calls_back(x):
    """Whether write_repr(x) calls a method of the program."""
    if is_tag(x, 'LIST') or is_tag(x, 'TUPLE'):
        return _items_call_back(x)
    if is_tag(x, 'OBJ') or is_tag(x, 'OBJX'):
        if has_attribute(x, '__repr__'):
            return True
        return has_attribute(x, '_is_exception') and _items_call_back(x.args)
    return is_tag(x, 'BOUND') and repr_calls_back(load(x, 2))


def text_calls_back(x):
    """Whether write_value(x) calls a method of the program other than one that gives the whole text."""
    if is_tag(x, 'OBJ') or is_tag(x, 'OBJX'):
        if has_attribute(x, '__str__') or not has_attribute(x, '_is_exception'):
            return False
        for item in x.args:
            if is_tag(item, 'OBJ') or is_tag(item, 'OBJX') or repr_calls_back(item):
                return True
        return False
    return repr_calls_back(x)


def write_repr(x):
    """Writes repr(x)."""
    if is_tag(x, 'INT'):
        put_int(x)
    elif is_tag(x, 'STR7') or is_tag(x, 'STR'):
        _put_quoted(x)
    elif is_tag(x, 'FLOAT'):
        put_float(x)
    elif is_tag(x, 'BOOL'):
        write_text('True' if x else 'False')
    elif is_tag(x, 'NONE'):
        write_text('None')
    elif is_tag(x, 'LIST'):
        put(91)
        _put_items(x)
        put(93)
    elif is_tag(x, 'TUPLE'):
        put(40)
        _put_items(x)
        put(41)
    elif is_tag(x, 'CLASS'):
        write_text("<class '")
        write_class_name(x)
        write_text("'>")
    elif is_tag(x, 'OBJ') or is_tag(x, 'OBJX'):
        if has_attribute(x, '__repr__'):
            s = x.__repr__()
            if not (is_tag(s, 'STR7') or is_tag(s, 'STR')):
                raise TypeError('__repr__ returned non-string (type ' + type_name(s) + ')')
            write_text(s)
        elif has_attribute(x, '_is_exception'):
            write_text(type_name(x))
            put(40)
            if len(x.args) == 1:
                write_repr(x.args[0])
            else:
                _put_items(x.args)
            put(41)
        else:
            _put_instance(x)
    elif is_tag(x, 'NOTIMPLEMENTED'):
        write_text('NotImplemented')
    elif is_tag(x, 'ELLIPSIS'):
        write_text('Ellipsis')
    elif is_tag(x, 'FUNC') or is_tag(x, 'CLOSURE'):
        write_text('<function ')
        _put_function_name(x if is_tag(x, 'FUNC') else load(x, 1))
        _put_address(x)
    elif is_tag(x, 'BOUND'):
        write_text('<bound method ')
        _put_function_name(load(x, 1))
        write_text(' of ')
        write_repr(load(x, 2))
        put(62)
    else:
        put(60)
        write_text(type_name(x))
        write_text(' object')
        _put_address(x)


def write_value(x):
    """Writes str(x)."""
    if is_tag(x, 'STR7') or is_tag(x, 'STR'):
        write_text(x)
    elif is_tag(x, 'OBJ') or is_tag(x, 'OBJX'):
        if has_attribute(x, '__str__'):
            s = x.__str__()
            if not (is_tag(s, 'STR7') or is_tag(s, 'STR')):
                raise TypeError('__str__ returned non-string (type ' + type_name(s) + ')')
            write_text(s)
        elif has_attribute(x, '_is_exception'):
            write_exception_text(x)
        else:
            write_repr(x)
    else:
        write_repr(x)
