"""Every augmented assignment, on names, attributes, items and globals."""
class Box:
    pass

g = 100
def update():
    global g
    g += 5
    g -= 1
    g *= 2
    g //= 3
    g %= 50
    return g

n = 7
n += 3; print(n)
n -= 4; print(n)
n *= 9; print(n)
n //= 4; print(n)
n %= 8; print(n)
n **= 3; print(n)
n <<= 4; print(n)
n >>= 1; print(n)
n |= 3; print(n)
n &= 0x1fe; print(n)
n ^= 0xff; print(n)
n /= 4; print(n)
n += 0.5; print(n)
n -= 0.25; print(n)
n *= 2; print(n)
n //= 0.3; print(n)
n %= 7.5; print(n)
b = Box()
b.x = 1
b.x += 2
b.x *= 5
b.x <<= 2
b.x /= 8
print(b.x)
l = [1, 2, [3]]
l[0] += 10
l[-1] += [4]
l[2][0] -= 1
print(l, update(), g)
s = "ab"
t = (1,)
t += (2, 3)
print(t)
