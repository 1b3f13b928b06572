# A missing method is reported at its name, not at the call.
class Motor:
    def start(self, speed):
        return speed


def run(m):
    return 1 + m.start(
        5) * 2


print(run(Motor()))
run(None)
