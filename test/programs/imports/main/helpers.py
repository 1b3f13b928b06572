print("helpers loads")
def twice(x): return x * 2
