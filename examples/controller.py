"""A PID controller that holds a simulated motor at a speed: objects, floats and calls, with its cost on every line."""


class Controller:
    def __init__(self, kp, ki, kd):
        self.kp = kp
        self.ki = ki
        self.kd = kd
        self.integral = 0.0
        self.last = 0.0

    def step(self, target, measured):
        error = target - measured
        self.integral += error
        slope = error - self.last
        self.last = error
        return self.kp * error + self.ki * self.integral + self.kd * slope


def settle(controller, target, steps):
    speed = 0.0
    for i in range(steps):
        speed += controller.step(target, speed) * 0.1
        if i % 100 == 0:
            print("step", i, "speed", speed)
    return speed


def main():
    speed = settle(Controller(0.5, 0.1, 0.05), 1.0, 500)
    print("settled at", speed)
    return int(speed * 1000)
