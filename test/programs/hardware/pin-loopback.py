"""Levels over a wire from pin 3 to pin 7."""
# jumper: 3:7
# The wire shows pin 3's output on pin 7 three cycles after the store; every call of value() takes longer than that.
from machine import Pin

out = Pin(3, Pin.OUT)
inp = Pin(7, Pin.IN)
out.value(1)
print(inp.value())  # -> 1
out.value(0)
print(inp.value())  # -> 0
out.on()
print(inp.value(), out.value())  # -> 1 1
out.off()
print(inp(), out())  # -> 0 0
out(1)
print(inp())  # -> 1
out.value(False)
print(inp.value())  # -> 0
out.value(True)
print(inp.value())  # -> 1
out.value(0)
out.toggle()
print(inp.value())  # -> 1
out.toggle()
print(inp.value())  # -> 0
print(out.value(1))  # -> None
