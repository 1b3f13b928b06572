"""There are 32 pins."""
# exit: 1
# last-line: ValueError: invalid pin
from machine import Pin
print(Pin(31).value())  # -> 0
Pin(32)
