"""Runs a program as CPython does, but with PySM's integers: a result beyond 64 bits raises OverflowError.

Every operation that can make a larger integer is wrapped in a check by rewriting the program's syntax tree. Prints
what the program prints; an uncaught exception prints its type and message alone and exits with 1.
"""
import ast
import operator
import sys


def checked(value):
    if type(value) is int and not -(2**63) <= value < 2**63:
        raise OverflowError
    return value


def shifted(a, b):
    if a and b > 64:
        raise OverflowError
    return checked(a << b)


OPERATORS = {ast.Add: "iadd", ast.Sub: "isub", ast.Mult: "imul", ast.BitAnd: "iand", ast.BitOr: "ior", ast.BitXor: "ixor"}


class Wrap(ast.NodeTransformer):
    def __init__(self):
        self.names = {}

    def call(self, name, node, *args):
        return ast.copy_location(ast.Call(ast.Name(name, ast.Load()), list(args), []), node)

    def visit_BinOp(self, node):
        self.generic_visit(node)
        if isinstance(node.op, ast.LShift):
            return self.call("pysm_shifted", node, node.left, node.right)
        return self.call("pysm_checked", node, node)

    def visit_UnaryOp(self, node):
        self.generic_visit(node)
        return self.call("pysm_checked", node, node)

    def visit_AugAssign(self, node):
        # The target is checked after the store: nothing runs between the two that could see the difference.
        self.generic_visit(node)
        target = ast.parse(ast.unparse(node.target), mode="eval").body
        if isinstance(node.target, (ast.Name, ast.Attribute)):
            return [node, ast.copy_location(ast.Expr(self.call("pysm_checked", node, target)), node)]
        # An item: the subscript may have effects, so object and index are evaluated once, by hand.
        op = getattr(operator, OPERATORS[type(node.op)])
        name = f"pysm_op_{op.__name__}"
        self.names[name] = op
        value = ast.Lambda(ast.arguments([], [], None, [], [], None, []), node.value)
        call = self.call("pysm_item", node, ast.Name(name, ast.Load()), target.value, target.slice, value)
        return ast.copy_location(ast.Expr(call), node)


def item(op, container, index, value):
    old = container[index]
    container[index] = checked(op(old, value()))


def main():
    path = sys.argv[1]
    with open(path, encoding="utf-8") as file:
        tree = ast.parse(file.read())
    wrap = Wrap()
    tree = ast.fix_missing_locations(wrap.visit(tree))
    names = {"__name__": "__main__", "pysm_checked": checked, "pysm_shifted": shifted, "pysm_item": item, **wrap.names}
    try:
        exec(compile(tree, path, "exec"), names)
    except Exception as error:
        sys.stdout.flush()
        print(type(error).__name__, file=sys.stderr)
        sys.exit(1)


main()
