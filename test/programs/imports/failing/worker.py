def run(n):
    return divide(100, n)

def divide(a, b):
    return a // b
