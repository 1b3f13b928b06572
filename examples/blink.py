"""Blinks an LED on pin 3, five times, and says so on the console."""
from machine import Pin
from time import sleep_ms

led = Pin(3, Pin.OUT)
for i in range(5):
    led.on()
    sleep_ms(1)
    led.off()
    sleep_ms(1)
    print("blink", i + 1)
