"""Reading slices: `x[start:stop:step]` of lists, tuples and strings."""
from _core import has_attribute, is_tag, store_at
from _errors import is_object, is_text, kind_name
from _sequences import new_tuple
from _text import concatenate


def _bound(x, lowest, highest, length):
    """The bound `x` of a slice, counted from the end where it is negative, and brought into the sequence."""
    if is_object(x) and has_attribute(x, '__index__'):
        x = x.__index__()
    if not is_tag(x, 'INT') and not is_tag(x, 'BOOL'):
        raise TypeError('slice indices must be integers or None or have an __index__ method')
    x = x + 0
    if x < 0:
        x += length
        if x < lowest:
            return lowest
    return highest if x > highest else x


def get_slice(x, start, stop, step):
    """x[start:stop:step]; bounds that are left out are None."""
    if not is_text(x) and not is_tag(x, 'LIST') and not is_tag(x, 'TUPLE'):
        if is_object(x) and has_attribute(x, '__getitem__'):
            raise NotImplementedError("slices of '" + kind_name(x) + "' by __getitem__ are not supported yet")
        raise TypeError("'" + kind_name(x) + "' object is not subscriptable")
    length = len(x)
    if step is None:
        step = 1
    elif not is_tag(step, 'INT') and not is_tag(step, 'BOOL'):
        raise TypeError('slice indices must be integers or None or have an __index__ method')
    if step == 0:
        raise ValueError('slice step cannot be zero')
    lowest = 0
    highest = length
    if step < 0:
        lowest = -1
        highest = length - 1
    if start is None:
        start = highest if step < 0 else lowest
    else:
        start = _bound(start, lowest, highest, length)
    if stop is None:
        stop = lowest if step < 0 else highest
    else:
        stop = _bound(stop, lowest, highest, length)
    count = 0
    if step > 0 and stop > start:
        count = (stop - start - 1) // step + 1
    elif step < 0 and start > stop:
        count = (start - stop - 1) // -step + 1
    if count == length and step == 1 and not is_tag(x, 'LIST'):
        return x
    return _take(x, start, step, count)


def _take(x, start, step, count):
    """`count` items of `x` from `start` on, every `step` items."""
    if is_tag(x, 'LIST'):
        items = []
        for i in range(count):
            items.append(x[start + i * step])
        return items
    if is_tag(x, 'TUPLE'):
        if count == 0:
            return ()
        result = new_tuple(count)
        for i in range(count):
            store_at(result, i + 1, x[start + i * step])
        return result
    text = ''
    for i in range(count):
        text = concatenate(text, x[start + i * step])
    return text
