"""Python finds a NaN in a container where it is the same object. Floats have no identity here: no answer is given."""
nan = float("nan")
print(nan == nan, [1.0] == [nan], nan in [1.0, 2], [nan] != [nan, 1])  # -> False False False True
print(nan in [1.0, nan])
# exit: 1
# last-line: NotImplementedError: whether two NaNs are one object is not known: floats have no identity
