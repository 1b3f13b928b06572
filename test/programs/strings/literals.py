"""Spellings of str: quotes, escapes, raw, triple, concatenation of literals."""
print('single', "double", 'it\'s', "say \"hi\"", 'a"b', "c'd")
print("tab\there", "back\\slash", "bell? no", "\x41\u0042\U00000043\103", "nul-free", "\N{LATIN SMALL LETTER A}")
print(r"raw \n stays", R'\t', "joined " "literals" ' mixed')
print("""triple
lines with "quotes" inside""", '''and '' these''')
print("line \
continued")
print("umlaut \u00e4\u00f6\u00fc, euro \u20ac, clef \U0001d11e", "äöü", "日本語")
print("", "a", "seven77", "eight888", "a longer string than fits one word")
x = "shared"
print(x == "shared", x != "other", "" == "", "a" == "b", "eight888" == "eight888", x is x, "é" == "\u00e9")
