class Failure(ValueError):
    pass


def fail(n):
    if n > 0:
        fail(n - 1)
    raise Failure('in a module', n)
