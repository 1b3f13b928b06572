"""% of a string formats in Python; where only the running program shows the string, it is refused then."""


def remainder(a, b):
    return a % b


print(remainder(7, 3), remainder(7.5, 2))  # -> 1 1.5
print(remainder("%d", 3))
# exit: 1
# last-line: NotImplementedError: formatting with % is not supported yet
