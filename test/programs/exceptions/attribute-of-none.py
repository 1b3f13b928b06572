class Node:
    def __init__(self): self.next = None
n = Node()
print(n.next is None)
n.next.value = 3
