# SystemExit of a class whose __init__ does not call that of SystemExit: no code is set.
class Stop(SystemExit):
    def __init__(self, n):
        self.n = n


raise Stop(3)
