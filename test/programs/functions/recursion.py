"""Recursion, mutual recursion, deep but bounded."""
def fact(n):
    return 1 if n <= 1 else n * fact(n - 1)

def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

def is_even(n):
    return True if n == 0 else is_odd(n - 1)

def is_odd(n):
    return False if n == 0 else is_even(n - 1)

def ackermann(m, n):
    if m == 0: return n + 1
    if n == 0: return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))

def hanoi(n, a, b, c):
    if n == 0: return 0
    return hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)

def depth(n):
    if n == 0: return 0
    return 1 + depth(n - 1)

def gcd(a, b):
    return a if b == 0 else gcd(b, a % b)

print(fact(20), fib(15), is_even(50), is_odd(50), ackermann(2, 3), hanoi(7, 1, 2, 3), depth(150), gcd(1071, 462))
def permutations(items, chosen, out):
    if len(chosen) == len(items):
        out.append(chosen)
        return
    for x in items:
        if x not in chosen:
            permutations(items, chosen + [x], out)
found = []
permutations([1, 2, 3], [], found)
print(found)
