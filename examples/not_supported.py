"""Python that the core cannot run yet: each construct is marked in the editor, with the reason and what to do instead."""


def first_or_none(items):
    try:
        return items[0]
    except IndexError:
        return None


print(first_or_none([1, 2, 3]))
