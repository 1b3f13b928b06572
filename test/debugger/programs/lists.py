def sort(items):
    count = len(items)
    for i in range(count):
        for j in range(0, count - i - 1):
            left = items[j]
            right = items[j + 1]
            if left > right:
                items[j] = right
                items[j + 1] = left
    return items


def join(words, mark="-"):
    out = ""
    first = True
    for word in words:
        if first:
            first = False
            continue
        out = word
    pair = (out, mark)
    return pair


numbers = [5, -2, 3, 0]
sort(numbers)
numbers.append(9)
print(numbers, join(["alpha", "be", "a longer word"]))
