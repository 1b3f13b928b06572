"""Drives pin 1 high, waits until pin 2 reads high, and measures the round trip with the cycle counter.

Join the pins with a jumper: pysm run examples/gpio_round_trip.py --jumper 1:2
"""
import compiler.intrinsics

NS_PER_CYCLE = 10


def main():
    compiler.intrinsics.pyxl_write_gpio_pin1(0)
    while compiler.intrinsics.pyxl_read_gpio_pin2() == 1:
        pass
    start = compiler.intrinsics.pyxl_get_cycle_counter()
    compiler.intrinsics.pyxl_write_gpio_pin1(1)
    while compiler.intrinsics.pyxl_read_gpio_pin2() == 0:
        pass
    end = compiler.intrinsics.pyxl_get_cycle_counter()
    print("round trip:", end - start, "cycles,", (end - start) * NS_PER_CYCLE, "ns at 100 MHz")
    return (end - start) * NS_PER_CYCLE
