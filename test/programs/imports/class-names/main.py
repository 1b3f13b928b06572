"""Texts of classes, functions and objects name the module they come from."""
import parts


class Own(parts.Part):
    pass


print(parts.Part, Own, [parts.Fault], ValueError)


class Derived(parts.Fault):
    pass


print(Derived)
raise parts.Fault("in parts")
