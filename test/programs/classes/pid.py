"""A controller of floats: state in attributes."""
class PID:
    def __init__(self, kp, ki, kd):
        self.kp = kp; self.ki = ki; self.kd = kd; self.i = 0.0; self.last = 0.0
    def step(self, sp, pv):
        e = sp - pv
        self.i += e
        d = e - self.last
        self.last = e
        return self.kp * e + self.ki * self.i + self.kd * d
p = PID(0.5, 0.1, 0.05)
pv = 0.0
for i in range(60):
    pv += p.step(1.0, pv) * 0.1
    if i % 6 == 0: print(pv, p.i, p.last)
print(int(pv * 1000))
