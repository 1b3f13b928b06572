"""Generators of pseudo-random numbers in 64 bits."""
class Lcg:
    def __init__(self, seed): self.state = seed
    def next(self):
        self.state = (self.state * 1103515245 + 12345) & 0x7fffffff
        return self.state
def xorshift(x):
    x ^= (x << 13) & 0xffffffff
    x ^= x >> 17
    x ^= (x << 5) & 0xffffffff
    return x
r = Lcg(42)
buckets = [0] * 10
for i in range(300): buckets[r.next() % 10] += 1
print(buckets, r.state)
x = 2463534242
for i in range(20):
    x = xorshift(x)
    print(x)
h = -3750763034362895579
for c in (104, 101, 108, 108, 111):
    h = h ^ c
    print(h & 0xffffffff)
