class AppError(Exception):
    pass

class Overheated(AppError):
    def __init__(self, degrees):
        super().__init__(degrees)
        self.degrees = degrees

def measure(t):
    if t > 90:
        raise Overheated(t)
    return t

print(measure(20))
measure(95)
