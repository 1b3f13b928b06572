"""Recursion without an end."""
# exit: 1
# last-line: RecursionError
def down(n):
    return down(n + 1) + 1
print("start")  # -> start
down(0)
