"""Strings: immediate, in memory and wide; concatenation, repetition, comparison, subscripts, membership, iteration."""

pieces = ['', 'a', 'ab', 'abcdefg', 'abcdefgh', 'b', 'abcdefgi', 'abcdefghijklmnopqrstuvwxyz', 'é', 'aé', '日本語', '😀x', '\x00', 'a\x00']
for a in pieces:
    for b in pieces:
        c = a + b
        print(len(c), c == a, c == b, a < b, a <= b, a > b, a >= b, a == b, a != b, a in b, a not in c)
for a in pieces:
    for n in [-1, 0, 1, 2, 3, 9]:
        print(a * n, len(n * a))
    for i in range(len(a)):
        print(a[i], a[-1 - i], end=' ')
    print([a], (a,), a + '|')
    for c in a:
        print([c], c == a)
print(['\t\n\r\\\'"', "it's", '"', '\x7f\x80\xa0\xad', '\x1b'])
text = ''
for i in range(30):
    text = text + 'xy'
    text += 'z'
print(text, len(text))
print('needle' in 'hay needle hay', 'needles' in 'hay needle hay', '' in '', '語' in '日本語', 'a' in '日本語')
print(int('12'), int('-0012'), int(' 7 '), int('1_0'), float('1.5'), float('1e22'), float('123456789012345678901234567890'))
print(float('0.1'), float('2.5e-324'), float('-inf'), float('4503599627370496.5'), float('nan'))
