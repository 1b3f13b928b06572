"""Two modules that import each other, used only when both are loaded."""
import ping
import pong
print(ping.play(5))
