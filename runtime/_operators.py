"""Operators on objects: special methods, their reflected forms, and the TypeError where neither exists.

Each binary operation has three handlers: the left operand is an object (`__iadd__`, `__add__`, then the right one's
`__radd__`), only the right one is, or none is. A method that returns NotImplemented passes. Unlike CPython, the right
operand is not asked first where its class derives from the left one's.
"""
from _core import class_of, has_attribute, is_tag, trapped_instruction
from _errors import bad_operand, is_in_place, is_object, unsupported


def _may_reflect(a, b):
    """Whether the right operand `b` is asked after the left one `a`: an object of another class."""
    return is_object(b) and class_of(a) is not class_of(b)


@trap('ADD object any')
def _add_object(a, b):
    if has_attribute(a, '__iadd__') and is_in_place(trapped_instruction()):
        r = a.__iadd__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if has_attribute(a, '__add__'):
        r = a.__add__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if _may_reflect(a, b) and has_attribute(b, '__radd__'):
        r = b.__radd__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('+', a, b, trapped_instruction())


@trap('ADD any object')
def _add_reflected(a, b):
    if has_attribute(b, '__radd__'):
        r = b.__radd__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('+', a, b, trapped_instruction())


@trap('ADD any any')
def _add_unsupported(a, b):
    unsupported('+', a, b, trapped_instruction())


@trap('SUB object any')
def _sub_object(a, b):
    if has_attribute(a, '__isub__') and is_in_place(trapped_instruction()):
        r = a.__isub__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if has_attribute(a, '__sub__'):
        r = a.__sub__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if _may_reflect(a, b) and has_attribute(b, '__rsub__'):
        r = b.__rsub__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('-', a, b, trapped_instruction())


@trap('SUB any object')
def _sub_reflected(a, b):
    if has_attribute(b, '__rsub__'):
        r = b.__rsub__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('-', a, b, trapped_instruction())


@trap('SUB any any')
def _sub_unsupported(a, b):
    unsupported('-', a, b, trapped_instruction())


@trap('MUL object any')
def _mul_object(a, b):
    if has_attribute(a, '__imul__') and is_in_place(trapped_instruction()):
        r = a.__imul__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if has_attribute(a, '__mul__'):
        r = a.__mul__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if _may_reflect(a, b) and has_attribute(b, '__rmul__'):
        r = b.__rmul__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('*', a, b, trapped_instruction())


@trap('MUL any object')
def _mul_reflected(a, b):
    if has_attribute(b, '__rmul__'):
        r = b.__rmul__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('*', a, b, trapped_instruction())


@trap('MUL any any')
def _mul_unsupported(a, b):
    unsupported('*', a, b, trapped_instruction())


@trap('AND object any')
def _and_object(a, b):
    if has_attribute(a, '__iand__') and is_in_place(trapped_instruction()):
        r = a.__iand__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if has_attribute(a, '__and__'):
        r = a.__and__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if _may_reflect(a, b) and has_attribute(b, '__rand__'):
        r = b.__rand__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('&', a, b, trapped_instruction())


@trap('AND any object')
def _and_reflected(a, b):
    if has_attribute(b, '__rand__'):
        r = b.__rand__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('&', a, b, trapped_instruction())


@trap('AND any any')
def _and_unsupported(a, b):
    unsupported('&', a, b, trapped_instruction())


@trap('OR object any')
def _or_object(a, b):
    if has_attribute(a, '__ior__') and is_in_place(trapped_instruction()):
        r = a.__ior__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if has_attribute(a, '__or__'):
        r = a.__or__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if _may_reflect(a, b) and has_attribute(b, '__ror__'):
        r = b.__ror__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('|', a, b, trapped_instruction())


@trap('OR any object')
def _or_reflected(a, b):
    if has_attribute(b, '__ror__'):
        r = b.__ror__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('|', a, b, trapped_instruction())


@trap('OR any any')
def _or_unsupported(a, b):
    unsupported('|', a, b, trapped_instruction())


@trap('XOR object any')
def _xor_object(a, b):
    if has_attribute(a, '__ixor__') and is_in_place(trapped_instruction()):
        r = a.__ixor__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if has_attribute(a, '__xor__'):
        r = a.__xor__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if _may_reflect(a, b) and has_attribute(b, '__rxor__'):
        r = b.__rxor__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('^', a, b, trapped_instruction())


@trap('XOR any object')
def _xor_reflected(a, b):
    if has_attribute(b, '__rxor__'):
        r = b.__rxor__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('^', a, b, trapped_instruction())


@trap('XOR any any')
def _xor_unsupported(a, b):
    unsupported('^', a, b, trapped_instruction())


@trap('SHL object any')
def _lshift_object(a, b):
    if has_attribute(a, '__ilshift__') and is_in_place(trapped_instruction()):
        r = a.__ilshift__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if has_attribute(a, '__lshift__'):
        r = a.__lshift__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if _may_reflect(a, b) and has_attribute(b, '__rlshift__'):
        r = b.__rlshift__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('<<', a, b, trapped_instruction())


@trap('SHL any object')
def _lshift_reflected(a, b):
    if has_attribute(b, '__rlshift__'):
        r = b.__rlshift__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('<<', a, b, trapped_instruction())


@trap('SHL any any')
def _lshift_unsupported(a, b):
    unsupported('<<', a, b, trapped_instruction())


@trap('SHR object any')
def _rshift_object(a, b):
    if has_attribute(a, '__irshift__') and is_in_place(trapped_instruction()):
        r = a.__irshift__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if has_attribute(a, '__rshift__'):
        r = a.__rshift__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if _may_reflect(a, b) and has_attribute(b, '__rrshift__'):
        r = b.__rrshift__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('>>', a, b, trapped_instruction())


@trap('SHR any object')
def _rshift_reflected(a, b):
    if has_attribute(b, '__rrshift__'):
        r = b.__rrshift__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('>>', a, b, trapped_instruction())


@trap('SHR any any')
def _rshift_unsupported(a, b):
    unsupported('>>', a, b, trapped_instruction())


@trap('FLOOR object any')
def _floordiv_object(a, b):
    if has_attribute(a, '__ifloordiv__') and is_in_place(trapped_instruction()):
        r = a.__ifloordiv__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if has_attribute(a, '__floordiv__'):
        r = a.__floordiv__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if _may_reflect(a, b) and has_attribute(b, '__rfloordiv__'):
        r = b.__rfloordiv__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('//', a, b, trapped_instruction())


@trap('FLOOR any object')
def _floordiv_reflected(a, b):
    if has_attribute(b, '__rfloordiv__'):
        r = b.__rfloordiv__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('//', a, b, trapped_instruction())


@trap('FLOOR any any')
def _floordiv_unsupported(a, b):
    unsupported('//', a, b, trapped_instruction())


@trap('MOD object any')
def _mod_object(a, b):
    if has_attribute(a, '__imod__') and is_in_place(trapped_instruction()):
        r = a.__imod__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if has_attribute(a, '__mod__'):
        r = a.__mod__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if _may_reflect(a, b) and has_attribute(b, '__rmod__'):
        r = b.__rmod__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('%', a, b, trapped_instruction())


@trap('MOD any object')
def _mod_reflected(a, b):
    if has_attribute(b, '__rmod__'):
        r = b.__rmod__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('%', a, b, trapped_instruction())


@trap('MOD str any')
def _format(a, b):
    raise NotImplementedError('formatting with % is not supported yet')


@trap('MOD any any')
def _mod_unsupported(a, b):
    unsupported('%', a, b, trapped_instruction())


@trap('DIV object any')
def _truediv_object(a, b):
    if has_attribute(a, '__itruediv__') and is_in_place(trapped_instruction()):
        r = a.__itruediv__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if has_attribute(a, '__truediv__'):
        r = a.__truediv__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if _may_reflect(a, b) and has_attribute(b, '__rtruediv__'):
        r = b.__rtruediv__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('/', a, b, trapped_instruction())


@trap('DIV any object')
def _truediv_reflected(a, b):
    if has_attribute(b, '__rtruediv__'):
        r = b.__rtruediv__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('/', a, b, trapped_instruction())


@trap('DIV any any')
def _truediv_unsupported(a, b):
    unsupported('/', a, b, trapped_instruction())


@trap('POW object any')
def _pow_object(a, b):
    if has_attribute(a, '__ipow__') and is_in_place(trapped_instruction()):
        r = a.__ipow__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if has_attribute(a, '__pow__'):
        r = a.__pow__(b)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    if _may_reflect(a, b) and has_attribute(b, '__rpow__'):
        r = b.__rpow__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('**', a, b, trapped_instruction())


@trap('POW any object')
def _pow_reflected(a, b):
    if has_attribute(b, '__rpow__'):
        r = b.__rpow__(a)
        if not is_tag(r, 'NOTIMPLEMENTED'):
            return r
    unsupported('**', a, b, trapped_instruction())


@trap('POW any any')
def _pow_unsupported(a, b):
    unsupported('**', a, b, trapped_instruction())


@trap('NEG any')
def _neg(a):
    if is_object(a) and has_attribute(a, '__neg__'):
        return a.__neg__()
    bad_operand('unary -', a)


@trap('INV any')
def _invert(a):
    if is_object(a) and has_attribute(a, '__invert__'):
        return a.__invert__()
    bad_operand('unary ~', a)


@trap('ABS any')
def _abs(a):
    if is_object(a) and has_attribute(a, '__abs__'):
        return a.__abs__()
    bad_operand('abs()', a)
