"""repr of strings inside lists and tuples."""
print(["a", "it's", 'say "hi"', "both ' and \"", "new\nline", "tab\t", "back\\slash", "\x00\x1f\x7f", "\u00e4"])
print(("x",), [("y", ["z"])], [""], "not quoted")
l = []
for s in ["red", "green", "a much longer colour name"]:
    l.append(s)
print(l, l[2], l[0] == "red", "green" in l, "blue" in l)
