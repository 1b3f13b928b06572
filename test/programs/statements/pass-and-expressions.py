"""pass, expression statements, semicolons, line joining, annotations without value."""
pass
1; 2; "text"; None
x: int = 5
y: float
z: int = x + \
    2
total = (1 +
         2 +
         # a comment inside
         3)
l = [
    1,
    2,
]
print(x, z, total, l); print("same line")
def f():
    """Docstring only."""
def g():
    "not a docstring"
    return 3
if x: pass
if True:

    # blank and comment lines

    print("ok")
	
print(f(), g())
