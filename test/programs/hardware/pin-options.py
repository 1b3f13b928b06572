"""Mode, pull resistors and the initial level, as MicroPython's Pin takes them."""
# Nothing drives pins 4 to 6 from outside: an input shows its pull resistor, and 0 without one.
from machine import Pin

print(Pin(4, Pin.IN, Pin.PULL_UP).value())  # -> 1
print(Pin(5, Pin.IN, Pin.PULL_DOWN).value())  # -> 0
print(Pin(6, mode=Pin.IN).value())  # -> 0
led = Pin(8, Pin.OUT, value=1)
print(led.value())  # -> 1
led.init(Pin.OUT)
print(led.value())  # -> 1
p = Pin(9, Pin.IN, Pin.PULL_UP)
print(p.value())  # -> 1
p.init(Pin.IN, Pin.PULL_DOWN)
print(p.value())  # -> 0
print(Pin.IN, Pin.OUT)  # -> 0 1
