"""The same round trip through machine.Pin. Cycles."""
from compiler.intrinsics import pyxl_get_cycle_counter
from machine import Pin


def round_trip(out, inp):
    start = pyxl_get_cycle_counter()
    out.value(1)
    while inp.value() == 0:
        pass
    end = pyxl_get_cycle_counter()
    return end - start


def main():
    return round_trip(Pin(1, Pin.OUT), Pin(2, Pin.IN))
