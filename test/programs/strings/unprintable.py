"""repr() escapes what is not printable in Unicode 14, beyond Latin-1 too; print() shows it as it is."""
texts = ["\u200b", "\u3000x", "\ue000", "\U000e0001", "\u0378", "\u00ad\u00a0", "\u0600", "\u2028", "\U0001fae8", "\U00031350"]
print(texts)
print(repr(texts[0] + "é€😀" + texts[3]), [texts[1][0]], ("a\u200bb"[1:],))
print("[" + texts[1] + "]", len(texts[3]), "\u3000" in texts[1])
