"""The same round trip through machine.Pin, as a MicroPython program writes it.

Join the pins with a jumper: pysm run examples/gpio_round_trip_pin.py --jumper 1:2
"""
from compiler.intrinsics import cycle_counter
from machine import Pin


def main():
    out = Pin(1, Pin.OUT, value=0)
    back = Pin(2, Pin.IN)
    while back.value() == 1:
        pass
    start = cycle_counter()
    out.value(1)
    while back.value() == 0:
        pass
    end = cycle_counter()
    print("round trip:", end - start, "cycles,", (end - start) * 10, "ns at 100 MHz")
    return (end - start) * 10
