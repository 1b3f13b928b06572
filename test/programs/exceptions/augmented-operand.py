# The error of an augmented assignment names the augmented operator, whatever is known of the types.
def check(x):
    v = 2.5
    v += x
    v |= 3


check(1)
