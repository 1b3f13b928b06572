/**
 * Which part of a one-line expression a traceback points at: the operator of a binary operation, or the brackets of a
 * subscript. CPython 3.11 parses the failing segment for this; here a scan for its outermost operator is enough, since
 * the segment is known to be one complete piece of valid Python.
 */

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Brackets that are open around it. */
  readonly depth: number;
  readonly kind: 'name' | 'value' | 'operator';
}

const TOKEN =
  /(?<space>[ \t\f\\]+)|(?<comment>#.*)|(?<string>(?:[rbfuRBFU]{0,2})(?:""".*?"""|'''.*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'))|(?<number>(?:\d|\.\d)(?:[eE][+-]?\d|[\w.])*)|(?<name>[\p{L}\p{Nl}_][\p{L}\p{N}\p{M}_]*)|(?<operator>\*\*=?|\/\/=?|<<=?|>>=?|[=!<>]=|->|:=|[-+*/%@&|^]=|\.\.\.|.)/suy;

/** Binary operators by how tightly they bind; unary ones stand between `*` and `**`. */
const BINDING: Readonly<Record<string, number>> = {
  '|': 1,
  '^': 2,
  '&': 3,
  '<<': 4,
  '>>': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '//': 6,
  '%': 6,
  '@': 6,
  '**': 8,
};
const UNARY_BINDING = 7;

/** Words that make the segment something else than a binary operation or a subscript when they stand outside brackets. */
const LOOSER_WORDS = new Set(
  'and or not in is if else lambda yield await for async assert del raise return import from pass break continue global nonlocal with while try class def match'.split(
    ' ',
  ),
);
/** Operators that do the same. */
const LOOSER_OPERATORS = new Set('= == != < > <= >= := , : ; += -= *= /= //= %= @= &= |= ^= <<= >>= **= ->'.split(' '));

/**
 * Offsets (in code points from the start of `segment`) between which a traceback draws `^`, the rest being `~`.
 * Undefined where the whole segment is marked alike.
 */
export function expressionAnchors(segment: string): { readonly left: number; readonly right: number } | undefined {
  const characters = [...segment];
  const tokens = tokenize(segment);
  if (!tokens || tokens.length === 0) return undefined;
  for (const token of tokens) {
    if (token.depth > 0) continue;
    if (token.kind === 'name' ? LOOSER_WORDS.has(token.text) : LOOSER_OPERATORS.has(token.text)) return undefined;
  }
  const root = rootOperator(tokens);
  if (root === 'unary') return undefined;
  if (root === undefined) return subscriptAnchors(tokens);

  const left = operandEnd(tokens.slice(0, root));
  const right = operandStart(tokens.slice(root + 1));
  for (let i = left; i < right; i++) {
    if (/[ \t\f]/.test(characters[i]!)) continue;
    const isWide = i + 1 < right && !/[ \t\f]/.test(characters[i + 1]!);
    return { left: i, right: i + (isWide ? 2 : 1) };
  }
  return undefined;
}

/** Tokens with positions in code points; undefined where brackets do not match. */
function tokenize(segment: string): Token[] | undefined {
  const tokens: Token[] = [];
  let depth = 0;
  let position = 0;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < segment.length) {
    const groups = TOKEN.exec(segment)?.groups;
    if (!groups) return undefined;
    const text = groups['space'] ?? groups['comment'];
    if (text !== undefined) {
      position += [...text].length;
      continue;
    }
    const word = groups['name'] ?? groups['string'] ?? groups['number'] ?? groups['operator'] ?? '';
    const start = position;
    position += [...word].length;
    const kind = groups['name'] !== undefined ? 'name' : groups['operator'] !== undefined ? 'operator' : 'value';
    if (')]}'.includes(word)) depth--;
    if (depth < 0) return undefined;
    tokens.push({ text: word, start, end: position, depth, kind });
    if ('([{'.includes(word)) depth++;
  }
  return depth === 0 ? tokens : undefined;
}

/** Index of the outermost binary operator, `unary` where a unary one is outermost, undefined where there is neither. */
function rootOperator(tokens: readonly Token[]): number | 'unary' | undefined {
  let best: { readonly index: number | 'unary'; readonly binding: number } | undefined;
  let afterOperand = false;
  tokens.forEach((token, index) => {
    if (token.depth > 0) return;
    if (token.kind !== 'operator' || ')]}.'.includes(token.text) || token.text === '...') {
      afterOperand = true;
      return;
    }
    if ('([{'.includes(token.text)) return;
    if (afterOperand) {
      const binding = BINDING[token.text];
      if (binding !== undefined) {
        // Left-associative operators: the last of the loosest; `**` associates to the right: the first.
        const isLooser = !best || binding < best.binding || (binding === best.binding && token.text !== '**');
        if (isLooser) best = { index, binding };
      }
      afterOperand = false;
    } else if (index === 0 && '+-~'.includes(token.text)) {
      // Only a first one can reach over what follows; behind another operator it is part of the right operand.
      best = { index: 'unary', binding: UNARY_BINDING };
    }
  });
  return best?.index;
}

/** Where the node of a left operand ends: parentheses around the whole operand are not part of it. */
function operandEnd(tokens: readonly Token[]): number {
  const inner = withoutParentheses(tokens);
  return inner[inner.length - 1]!.end;
}

/** Where the node of a right operand begins. */
function operandStart(tokens: readonly Token[]): number {
  return withoutParentheses(tokens)[0]!.start;
}

function withoutParentheses(tokens: readonly Token[]): readonly Token[] {
  const last = tokens.length - 1;
  const first = tokens[0]!;
  if (last < 2 || first.text !== '(' || tokens[last]!.text !== ')') return tokens;
  const closing = tokens.findIndex((token, i) => i > 0 && token.depth === first.depth && token.text === ')');
  if (closing !== last) return tokens;
  // `()` around a tuple or a generator belongs to it.
  const inner = tokens.slice(1, last);
  const isOwn = inner.some(
    (t) => t.depth === first.depth + 1 && (t.text === ',' || (t.kind === 'name' && t.text === 'for')),
  );
  return isOwn ? tokens : withoutParentheses(inner);
}

function subscriptAnchors(tokens: readonly Token[]): { left: number; right: number } | undefined {
  const last = tokens.length - 1;
  if (last < 2 || tokens[last]!.text !== ']') return undefined;
  const open = tokens.map((token) => (token.depth === 0 ? token.text : '')).lastIndexOf('[');
  if (open <= 0) return undefined;
  const value = tokens.slice(0, open);
  const index = tokens.slice(open + 1, last);
  const trailing = index[index.length - 1]!;
  const end = trailing.text === ',' ? trailing.end : operandEnd(index);
  return { left: operandEnd(value), right: end + 1 };
}
