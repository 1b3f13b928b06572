/**
 * Makes a failing stream small: nodes go, loops and conditions give way to what is in them, functions that nobody needs
 * go, operands become simpler - as long as the stream still fails. What the assembler refuses has not failed.
 */

/** Every node with the way to it: indices of bodies from a function down. */
function* paths(nodes, prefix = []) {
  for (const [i, node] of nodes.entries()) {
    yield [[...prefix, i], node];
    if (node.body) yield* paths(node.body, [...prefix, i]);
  }
}

/** A copy of a list of nodes in which the node at `path` is replaced by `nodes`. */
function replaced(list, [index, ...rest], nodes) {
  if (rest.length === 0) return [...list.slice(0, index), ...nodes, ...list.slice(index + 1)];
  const inner = list[index];
  return list.with
    ? list.with(index, { ...inner, body: replaced(inner.body, rest, nodes) })
    : Object.assign([...list], { [index]: { ...inner, body: replaced(inner.body, rest, nodes) } });
}

const withFunction = (stream, index, change) => ({
  ...stream,
  functions: stream.functions.map((fn, i) => (i === index ? { ...fn, ...change(fn) } : fn)),
});

/** Streams without a run of nodes of one body, long runs first. */
function* withoutNodes(stream) {
  for (const [f, fn] of stream.functions.entries()) {
    for (let run = fn.body.length; run >= 1; run = Math.floor(run / 2)) {
      for (let at = 0; at < fn.body.length; at += run) {
        yield withFunction(stream, f, ({ body }) => ({ body: [...body.slice(0, at), ...body.slice(at + run)] }));
      }
    }
  }
}

/** Streams in which a nested node is left out, or gives way to its body. */
function* flattened(stream) {
  for (const [f, fn] of stream.functions.entries()) {
    for (const [path, node] of paths(fn.body)) {
      if (path.length > 1) yield withFunction(stream, f, ({ body }) => ({ body: replaced(body, path, []) }));
      if (node.body) yield withFunction(stream, f, ({ body }) => ({ body: replaced(body, path, node.body) }));
    }
  }
}

/** Streams without a function. */
function* withoutFunctions(stream) {
  for (const [f, fn] of stream.functions.entries()) {
    if (fn.name !== 'main') yield { ...stream, functions: stream.functions.filter((_, i) => i !== f) };
  }
}

/** Streams without a comment: no jumper, no input, no debugger. */
function* withoutComments(stream) {
  for (const comment of stream.comments) yield { ...stream, comments: stream.comments.filter((c) => c !== comment) };
}

/** Streams without a line of a node or of a function's own head and tail. */
function* withoutLines(stream) {
  for (const [f, fn] of stream.functions.entries()) {
    for (const part of ['head', 'tail']) {
      for (let i = 0; i < fn[part].length; i++) {
        yield withFunction(stream, f, (old) => ({ [part]: old[part].filter((_, k) => k !== i) }));
      }
    }
    for (const [path, node] of paths(fn.body)) {
      for (let i = 0; i < node.head.length; i++) {
        const smaller = { ...node, head: node.head.filter((_, k) => k !== i) };
        yield withFunction(stream, f, ({ body }) => ({ body: replaced(body, path, [smaller]) }));
      }
    }
  }
}

/** Operands that are simpler than others, the simplest first. */
const SIMPLE = ['0', '1', 'None'];

/** Lines in which one operand is simpler; labels, names and destinations stay. */
function* simplerLines(line) {
  const [, mnemonic, rest] = /^(\S+) (.*)$/.exec(line) ?? [];
  if (!rest || /["(]/.test(rest)) return;
  const operands = rest.split(',');
  for (let i = 0; i < operands.length; i++) {
    const operand = operands[i];
    const at = SIMPLE.indexOf(operand);
    if (!/^(v\d+|n\d+|p\d+|-?\d+|True|False|UNBOUND|NotImplemented)$/.test(operand) || at === 0) continue;
    for (const simpler of SIMPLE.slice(0, at < 0 ? undefined : at)) {
      yield `${mnemonic} ${operands.map((o, k) => (k === i ? simpler : o)).join(',')}`;
    }
  }
}

function* simplerOperands(stream) {
  for (const [f, fn] of stream.functions.entries()) {
    for (const [path, node] of paths(fn.body)) {
      for (const [i, line] of node.head.entries()) {
        for (const simpler of simplerLines(line)) {
          const changed = { ...node, head: node.head.map((l, k) => (k === i ? simpler : l)) };
          yield withFunction(stream, f, ({ body }) => ({ body: replaced(body, path, [changed]) }));
        }
      }
    }
  }
}

/** Kinds of simplification, the ones that take away most first. */
const STEPS = [withoutComments, withoutNodes, flattened, withoutFunctions, withoutLines, simplerOperands];

/**
 * The smallest stream found that still fails.
 * @param {import('./random/stream.mjs').Stream} stream
 * @param {(stream: import('./random/stream.mjs').Stream) => Promise<boolean>} fails
 * @param {{ milliseconds?: number }} [limits]
 */
export async function shrink(stream, fails, { milliseconds = 60_000 } = {}) {
  const deadline = Date.now() + milliseconds;
  let smallest = stream;
  for (let changed = true; changed; ) {
    changed = false;
    for (const step of STEPS) {
      // After a success the step goes on where it was: what failed before it will fail again.
      let skip = 0;
      for (let again = true; again; ) {
        again = false;
        let at = 0;
        for (const candidate of step(smallest)) {
          if (at++ < skip) continue;
          if (Date.now() > deadline) return smallest;
          if (await fails(candidate)) {
            smallest = candidate;
            changed = true;
            again = true;
            skip = Math.max(0, at - 1);
            break;
          }
        }
      }
    }
  }
  return smallest;
}
