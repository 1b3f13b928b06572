class Part:
    pass


class Fault(Exception):
    pass
