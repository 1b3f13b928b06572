# pysm
"""machine.Pin with pin 1 wired to pin 2, and time. The numbers printed first are cycles."""
import time

from compiler.intrinsics import pyxl_get_cycle_counter
from machine import Pin


def main():
    out = Pin(1, Pin.OUT)
    back = Pin(2, Pin.IN)
    start = pyxl_get_cycle_counter()
    out.value(1)
    while back.value() == 0:
        pass
    end = pyxl_get_cycle_counter()
    print(end - start)
    print(out, back.value(), back())
    out(0)
    print(back.value())
    out.on()
    print(back.value())
    out.off()
    print(back.value())
    out.high()
    print(back.value())
    out.low()
    print(back.value())
    out.toggle()
    print(back.value())
    set_level = out.value
    set_level(False)
    print(back.value())
    print(Pin(3, Pin.IN, Pin.PULL_UP).value(), Pin(4, Pin.IN, pull=Pin.PULL_DOWN).value())
    other = Pin(1, mode=Pin.OUT, value=1)
    print(back.value(), other.value())
    other.init(Pin.OUT, -1, value=0)
    print(back.value())
    before = time.ticks_us()
    time.sleep_us(20)
    time.sleep_ms(1)
    time.sleep(0.0005)
    waited = time.ticks_diff(time.ticks_us(), before)
    print(1520 <= waited < 1600, time.ticks_ms() * 1000 <= time.ticks_us())
    # Calls of an object allocate nothing: far more of them than the heap has words.
    for i in range(20000):
        out(i & 1)
    print(back())
    Pin(32)
