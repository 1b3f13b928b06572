pair = [1]
a, b = pair
