"""Equality of strings with everything else."""
words = ["", "a", "b", "ab", "abcdefg", "abcdefgh", "abcdefgi", "äbc"]
for a in words:
    for b in words:
        print(a == b, a != b, end=" ")
    print(a == 1, a == None, a != 0.5, "yes" if a else "no")
def pick(word):
    if word == "start": return 1
    elif word == "stop the machine": return 2
    return 0
print(pick("start"), pick("stop the machine"), pick("other"))
