# SystemExit with an int: its low eight bits are the exit status, and nothing is printed.
class Stop(SystemExit):
    def __init__(self, code):
        super().__init__(code + 1)


e = SystemExit(7)
print(e.code, e.args, e, repr(e), SystemExit().code, SystemExit(1, 2).code)


def leave(n):
    if n == 0:
        raise Stop(-9)
    leave(n - 1)


leave(3)
