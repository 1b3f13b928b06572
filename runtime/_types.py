"""Classes of the built-in types: the names that messages show and the methods that `CALLM` finds on such words.

The words themselves are laid out in isa/src/words.ts. What the hardware does with them by itself, or through a trap, is elsewhere.
"""
from _capture import repr_text
from _core import append, is_tag
from _numbers import to_index
from _sequences import extend, remove_item, same_item, truncate


@builtin('NONE', name='NoneType')
class NoneType:
    pass


@builtin('NOTIMPLEMENTED', name='NotImplementedType')
class NotImplementedType:
    pass


@builtin('ELLIPSIS', name='ellipsis')
class EllipsisType:
    pass


@builtin('BOOL', name='bool')
class BoolType:
    pass


@builtin('INT', 'BIGINT', name='int')
class IntType:
    pass


@builtin('FLOAT', name='float')
class FloatType:
    pass


@builtin('STR7', 'STR', name='str')
class StrType:
    pass


@builtin('TUPLE', name='tuple')
class TupleType:
    pass


def _is_bound(x):
    return is_tag(x, 'INT') or is_tag(x, 'BOOL')


def _place(x, i):
    """Where insert() and index() begin for an index `i` of any size."""
    n = len(x)
    if i < 0:
        i += n
        return i if i > 0 else 0
    return i if i < n else n


@builtin('LIST', name='list')
class ListType:
    def append(self, item, /):
        append(self, item)

    def pop(self, index=-1, /):
        n = len(self)
        if n == 0:
            raise IndexError('pop from empty list')
        if not (is_tag(index, 'INT') or is_tag(index, 'BOOL')):
            index = to_index(index)
        if index < 0:
            index += n
        if index < 0 or index >= n:
            raise IndexError('pop index out of range')
        item = self[index]
        remove_item(self, index)
        return item

    def insert(self, index, item, /):
        i = _place(self, index if is_tag(index, 'INT') or is_tag(index, 'BOOL') else to_index(index))
        append(self, item)
        k = len(self) - 1
        while k > i:
            self[k] = self[k - 1]
            k -= 1
        self[i] = item

    def extend(self, items, /):
        extend(self, items)

    def clear(self):
        truncate(self, 0)

    def copy(self):
        return extend([], self)

    def reverse(self):
        i = 0
        k = len(self) - 1
        while i < k:
            item = self[i]
            self[i] = self[k]
            self[k] = item
            i += 1
            k -= 1

    def index(self, item, start=0, stop=9223372036854775807, /):
        if not (_is_bound(start) and _is_bound(stop)):
            raise TypeError('slice indices must be integers or have an __index__ method')
        i = _place(self, start)
        stop = _place(self, stop)
        while i < stop and i < len(self):
            if same_item(self[i], item):
                return i
            i += 1
        raise ValueError(repr_text(item) + ' is not in list')

    def count(self, item, /):
        n = 0
        for x in self:
            if same_item(x, item):
                n += 1
        return n

    def remove(self, item, /):
        i = 0
        while i < len(self):
            if same_item(self[i], item):
                remove_item(self, i)
                return
            i += 1
        raise ValueError('list.remove(x): x not in list')


@builtin('FUNC', 'CLOSURE', name='function')
class FunctionType:
    pass


@builtin('BOUND', name='method')
class MethodType:
    pass
