"""Bubble, insertion and quick sort."""
def bubble(l):
    n = len(l)
    for i in range(n):
        for j in range(n - 1 - i):
            if l[j] > l[j + 1]:
                l[j], l[j + 1] = l[j + 1], l[j]

def insertion(l):
    for i in range(1, len(l)):
        x = l[i]
        j = i - 1
        while j >= 0 and l[j] > x:
            l[j + 1] = l[j]
            j -= 1
        l[j + 1] = x

def quick(l, low, high):
    if low >= high:
        return
    pivot = l[(low + high) // 2]
    i = low
    j = high
    while i <= j:
        while l[i] < pivot: i += 1
        while l[j] > pivot: j -= 1
        if i <= j:
            l[i], l[j] = l[j], l[i]
            i += 1
            j -= 1
    quick(l, low, j)
    quick(l, i, high)

def numbers(n):
    l = []
    x = 12345
    for i in range(n):
        x = (x * 1103515245 + 12345) % 2147483648
        l.append(x % 1000)
    return l

a = numbers(40)
b = numbers(40)
c = numbers(200)
bubble(a)
insertion(b)
quick(c, 0, len(c) - 1)
print(a, a == b)
print(c)
