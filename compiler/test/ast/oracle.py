"""CPython's answers, for the tests of the parser.

Reads one JSON request a line from standard input and writes one JSON answer a line to standard output:

    {"dump": PATH}            the tree of a file, or its error
    {"digest": PATH}          the SHA-256 of that tree's dump and whether it compiles, or the error
    {"source": TEXT}          the tree of a text, or its error
    {"bytes": BASE64}         the tree of a file's content, or its error
    {"nodes": true}           the fields of each class of tree nodes
    {"compile": TEXT}         whether the text compiles, or its error
    {"mutate": N, "seed": S, "paths": [...]}
                              N answers: files with one token deleted, doubled or swapped with the next
"""

import ast
import base64
import hashlib
import io
import json
import random
import sys
import tokenize
import warnings

warnings.simplefilter("ignore")
sys.setrecursionlimit(20000)


def failure(error):
    """An error as plain data."""
    return {
        "error": error.args[0] if error.args and isinstance(error.args[0], str) else str(error),
        "type": type(error).__name__,
        "line": getattr(error, "lineno", None),
        "offset": getattr(error, "offset", None),
    }


def tree(source):
    """The dump of a source (text or bytes), or its error."""
    try:
        return {"dump": ast.dump(ast.parse(source), include_attributes=True, indent=2)}
    except (SyntaxError, ValueError, RecursionError, MemoryError, UnicodeError) as error:
        return failure(error)


def verdict(source):
    """Whether CPython's parser takes a text."""
    try:
        ast.parse(source)
        return {"ok": True}
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return failure(error)


def compiled(source):
    """Whether CPython compiles a text."""
    try:
        compile(source, "<case>", "exec", dont_inherit=True)
        return {"ok": True}
    except (SyntaxError, ValueError, RecursionError) as error:
        return failure(error)


def spans(text):
    """The spans of a text's tokens that have text, as pairs of offsets."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    skipped = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
    found = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in skipped:
            found.append((starts[token.start[0] - 1] + token.start[1], starts[token.end[0] - 1] + token.end[1]))
    return found


def mutants(paths, count, seed):
    """Yields mutated files, as (path, text)."""
    choose = random.Random(seed)
    cache = {}
    while count:
        path = choose.choice(paths)
        if path not in cache:
            try:
                with tokenize.open(path) as file:
                    text = file.read()
                cache[path] = (text, spans(text))
            except (SyntaxError, UnicodeDecodeError, tokenize.TokenError):
                cache[path] = None
        if cache[path] is None or len(cache[path][1]) < 2:
            continue
        text, tokens = cache[path]
        at = choose.randrange(len(tokens) - 1)
        (start, end), (start2, end2) = tokens[at], tokens[at + 1]
        kind = choose.choice(("delete", "double", "swap"))
        if kind == "delete":
            text = text[:start] + text[end:]
        elif kind == "double":
            text = text[:end] + " " + text[start:end] + text[end:]
        else:
            text = text[:start] + text[start2:end2] + text[end:start2] + text[start:end] + text[end2:]
        count -= 1
        yield path, text


def answer(request):
    """Yields the answers to one request."""
    if "dump" in request:
        with open(request["dump"], "rb") as file:
            yield tree(file.read())
    elif "digest" in request:
        with open(request["digest"], "rb") as file:
            content = file.read()
        found = tree(content)
        if "dump" in found:
            digest = hashlib.sha256(found["dump"].encode("utf-8", "surrogatepass")).hexdigest()
            found = {"digest": digest, "compiles": "ok" in compiled(content)}
        yield found
    elif "bytes" in request:
        yield tree(base64.b64decode(request["bytes"]))
    elif "nodes" in request:
        yield {name: list(cls._fields) for name, cls in vars(ast).items() if isinstance(cls, type) and issubclass(cls, ast.AST)}
    elif "source" in request:
        yield tree(request["source"])
    elif "compile" in request:
        yield compiled(request["compile"])
    else:
        for path, text in mutants(request["paths"], request["mutate"], request["seed"]):
            yield {"path": path, "text": text, **verdict(text)}


for line in sys.stdin:
    for reply in answer(json.loads(line)):
        sys.stdout.write(json.dumps(reply) + "\n")
    sys.stdout.flush()
