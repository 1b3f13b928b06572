"""str(x) and repr(x) as strings: what _output writes, captured."""
from _console import captured, select_output
from _output import write_repr, write_value
from _sequences import truncate
from _text import text_of_codes


def _finish(before, start):
    """Ends a capture that began with `start` code points of others in the list, and gives its text."""
    select_output(before)
    r = text_of_codes(captured(), start)
    truncate(captured(), start)
    return r


def repr_text(x):
    """repr(x)"""
    start = len(captured())
    before = select_output(2)
    write_repr(x)
    return _finish(before, start)


def str_text(x):
    """str(x)"""
    start = len(captured())
    before = select_output(2)
    write_value(x)
    return _finish(before, start)
