"""Sieve with a list, trial division, twin primes."""
def sieve(n):
    composite = [0] * (n + 1)
    primes = []
    for i in range(2, n + 1):
        if not composite[i]:
            primes.append(i)
            for j in range(i * i, n + 1, i):
                composite[j] = 1
    return primes
def is_prime(n):
    if n < 2: return False
    d = 2
    while d * d <= n:
        if n % d == 0: return False
        d += 1
    return True
primes = sieve(300)
print(primes, len(primes))
twins = 0
for n in range(3, 300):
    if is_prime(n) and is_prime(n + 2): twins += 1
    if is_prime(n) != (n in primes): print("differ", n)
print(twins)
