def inner(n):
    if n == 0:
        raise ValueError("reached the bottom")
    return inner(n - 1) + 1

class Runner:
    def go(self):
        return inner(2)

def outer():
    print("starting")
    return Runner().go()

outer()
