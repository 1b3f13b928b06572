"""MicroPython's `machine`, as far as the core has the hardware: `Pin`.

The I/O registers of pin n are n (level), 32 + n (direction, 1 = output) and 64 + n (pull resistor: 0, 1 up, 2 down);
see isa/src/machine.ts IO. Writing a level drives the output register with the value's truth.
"""
from _core import UNBOUND, io_read, io_write, is_tag, is_unbound
from _text import text_of_int


class Pin:
    """A general-purpose pin, as in MicroPython. `id` is 0 to 31, anything else a ValueError.

    `drive` and `alt` are accepted and have no effect: this hardware has one drive strength and no alternate functions.
    It has no open-drain outputs either: OPEN_DRAIN is a ValueError.
    """

    IN = 0
    OUT = 1
    OPEN_DRAIN = 2
    PULL_UP = 1
    PULL_DOWN = 2

    def __init__(self, id, mode=-1, pull=-1, *, value=None, drive=0, alt=-1):
        if not is_tag(id, 'INT'):
            raise TypeError("can't convert to int")
        if id < 0 or id > 31:
            raise ValueError('invalid pin')
        self.port = id
        self._configure(mode, pull, value)

    def init(self, mode=-1, pull=-1, *, value=None, drive=0, alt=-1):
        """Changes what is given; -1 leaves mode and pull as they are."""
        self._configure(mode, pull, value)

    def __repr__(self):
        return 'Pin(' + text_of_int(self.port) + ')'

    def _configure(self, mode, pull, value):
        port = self.port
        # The level goes out before the direction, so that an output starts with it.
        if value is not None:
            io_write(port, 1 if value else 0)
        if mode == 0 or mode == 1:
            io_write(port + 32, mode)
        elif mode == 2:
            raise ValueError('pins of this core have no open-drain mode')
        elif mode != -1:
            raise ValueError('invalid pin mode')
        if pull is None:
            io_write(port + 64, 0)
        elif pull == 1 or pull == 2:
            io_write(port + 64, pull)
        elif pull != -1:
            raise ValueError('invalid pin pull')

    def value(self, x=UNBOUND):
        """The pin's level, 0 or 1; with x, sets the output to the truth of x."""
        if is_unbound(x):
            return io_read(self.port)
        io_write(self.port, x)

    def __call__(self, x=UNBOUND):
        """value([x])"""
        if is_unbound(x):
            return io_read(self.port)
        io_write(self.port, x)

    def on(self):
        io_write(self.port, 1)

    def off(self):
        io_write(self.port, 0)

    def high(self):
        io_write(self.port, 1)

    def low(self):
        io_write(self.port, 0)

    def toggle(self):
        """Inverts the level that the pin reads."""
        io_write(self.port, 1 - io_read(self.port))
