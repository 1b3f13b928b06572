"""MicroPython's `time`, as far as the core has the hardware: the microsecond counter (isa/src/machine.ts IO.TIME_US).

The counter has 64 bits, so ticks do not wrap in the life of the device; ticks_diff() is a plain difference.
"""
from _core import convert, io_read

_TIME_US = 144


def ticks_us():
    """Microseconds since reset."""
    return io_read(_TIME_US)


def ticks_ms():
    """Milliseconds since reset."""
    return io_read(_TIME_US) // 1000


def ticks_diff(a, b):
    """a - b: how much later `a` is than `b`."""
    return a - b


def ticks_add(ticks, delta):
    """The tick value `delta` after `ticks`."""
    return ticks + delta


def sleep_us(us):
    """Waits at least `us` microseconds; returns at once where that is not positive."""
    end = io_read(_TIME_US) + us
    while io_read(_TIME_US) < end:
        pass


def sleep_ms(ms):
    """Waits at least `ms` milliseconds."""
    sleep_us(ms * 1000)


def sleep(seconds):
    """Waits at least `seconds`, an int or a float; ValueError where that is negative."""
    if seconds < 0:
        raise ValueError('sleep length must be non-negative')
    sleep_us(convert(seconds * 1000000.0))
