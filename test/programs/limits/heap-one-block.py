"""One list larger than the heap."""
# exit: 1
# last-line: MemoryError
l = [0] * 100000
