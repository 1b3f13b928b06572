"""A GPIO round trip in the shape that PyXL published: pin 1 drives, pin 2 is polled, a wire joins them. Cycles."""
from compiler.intrinsics import pyxl_get_cycle_counter, pyxl_read_gpio_pin2, pyxl_write_gpio_pin1


def main():
    start = pyxl_get_cycle_counter()
    pyxl_write_gpio_pin1(1)
    while pyxl_read_gpio_pin2() == 0:
        pass
    end = pyxl_get_cycle_counter()
    return end - start
