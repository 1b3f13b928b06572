"""Attributes and calls that the hardware hands over: methods as values, missing attributes, calls that do not fit.

A dispatch probe reads the entry at row + attribute number; it belongs to the row where it holds that number. The kinds
of entries are DISPATCH_KIND of isa/src/machine.ts.
"""
from _core import (
    UNBOUND,
    allocate,
    attribute_names,
    class_of,
    dispatch_key,
    dispatch_value,
    extract,
    function_names,
    global_names,
    has_attribute,
    is_tag,
    is_unbound,
    load,
    load_at,
    radd,
    retag,
    rshl,
    store,
    trapped_instruction,
    type_name,
)
from _errors import is_object, kind_name
from _text import text_of_int
from _types import MethodType

# DISPATCH_KIND
_SLOT = 1
_SLOT_ELSE_CLASS = 3
_METHOD = 4
_GETTER = 5
_SLOW = 7
# Entries of the dispatch table less one: an attribute number beyond a row's own may point past the end.
_DISPATCH_MASK = 2047


# Bound method that calls of objects with `__call__` are redirected to. The hardware takes its two words as soon as the
# redirection returns, so one for all of them will do and no call allocates.
_redirection = None


def _bind(function, receiver):
    """The bound method of a FUNC."""
    block = allocate(3)
    store(block, 1, function)
    store(block, 2, receiver)
    return retag(radd(retag(block, 'INT'), rshl(extract(MethodType, 40, 16), 48)), 'BOUND')


def _redirect(function, receiver):
    """A bound method that is called at once."""
    global _redirection
    if is_tag(_redirection, 'NONE'):
        _redirection = _bind(function, receiver)
    else:
        store(_redirection, 1, function)
        store(_redirection, 2, receiver)
    return _redirection


def _find(x, attribute):
    """Attribute `attribute` (a number) of `x`, methods bound, or UNBOUND where there is none."""
    index = (extract(class_of(x), 40, 16) + attribute) & _DISPATCH_MASK
    key = dispatch_key(index)
    if extract(key, 0, 12) != attribute:
        return UNBOUND
    kind = extract(key, 12, 4)
    value = dispatch_value(index)
    if is_tag(x, 'CLASS'):
        # A function of a class is a plain function; slots belong to instances.
        return value
    if kind == _GETTER:
        return value(x)
    if kind == _SLOT or kind == _SLOT_ELSE_CLASS or kind == _SLOW:
        item = load_at(x, extract(key, 16, 12))
        if kind == _SLOT or not is_unbound(item):
            return item
    if kind == _METHOD or kind == _SLOW:
        return _bind(value, x)
    return value


def _no_attribute(x, attribute):
    name = attribute_names()[attribute]
    if is_tag(x, 'CLASS'):
        raise AttributeError("type object '" + type_name(x) + "' has no attribute '" + name + "'")
    raise AttributeError("'" + type_name(x) + "' object has no attribute '" + name + "'")


@role('attribute')
def _load_attribute(x, attribute):
    """Attribute of `x` by its number, by `__getattr__` where it has none; AttributeError."""
    r = _find(x, attribute)
    if is_unbound(r):
        if is_object(x) and has_attribute(x, '__getattr__'):
            return x.__getattr__(attribute_names()[attribute])
        _no_attribute(x, attribute)
    return r


@trap('LOAD_ATTR any')
def _load(x):
    # Format A: the attribute number lies in bits 25:14.
    return _load_attribute(x, extract(trapped_instruction(), 14, 12))


def _has_class_attribute(x, attribute):
    index = (extract(class_of(x), 40, 16) + attribute) & _DISPATCH_MASK
    return extract(dispatch_key(index), 0, 12) == attribute


@trap('STORE_ATTR any any')
def _store(x, value):
    attribute = extract(trapped_instruction(), 14, 12)
    if is_tag(x, 'CLASS'):
        raise NotImplementedError('assignment to a class attribute is not supported yet')
    if _has_class_attribute(x, attribute):
        name = attribute_names()[attribute]
        if is_object(x):
            raise NotImplementedError("assignment to the class's attribute '" + name + "' is not supported yet")
        raise AttributeError("'" + type_name(x) + "' object attribute '" + name + "' is read-only")
    _no_attribute(x, attribute)


@trap('DELETE_ATTR any')
def _delete(x):
    _no_attribute(x, extract(trapped_instruction(), 14, 12))


@trap('SYSTEM NAME')
def _no_name():
    # Format K: the global's index lies in bits 16:0.
    name = global_names()[trapped_instruction() & 0x1FFFF]
    raise NameError("name '" + name + "' is not defined")


def _missing(signature, given, least):
    """`'a', 'b', and 'c'`: the parameters of `signature` from `given` on that have no default."""
    r = ''
    for i in range(given, least):
        if i > given:
            r = r + (', ' if least - given > 2 else ' ')
            if i == least - 1:
                r = r + 'and '
        r = r + "'" + signature[i + 1] + "'"
    return r


def _check_count(f, given, name):
    """TypeError unless the FUNC `f` takes `given` arguments; `name` is for a function of the runtime."""
    least = extract(f, 16, 6)
    most = extract(f, 22, 6)
    if least <= given <= most:
        return
    signature = function_names()[extract(f, 40, 16)]
    if is_tag(signature, 'NONE'):
        _wrong_count_of_builtin(name, least - 1, most - 1, given - 1)
    text = signature[0] + '() '
    if given < least:
        n = least - given
        raise TypeError(
            text + 'missing ' + text_of_int(n) + ' required positional argument' + ('' if n == 1 else 's') + ': '
            + _missing(signature, given, least)
        )
    text = text + 'takes '
    if least != most:
        text = text + 'from ' + text_of_int(least) + ' to '
    raise TypeError(
        text + text_of_int(most) + ' positional argument' + ('' if least == most == 1 else 's') + ' but '
        + text_of_int(given) + (' was given' if given == 1 else ' were given')
    )


def _wrong_count_of_builtin(name, least, most, given):
    """As _check_count, in the words of a method of a built-in type; self is not counted."""
    if most == 0:
        raise TypeError(name + '() takes no arguments (' + text_of_int(given) + ' given)')
    if least == most == 1:
        raise TypeError(name + '() takes exactly one argument (' + text_of_int(given) + ' given)')
    # Those that take several name themselves without their type.
    for i in range(len(name)):
        if name[i] == '.':
            name = name[i + 1:]
            break
    takes = least if given < least else most
    name = name + ' expected '
    if least != most:
        name = name + ('at least ' if given < least else 'at most ')
    raise TypeError(
        name + text_of_int(takes) + ' argument' + ('' if takes == 1 else 's') + ', got ' + text_of_int(given)
    )


def _callable(f, n, name):
    """What to call for a call of `f`, known as `name`, with n arguments; TypeError where that cannot be."""
    if is_tag(f, 'FUNC'):
        _check_count(f, n, name)
        return f
    if is_tag(f, 'CLASS'):
        if n < extract(f, 16, 6) or n > extract(f, 22, 6):
            if not has_attribute(f, '__init__'):
                raise TypeError(type_name(f) + '() takes no arguments')
            if has_attribute(f, '_is_exception') and is_tag(function_names()[extract(f.__init__, 40, 16)], 'NONE'):
                raise NotImplementedError('an exception with this many arguments is not supported yet')
            _check_count(f.__init__, n + 1, type_name(f))
        return f
    if is_tag(f, 'CLOSURE'):
        _check_count(load(f, 1), n, name)
        return f
    if is_tag(f, 'BOUND'):
        _check_count(load(f, 1), n + 1, name)
        return f
    if is_object(f) and has_attribute(f, '__call__'):
        # From the class, so that a method comes as a plain FUNC.
        g = class_of(f).__call__
        if not is_tag(g, 'FUNC'):
            return _callable(g, n, name)
        _check_count(g, n + 1, name)
        return _redirect(g, f)
    raise TypeError("'" + kind_name(f) + "' object is not callable")


@trap('CALL any any')
def _call(callee, n):
    """What to call instead of `callee`, or of its attribute where the call is one of a method."""
    instruction = trapped_instruction()
    # Opcode 0x63 is CALLM, whose attribute number lies in bits 23:12.
    if extract(instruction, 24, 8) == 0x63:
        attribute = extract(instruction, 12, 12)
        f = _load_attribute(callee, attribute)
        return _callable(f, n, type_name(callee) + '.' + attribute_names()[attribute])
    return _callable(callee, n, 'function')
