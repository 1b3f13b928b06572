# All bounds of a range are evaluated before one of them is checked, and the call is where it fails.
def seen(x):
    print("bound", x)
    return x


for i in range(seen(True), seen(4)):
    print(i)
for i in range(seen(False), seen(9), seen(4)):
    print(i)
for i in range(seen("a"), seen(3)):
    print(i)
