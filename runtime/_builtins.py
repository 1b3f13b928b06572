"""The module that compiled programs call into: built-in exceptions, conversions, and the raising of exceptions.

Names in here without an underscore are Python's built-in names, or the contract with the compiler's lowering
(print_value, print_text, make_int, make_float, make_bool, min2, max2, raise_unbound_local, raise_assertion). The other
runtime modules are imported so that their trap handlers and built-in classes are part of every program.
"""
import _attributes
import _comparisons
import _numbers
import _operators
import _power
import _sequences
import _text
import _types
from _capture import repr_text, str_text
from _console import put, select_output, write_text
from _core import (
    UNBOUND,
    convert,
    extract,
    halt,
    has_attribute,
    io_write,
    is_tag,
    is_unbound,
    return_entry,
    select_handler,
    store_at,
    type_name,
    unwind,
)
from _errors import bad_operand, is_object, is_text, kind_name
from _slices import get_slice
from _output import text_calls_back, write_exception_text, write_value
from _parse import parse_float, parse_int
from _sequences import new_tuple


class BaseException:
    # Marks the row of every exception class, for has_attribute().
    _is_exception = True
    # What an exception holds whose class has an __init__ that does not call this one.
    args = ()

    def __init__(self, a=UNBOUND, b=UNBOUND, c=UNBOUND, d=UNBOUND, e=UNBOUND, f=UNBOUND, g=UNBOUND, h=UNBOUND, /):
        if is_unbound(a):
            self.args = ()
        elif is_unbound(b):
            self.args = (a,)
        elif is_unbound(c):
            self.args = (a, b)
        elif is_unbound(d):
            self.args = (a, b, c)
        elif is_unbound(e):
            self.args = (a, b, c, d)
        elif is_unbound(f):
            self.args = (a, b, c, d, e)
        elif is_unbound(g):
            self.args = (a, b, c, d, e, f)
        elif is_unbound(h):
            self.args = (a, b, c, d, e, f, g)
        else:
            self.args = (a, b, c, d, e, f, g, h)
        if has_attribute(self, '_set_code'):
            self._set_code()


class SystemExit(BaseException):
    # The exit status where a class's __init__ does not call this one's.
    code = None

    def _set_code(self):
        n = len(self.args)
        if n == 1:
            self.code = self.args[0]
        elif n > 1:
            self.code = self.args


class GeneratorExit(BaseException):
    pass


class Exception(BaseException):
    pass


class ArithmeticError(Exception):
    pass


class FloatingPointError(ArithmeticError):
    pass


class OverflowError(ArithmeticError):
    pass


class ZeroDivisionError(ArithmeticError):
    pass


class AssertionError(Exception):
    pass


class AttributeError(Exception):
    pass


class BufferError(Exception):
    pass


class EOFError(Exception):
    pass


class ImportError(Exception):
    pass


class ModuleNotFoundError(ImportError):
    pass


class LookupError(Exception):
    pass


class IndexError(LookupError):
    pass


class KeyError(LookupError):
    _shows_repr = True


class MemoryError(Exception):
    pass


class NameError(Exception):
    pass


class UnboundLocalError(NameError):
    pass


class OSError(Exception):
    def __init__(self, a=UNBOUND, b=UNBOUND, c=UNBOUND, d=UNBOUND, e=UNBOUND, /):
        if not is_unbound(b):
            # Python makes an object of the class that belongs to the number.
            raise NotImplementedError('an OSError with an error number is not supported yet')
        if is_unbound(a):
            self.args = ()
        else:
            self.args = (a,)


class TimeoutError(OSError):
    pass


class RuntimeError(Exception):
    pass


class NotImplementedError(RuntimeError):
    pass


class RecursionError(RuntimeError):
    pass


class StopIteration(Exception):
    pass


class StopAsyncIteration(Exception):
    pass


class TypeError(Exception):
    pass


class ValueError(Exception):
    pass


class UnicodeError(ValueError):
    pass


# Raised where nothing can be allocated, so made at start-up.
_memory_error = MemoryError()
# Set once the report of an uncaught exception has begun.
_reporting = False
_recursion_error = RecursionError('maximum recursion depth exceeded')


def _write_message(x):
    """Writes `: ` and str(x) of an exception, or nothing where that is empty."""
    if has_attribute(x, '__str__') or text_calls_back(x):
        # Methods of the program are called before anything is written: they may raise.
        text = str_text(x)
        if len(text) != 0:
            write_text(': ')
            write_text(text)
        return
    n = len(x.args)
    if n == 1 and is_tag(x.args[0], 'STR7') and len(x.args[0]) == 0 and not has_attribute(x, '_shows_repr'):
        return
    if n != 0:
        write_text(': ')
        write_exception_text(x)


def _report(x):
    """Writes the last line of an uncaught exception's traceback to the console's error stream."""
    global _reporting
    _reporting = True
    select_output(1)
    if has_attribute(x, '__module__') and x.__module__ != '__main__':
        write_text(x.__module__)
        write_text('.')
    write_text(type_name(x))
    _write_message(x)
    put(10)


def _exit(code):
    """Ends the program as `SystemExit` with this code does: an int is the exit status, None is 0, anything else a message."""
    status = 0
    if is_tag(code, 'INT') or is_tag(code, 'BOOL'):
        status = code & 255
    elif not is_tag(code, 'NONE'):
        text = str_text(code)
        select_output(1)
        write_text(text)
        put(10)
        status = 1
    halt(2, status)


@trap('SYSTEM RAISE', 'SYSTEM RERAISE')
@role('raise')
def _raise(x):
    """Looks for the handler of `x` along the return stack and enters it; without one, reports and halts.

    The search is that of docs/isa.md: entry 0 is that of the RAISE itself, whose handler register is the raising
    function's. Nothing is popped before a handler is found, so that the host can print the traceback.
    """
    if is_tag(x, 'CLASS') and has_attribute(x, '_is_exception'):
        x = x()
    if is_tag(x, 'CLASS') or not has_attribute(x, '_is_exception'):
        x = TypeError('exceptions must derive from BaseException')
    k = 0
    while True:
        w = return_entry(k)
        # RETURN_ENTRY.kind: 0 is the bottom of the stack, 5 an interrupt, which no exception leaves.
        kind = extract(w, 44, 3)
        if kind == 0 or kind == 5:
            break
        h = extract(w, 28, 16)
        while h != 0:
            r = select_handler(w, h)
            if is_tag(r, 'INT'):
                unwind(k, x, r)
            h = extract(r, 0, 16)
        k += 1
    if _reporting:
        select_output(1)
        write_text(': <exception str() failed>')
        put(10)
        halt(1, x)
    if has_attribute(x, '_set_code'):
        _exit(x.code)
    _report(x)
    halt(1, x)


@trap('SYSTEM ALLOCATE')
def _no_block():
    raise _memory_error


@trap('SYSTEM STACK')
def _stack_overflow():
    raise _recursion_error


def raise_unbound_local(name):
    """Raises what reading an unassigned local raises; `name` is the variable's."""
    raise UnboundLocalError("cannot access local variable '" + name + "' where it is not associated with a value")


def raise_assertion(message=UNBOUND):
    """Raises what a failed assert raises."""
    raise AssertionError(message)


def raise_function_in_class():
    """Raises what storing a function as a class value raises: it does not become a method."""
    raise NotImplementedError('a function as a class value is not supported yet')


def make_bool(x=False):
    """bool(x)"""
    return True if x else False


def min2(a, b):
    """min(a, b): the first where they compare equal."""
    return b if b < a else a


def max2(a, b):
    """max(a, b): the first where they compare equal."""
    return b if b > a else a


def make_int(x=0):
    """int(x)"""
    if is_tag(x, 'INT'):
        return x
    if is_tag(x, 'BOOL'):
        return x + 0
    if is_tag(x, 'FLOAT'):
        return convert(x)
    if is_text(x):
        return parse_int(x)
    raise TypeError(
        "int() argument must be a string, a bytes-like object or a real number, not '" + kind_name(x) + "'"
    )


def make_float(x=0.0):
    """float(x)"""
    if is_tag(x, 'FLOAT'):
        return x
    if is_tag(x, 'INT') or is_tag(x, 'BOOL'):
        return convert(x)
    if is_text(x):
        return parse_float(x)
    raise TypeError("float() argument must be a string or a real number, not '" + kind_name(x) + "'")


def make_str(x=''):
    """str(x)"""
    return x if is_text(x) else str_text(x)


def make_repr(x):
    """repr(x)"""
    return repr_text(x)


@trap('IO_VALUE any')
def _bad_level(value):
    raise TypeError("an I/O register takes an int or a bool, not '" + kind_name(value) + "'")


@trap('IO_VALUE number any')
def _bad_level_of(register, value):
    raise TypeError("an I/O register takes an int or a bool, not '" + kind_name(value) + "'")


def check_pin(pin):
    """The pin number that `compiler.intrinsics` was called with, if there is such a pin."""
    if not is_tag(pin, 'INT') or pin < 0 or pin > 31:
        raise ValueError('there is no such pin: pins are 0 to 31')
    return pin


def check_output_pin(pin):
    """As check_pin(), and makes the pin an output: programs that use `compiler.intrinsics` set no direction."""
    io_write(check_pin(pin) + 32, 1)
    return pin


def positive(x):
    """+x"""
    if is_tag(x, 'FLOAT'):
        return x
    if is_tag(x, 'INT') or is_tag(x, 'BOOL'):
        return x + 0
    if is_object(x) and has_attribute(x, '__pos__'):
        return x.__pos__()
    bad_operand('unary +', x)


def make_tuple(items):
    """A tuple of the items of a list that is not empty."""
    n = len(items)
    r = new_tuple(n)
    for i in range(n):
        store_at(r, i + 1, items[i])
    return r


def range_last(stop, step):
    """The last value that range(start, stop, step) may reach: the one before `stop`."""
    if step == 0:
        raise ValueError('range() arg 3 must not be zero')
    return stop - 1 if step > 0 else stop + 1


def print_text(s):
    """Writes the str `s` to the UART: separators and ends of print()."""
    before = select_output(0)
    write_text(s)
    select_output(before)


def print_value(x):
    """Writes str(x) to the UART. A `__str__` may itself print, and be called while a text is put together."""
    before = select_output(0)
    if text_calls_back(x):
        # All of the program's methods are called before the first character is written, as Python does.
        write_text(str_text(x))
    else:
        write_value(x)
    select_output(before)
