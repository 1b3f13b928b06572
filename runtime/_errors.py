"""Texts of the TypeErrors that many operations share, as CPython 3.11 has them."""
from _core import extract, is_tag, type_name


def kind_name(x):
    """Name of the type of `x`. A CLASS word answers for itself in its dispatch row, so its type is named here."""
    return 'type' if is_tag(x, 'CLASS') else type_name(x)


def is_text(x):
    return is_tag(x, 'STR7') or is_tag(x, 'STR')


def is_object(x):
    """Whether `x` is an instance of a class of the program or of an exception."""
    return is_tag(x, 'OBJ') or is_tag(x, 'OBJX')


def is_in_place(instruction):
    """Whether an arithmetic instruction word is that of an augmented assignment: format T with variant bit 0."""
    return extract(instruction, 28, 4) == 2 and extract(instruction, 21, 1) == 1


def _is_sequence(x):
    return is_text(x) or is_tag(x, 'LIST') or is_tag(x, 'TUPLE')


def unsupported(symbol, a, b, instruction):
    """Raises the TypeError of the binary operation `symbol` on types that do not support it."""
    if symbol == '+' and _is_sequence(a):
        kind = kind_name(a)
        raise TypeError('can only concatenate ' + kind + ' (not "' + kind_name(b) + '") to ' + kind)
    if symbol == '*':
        other = b
        if not _is_sequence(a):
            other = a
        if _is_sequence(a) or _is_sequence(b):
            raise TypeError("can't multiply sequence by non-int of type '" + kind_name(other) + "'")
    if is_in_place(instruction):
        symbol = symbol + '='
    elif symbol == '**':
        symbol = '** or pow()'
    raise TypeError(
        'unsupported operand type(s) for ' + symbol + ": '" + kind_name(a) + "' and '" + kind_name(b) + "'"
    )


def unordered(symbol, a, b):
    """Raises the TypeError of an order comparison of types that have no order."""
    raise TypeError(
        "'" + symbol + "' not supported between instances of '" + kind_name(a) + "' and '" + kind_name(b) + "'"
    )


def bad_operand(operation, a):
    """Raises the TypeError of a one-operand operation."""
    raise TypeError('bad operand type for ' + operation + ": '" + kind_name(a) + "'")


def raise_beyond_64_bits():
    raise OverflowError('integer result beyond 64 bits: big integers are not supported yet')
