"""A program of the shape that PyXL published: drive pin 1 high, poll pin 2, in nanoseconds at 100 MHz."""
# jumper: 1:2
# RDC at cycle 0, the store to pin 1 at 1; pin 2 reads high from 1 + 3 on, so the polls at 2 and 3 read low and the one
# at 4 reads high; it leaves the loop in 3, and RDC reads 7: 70 ns.
# main: 70
import compiler.intrinsics as intrinsics


def main():
    start = intrinsics.pyxl_get_cycle_counter()
    intrinsics.pyxl_write_gpio_pin1(1)
    while intrinsics.pyxl_read_gpio_pin2() != 1:
        pass
    end = intrinsics.pyxl_get_cycle_counter()
    return (end - start) * 10
