"""Two outputs in turn, read back over two wires; pins in a list, in attributes and as arguments."""
# jumper: 10:11
# jumper: 12:13
from machine import Pin

class Lamp:
    def __init__(self, number, sense):
        self.pin = Pin(number, Pin.OUT)
        self.sense = Pin(sense, Pin.IN)
        self.changes = 0
    def set(self, level):
        if self.sense.value() != level:
            self.pin.value(level)
            self.changes += 1

def wait_for(pin, level):
    polls = 0
    while pin.value() != level:
        polls += 1
    return polls

lamps = [Lamp(10, 11), Lamp(12, 13)]
for i in range(6):
    lamps[0].set(i % 2)
    lamps[1].set(1 if i > 2 else 0)
    wait_for(lamps[0].sense, i % 2)
# Lamp 0 starts at 0 and changes at i = 1, 2, 3, 4, 5; lamp 1 once, at i = 3.
print(lamps[0].changes, lamps[1].changes)  # -> 5 1
print(lamps[0].sense.value(), lamps[1].sense.value())  # -> 1 1
