"""Classes of the built-in types: the names that messages show and the methods that `CALLM` finds on such words.

The words themselves are laid out in isa/src/words.ts. This module knows nothing of printing or of operators.
"""
from _core import append


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


@builtin('LIST', name='list')
class ListType:
    def append(self, item):
        append(self, item)


@builtin('FUNC', 'CLOSURE', name='function')
class FunctionType:
    pass


@builtin('BOUND', name='method')
class MethodType:
    pass


@builtin('ITER', name='str_iterator')
class TextIterator:
    pass
