/**
 * Statements under tests as C++ functions of a limited length. Compilers need more than proportionally long for long
 * functions, and JavaScript engines optimise what is too long for them poorly: V8 allocates the registers of functions
 * beyond some thousand values in a simpler way, at less than half the speed.
 */

/**
 * @typedef {{ code: string }} Statement
 * @typedef {{ test: string, inside: Block, otherwise?: Block }} Test
 * @typedef {{ items: (Statement | Test)[] }} Block
 */

const sizeOf = (item) =>
  item.test === undefined ? 1 : 1 + sizeOfAll(item.inside) + (item.otherwise ? sizeOfAll(item.otherwise) : 0);
const sizeOfAll = ({ items }) => items.reduce((sum, item) => sum + sizeOf(item), 0);

function render({ items }, indent, lines) {
  for (const item of items) {
    if (item.test === undefined) {
      lines.push(indent + item.code);
      continue;
    }
    lines.push(`${indent}if (${item.test}) {`);
    render(item.inside, `${indent}  `, lines);
    if (item.otherwise) {
      lines.push(`${indent}} else {`);
      render(item.otherwise, `${indent}  `, lines);
    }
    lines.push(`${indent}}`);
  }
  return lines;
}

/**
 * Cuts `block` into functions of about `limit` statements.
 * @param {Block} block
 * @param {string} name of the function for all; the others' are it and a number
 * @returns {{ name: string, lines: string[] }[]}
 */
export function cutIntoFunctions(block, name, limit) {
  const functions = [];
  const outlined = (items) => {
    const part = `${name}_${functions.length}`;
    functions.push({ name: part, lines: render({ items }, '  ', []) });
    return { code: `${part}();` };
  };
  const shorten = (whole) => {
    const items = whole.items.map((item) => {
      if (item.test === undefined || sizeOf(item) <= limit) return item;
      return { test: item.test, inside: shorten(item.inside), otherwise: item.otherwise && shorten(item.otherwise) };
    });
    if (sizeOfAll({ items }) <= limit) return { items };
    const calls = [];
    let group = [];
    let size = 0;
    for (const item of items) {
      if (size > 0 && size + sizeOf(item) > limit) {
        calls.push(outlined(group));
        group = [];
        size = 0;
      }
      group.push(item);
      size += sizeOf(item);
    }
    if (group.length > 0) calls.push(outlined(group));
    return { items: calls };
  };
  const rest = shorten(block);
  functions.push({ name, lines: render(rest, '  ', []) });
  return functions;
}

/**
 * Which of `variables` a function declares by itself, because no other mentions them, and which are left.
 * @param {{ name: string, lines: string[] }[]} functions
 * @param {RegExp} pattern of the variables' names
 */
export function placeVariables(functions, pattern) {
  const places = new Map();
  for (const { name, lines } of functions) {
    for (const line of lines) {
      for (const [variable] of line.matchAll(pattern)) {
        if (!places.has(variable)) places.set(variable, new Set());
        places.get(variable).add(name);
      }
    }
  }
  const locals = new Map(functions.map(({ name }) => [name, []]));
  const shared = [];
  for (const [variable, names] of places) {
    if (names.size > 1) shared.push(variable);
    else locals.get([...names][0]).push(variable);
  }
  return { locals, shared };
}
