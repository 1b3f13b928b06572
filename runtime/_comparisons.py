"""Comparison and truth: of objects by their special methods, and of values of unlike types.

The branch forms of a comparison want a bool, so they take the truth of what the value forms return.
"""
from _core import has_attribute, is_tag, load_at
from _errors import is_object, kind_name, unordered


@trap('TRUTH any')
def truth(x):
    """bool(x), for what the hardware does not decide."""
    if is_object(x):
        if has_attribute(x, '__bool__'):
            r = x.__bool__()
            if not is_tag(r, 'BOOL'):
                raise TypeError('__bool__ should return bool, returned ' + kind_name(r))
            return r
        if has_attribute(x, '__len__'):
            return object_length(x) != 0
    return True


def object_length(x):
    """len(x) by its `__len__`."""
    n = x.__len__()
    if is_tag(n, 'BOOL'):
        n += 0
    if not is_tag(n, 'INT'):
        raise TypeError("'" + kind_name(n) + "' object cannot be interpreted as an integer")
    if n < 0:
        raise ValueError('__len__() should return >= 0')
    return n


@trap('LEN any')
def _length(x):
    if is_object(x) and has_attribute(x, '__len__'):
        return object_length(x)
    raise TypeError("object of type '" + kind_name(x) + "' has no len()")


@trap('LT any any')
def _lt(a, b):
    if is_object(a) and has_attribute(a, '__lt__'):
        r = a.__lt__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if is_object(b) and has_attribute(b, '__gt__'):
        r = b.__gt__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unordered('<', a, b)


@trap('LT_BRANCH any any')
def _lt_branch(a, b):
    return True if _lt(a, b) else False


@trap('LE any any')
def _le(a, b):
    if is_object(a) and has_attribute(a, '__le__'):
        r = a.__le__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if is_object(b) and has_attribute(b, '__ge__'):
        r = b.__ge__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unordered('<=', a, b)


@trap('LE_BRANCH any any')
def _le_branch(a, b):
    return True if _le(a, b) else False


@trap('GT any any')
def _gt(a, b):
    if is_object(a) and has_attribute(a, '__gt__'):
        r = a.__gt__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if is_object(b) and has_attribute(b, '__lt__'):
        r = b.__lt__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unordered('>', a, b)


@trap('GT_BRANCH any any')
def _gt_branch(a, b):
    return True if _gt(a, b) else False


@trap('GE any any')
def _ge(a, b):
    if is_object(a) and has_attribute(a, '__ge__'):
        r = a.__ge__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if is_object(b) and has_attribute(b, '__le__'):
        r = b.__le__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unordered('>=', a, b)


@trap('GE_BRANCH any any')
def _ge_branch(a, b):
    return True if _ge(a, b) else False


def _same(a, b):
    """Whether `a` and `b` are one thing, or methods of one function bound to one object."""
    if is_tag(a, 'BOUND') and is_tag(b, 'BOUND'):
        return load_at(a, 1) is load_at(b, 1) and load_at(a, 2) is load_at(b, 2)
    return a is b


@trap('EQ any any')
def _eq(a, b):
    if is_object(a) and has_attribute(a, '__eq__'):
        r = a.__eq__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if is_object(b) and has_attribute(b, '__eq__'):
        r = b.__eq__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    return _same(a, b)


@trap('EQ_BRANCH any any')
def _eq_branch(a, b):
    return True if _eq(a, b) else False


@trap('NE any any')
def _ne(a, b):
    if is_object(a):
        if has_attribute(a, '__ne__'):
            r = a.__ne__(b)
            if not is_tag(r, 'NOTIMPLEMENTED'):
                return r
        elif has_attribute(a, '__eq__'):
            r = a.__eq__(b)
            if not is_tag(r, 'NOTIMPLEMENTED'):
                return not r
    if is_object(b):
        if has_attribute(b, '__ne__'):
            r = b.__ne__(a)
            if not is_tag(r, 'NOTIMPLEMENTED'):
                return r
        elif has_attribute(b, '__eq__'):
            r = b.__eq__(a)
            if not is_tag(r, 'NOTIMPLEMENTED'):
                return not r
    return not _same(a, b)


@trap('NE_BRANCH any any')
def _ne_branch(a, b):
    return True if _ne(a, b) else False
