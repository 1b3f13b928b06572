# The last line of a traceback names the module of the exception's class.
import errors


class Own(errors.Failure):
    pass


print(repr(Own(1)), repr(errors.Failure('x')))
errors.fail(2)
