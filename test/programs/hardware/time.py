"""The microsecond clock: sleeping takes at least as long as asked, and little more."""
# One pass of the polling loop is far below 1 us = 100 cycles; starting between two ticks adds at most one tick.
import time
from time import sleep_us, ticks_us

t0 = ticks_us()
sleep_us(50)
t1 = ticks_us()
print(50 <= t1 - t0 <= 52, t1 > t0)  # -> True True
time.sleep_us(0)
time.sleep_us(-5)
print(time.ticks_us() - t1 < 30)  # -> True
t2 = time.ticks_us()
for i in range(3):
    time.sleep_us(10)
print(30 <= time.ticks_us() - t2 <= 36)  # -> True
