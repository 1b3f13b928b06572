"""A linked list that grows until the heap is full."""
# exit: 1
# last-line: MemoryError
class Node:
    def __init__(self, next): self.next = next
first = None
while True:
    first = Node(first)
