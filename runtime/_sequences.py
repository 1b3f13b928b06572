"""Lists and tuples: subscripts, concatenation, repetition, comparison, membership, unpacking, iteration of strings.

A list's word 1 is RAW {address 24, length 24, capacity 16}: the address is that of the first item, the storage block
begins one word earlier. A tuple's items lie from its word 1 on.
"""
from _core import (
    UNBOUND,
    allocate,
    class_of,
    copy_words,
    extract,
    has_attribute,
    is_tag,
    load,
    load_at,
    radd,
    retag,
    rshl,
    store,
    store_at,
    trapped_instruction,
    type_name,
)
from _errors import is_in_place, is_object, is_text, kind_name, unordered
from _numbers import to_index
from _text import text_of_int


def new_tuple(n):
    """A tuple of n > 0 items, all UNBOUND: the caller stores them from word 1 on."""
    row = extract((None,), 48, 16)
    return retag(radd(retag(allocate(n + 1), 'INT'), rshl(n, 24) | rshl(row, 48)), 'TUPLE')


def _items(x):
    """Address of the first item of a list or tuple, less one word: item i lies at i + 1."""
    if is_tag(x, 'LIST'):
        return retag(extract(load(x, 1), 0, 24) - 1, 'RAW')
    return x


def _copy(target, start, source, n):
    """Copies n items from item 0 of `source` to item `start` of `target`; both as _items() gives them."""
    to = retag(radd(extract(target, 0, 24), start + 1), 'RAW')
    source = retag(extract(source, 0, 24) + 1, 'RAW')
    i = 0
    while n - i >= 8:
        copy_words(to, source, 8)
        to = retag(radd(to, 8), 'RAW')
        source = retag(radd(source, 8), 'RAW')
        i += 8
    n -= i
    for i in range(n):
        store_at(to, i, load_at(source, i))


def _set_storage(x, block, n, capacity):
    """Gives the list `x` the storage `block` with n items."""
    address = extract(block, 0, 24) + 1
    store(x, 1, retag(address | n << 24 | rshl(capacity, 48), 'RAW'))


def new_list(n):
    """A list of n items, all UNBOUND: the caller stores them."""
    x = []
    if n > 4:
        _set_storage(x, allocate(n + 1), n, n)
    else:
        # BLIST gave it room for 4.
        store(x, 1, retag(radd(load(x, 1), n << 24), 'RAW'))
    return x


def _reserve(x, n):
    """Makes room for n items in the list `x`, at least doubling what it has so that appending is amortised."""
    w = load(x, 1)
    length = extract(w, 24, 24)
    # Blocks of powers of two are size classes up to 256 words; one word is the header.
    words = 16
    while words <= n:
        words += words
    block = allocate(words)
    _copy(block, 0, _items(x), length)
    _set_storage(x, block, length, words - 1)


@trap('APPEND any any')
def _append(x, item):
    n = len(x)
    _reserve(x, n + 1)
    w = load(x, 1)
    store_at(retag(extract(w, 0, 24), 'RAW'), n, item)
    store(x, 1, retag(radd(w, 1 << 24), 'RAW'))


def extend(x, items):
    """x += items, in place."""
    if is_tag(items, 'LIST') or is_tag(items, 'TUPLE'):
        n = len(x)
        m = len(items)
        if n + m > extract(load(x, 1), 48, 16):
            _reserve(x, n + m)
        # `items` may be `x`: its items are where they were, or have been copied in front of the new ones.
        _copy(_items(x), n, _items(items), m)
        store(x, 1, retag(radd(load(x, 1), m << 24), 'RAW'))
    else:
        for item in items:
            x.append(item)
    return x


def truncate(x, n):
    """Drops the items of the list `x` from item n on, 0 <= n <= len(x)."""
    w = load(x, 1)
    items = _items(x)
    # What lies behind the end of a list refers to nothing.
    for i in range(n + 1, extract(w, 24, 24) + 1):
        store_at(items, i, UNBOUND)
    store(x, 1, retag(radd(w, (n - extract(w, 24, 24)) << 24), 'RAW'))


def check_identity(x):
    """NotImplementedError for a NaN: Python takes one NaN object for equal to itself in a container, but not to another."""
    if is_tag(x, 'FLOAT') and x != x:
        raise NotImplementedError('whether two NaNs are one object is not known: floats have no identity')


def same_item(a, b):
    """Whether a container takes two items for the same: `a is b or a == b`."""
    if a is b:
        check_identity(a)
        return True
    return True if a == b else False


def check_iteration(x):
    """NotImplementedError for an object that Python iterates over by its `__getitem__`."""
    if is_object(x) and has_attribute(x, '__getitem__'):
        raise NotImplementedError("iteration over '" + type_name(x) + "' by __getitem__ is not supported yet")


def _new_like(x, n):
    return new_list(n) if is_tag(x, 'LIST') else new_tuple(n)


@trap('ADD sequence any')
def _concatenate(a, b):
    if is_tag(a, 'LIST') and is_in_place(trapped_instruction()):
        if is_object(b) and has_attribute(b, '__radd__'):
            r = b.__radd__(a)
            if not is_tag(r, 'NOTIMPLEMENTED'):
                return r
        return extend(a, b)
    if class_of(a) is class_of(b):
        n = len(a)
        m = len(b)
        if m == 0 and is_tag(a, 'TUPLE'):
            return a
        if n == 0 and is_tag(a, 'TUPLE'):
            return b
        r = _new_like(a, n + m)
        items = _items(r)
        _copy(items, 0, _items(a), n)
        _copy(items, n, _items(b), m)
        return r
    if is_object(b) and has_attribute(b, '__radd__'):
        r = b.__radd__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    kind = kind_name(a)
    raise TypeError('can only concatenate ' + kind + ' (not "' + kind_name(b) + '") to ' + kind)


def _fill(items, source, length, first, n):
    """Copies the `length` items of `source` to their places `first` to n - 1 in `items`, each place `length` wide."""
    if length == 1:
        item = load(source, 1)
        for i in range(first + 1, n + 1):
            store_at(items, i, item)
    else:
        for i in range(first, n):
            _copy(items, i * length, source, length)


def _repeat_in_place(x, n):
    length = len(x)
    if n <= 0:
        truncate(x, 0)
    elif length > 0:
        if length * n > extract(load(x, 1), 48, 16):
            _reserve(x, length * n)
        items = _items(x)
        _fill(items, items, length, 1, n)
        store(x, 1, retag(radd(load(x, 1), (length * n - length) << 24), 'RAW'))
    return x


@trap('MUL number sequence')
def _repeat_reversed(n, x):
    length = len(x)
    if n <= 0 or length == 0:
        return [] if is_tag(x, 'LIST') else ()
    if n == 1 and is_tag(x, 'TUPLE'):
        return x
    r = _new_like(x, length * n)
    _fill(_items(r), _items(x), length, 0, n)
    return r


@trap('MUL sequence number')
def _repeat(x, n):
    if is_tag(x, 'LIST') and is_in_place(trapped_instruction()):
        return _repeat_in_place(x, n)
    return _repeat_reversed(n, x)


@trap('EQ sequence sequence', 'EQ_BRANCH sequence sequence')
def _equal(a, b):
    n = len(a)
    if n != len(b) or class_of(a) is not class_of(b):
        return False
    for i in range(n):
        x = a[i]
        y = b[i]
        if x is y:
            check_identity(x)
        elif not x == y:
            return False
    return True


@trap('NE sequence sequence', 'NE_BRANCH sequence sequence')
def _differ(a, b):
    return not _equal(a, b)


def _item_order(symbol, a, b):
    """Index of the first items of two sequences that differ, -1 where one is a part of the other; TypeError."""
    if class_of(a) is not class_of(b):
        unordered(symbol, a, b)
    n = len(a)
    if n > len(b):
        n = len(b)
    for i in range(n):
        x = a[i]
        y = b[i]
        if x is y:
            check_identity(x)
        elif not x == y:
            return i
    return -1


@trap('LT sequence sequence')
def _before(a, b):
    i = _item_order('<', a, b)
    return len(a) < len(b) if i < 0 else a[i] < b[i]


@trap('LT_BRANCH sequence sequence')
def _before_branch(a, b):
    return True if _before(a, b) else False


@trap('LE sequence sequence')
def _not_behind(a, b):
    i = _item_order('<=', a, b)
    return len(a) <= len(b) if i < 0 else a[i] <= b[i]


@trap('LE_BRANCH sequence sequence')
def _not_behind_branch(a, b):
    return True if _not_behind(a, b) else False


@trap('GT sequence sequence')
def _behind(a, b):
    i = _item_order('>', a, b)
    return len(a) > len(b) if i < 0 else a[i] > b[i]


@trap('GT_BRANCH sequence sequence')
def _behind_branch(a, b):
    return True if _behind(a, b) else False


@trap('GE sequence sequence')
def _not_before(a, b):
    i = _item_order('>=', a, b)
    return len(a) >= len(b) if i < 0 else a[i] >= b[i]


@trap('GE_BRANCH sequence sequence')
def _not_before_branch(a, b):
    return True if _not_before(a, b) else False


@trap('IN any any')
def _contains(container, x):
    """x in container"""
    if is_tag(container, 'LIST') or is_tag(container, 'TUPLE'):
        i = 0
        while i < len(container):
            if same_item(container[i], x):
                return True
            i += 1
        return False
    if is_object(container):
        if has_attribute(container, '__contains__'):
            return True if container.__contains__(x) else False
        check_iteration(container)
    raise TypeError("argument of type '" + kind_name(container) + "' is not iterable")


@trap('NOT_IN any any')
def _lacks(container, x):
    return not _contains(container, x)


@trap('LOAD_ITEM any any')
def _item(x, i):
    if is_object(x):
        if has_attribute(x, '__getitem__'):
            return x.__getitem__(i)
    elif is_text(x):
        if is_object(i) and has_attribute(i, '__index__'):
            return x[to_index(i)]
        raise TypeError("string indices must be integers, not '" + kind_name(i) + "'")
    elif is_tag(x, 'LIST') or is_tag(x, 'TUPLE'):
        if is_tag(i, 'INT') or is_tag(i, 'BOOL'):
            raise IndexError(kind_name(x) + ' index out of range')
        if is_object(i) and has_attribute(i, '__index__'):
            return x[to_index(i)]
        raise TypeError(kind_name(x) + ' indices must be integers or slices, not ' + kind_name(i))
    if is_tag(x, 'CLASS'):
        raise TypeError("type '" + type_name(x) + "' is not subscriptable")
    raise TypeError("'" + kind_name(x) + "' object is not subscriptable")


@trap('STORE_ITEM any any')
def _store_item(x, i, value):
    if is_object(x) and has_attribute(x, '__setitem__'):
        x.__setitem__(i, value)
        return
    if is_tag(x, 'LIST'):
        if is_tag(i, 'INT') or is_tag(i, 'BOOL'):
            raise IndexError('list assignment index out of range')
        if is_object(i) and has_attribute(i, '__index__'):
            x[to_index(i)] = value
            return
        raise TypeError('list indices must be integers or slices, not ' + kind_name(i))
    raise TypeError("'" + kind_name(x) + "' object does not support item assignment")


@trap('DELETE_ITEM any any')
def _delete_item(x, i):
    if is_object(x) and has_attribute(x, '__delitem__'):
        x.__delitem__(i)
        return
    if is_tag(x, 'LIST'):
        if is_object(i):
            i = to_index(i)
        elif not (is_tag(i, 'INT') or is_tag(i, 'BOOL')):
            raise TypeError('list indices must be integers or slices, not ' + kind_name(i))
        n = len(x)
        if i < 0:
            i += n
        if i < 0 or i >= n:
            raise IndexError('list assignment index out of range')
        remove_item(x, i)
        return
    raise TypeError("'" + kind_name(x) + "' object doesn't support item deletion")


def remove_item(x, i):
    """Takes item i, 0 <= i < len(x), out of the list `x`."""
    n = len(x) - 1
    while i < n:
        x[i] = x[i + 1]
        i += 1
    truncate(x, n)


@trap('UNPACK any')
def _unpack(x):
    """The items of `x` as a tuple of as many as the instruction asks for."""
    instruction = trapped_instruction()
    n = extract(instruction, 21, 3) << 7 | extract(instruction, 0, 8) & 127
    if not (is_text(x) or is_tag(x, 'LIST') or is_tag(x, 'TUPLE')):
        check_iteration(x)
        raise TypeError('cannot unpack non-iterable ' + kind_name(x) + ' object')
    m = len(x)
    if m > n:
        raise ValueError('too many values to unpack (expected ' + text_of_int(n) + ')')
    if m < n:
        raise ValueError(
            'not enough values to unpack (expected ' + text_of_int(n) + ', got ' + text_of_int(m) + ')'
        )
    if n == 0:
        return ()
    r = new_tuple(n)
    for i in range(n):
        store_at(r, i + 1, x[i])
    return r


@builtin('ITER', name='str_iterator')
class TextIterator:
    pass


@trap('ITER str')
def _iterate_text(s):
    """An iterator over the characters of `s`: a block with the text and the next character's index."""
    block = allocate(3)
    store(block, 1, s)
    store(block, 2, 0)
    return retag(radd(retag(block, 'INT'), rshl(extract(TextIterator, 40, 16), 48)), 'ITER')


@trap('NEXT callable')
def _next_character(iterator):
    """The next character, or UNBOUND at the end."""
    s = load(iterator, 1)
    i = load(iterator, 2)
    if i >= len(s):
        return UNBOUND
    store(iterator, 2, i + 1)
    return s[i]


@trap('ITER any')
def _iterate(x):
    check_iteration(x)
    raise TypeError("'" + kind_name(x) + "' object is not iterable")
