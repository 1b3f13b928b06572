import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatTraceback, type TracebackFrame } from '../src/traceback.js';
import { runPython } from './support/python.js';

/** Runs each file, and gives what CPython prints for its exception and the frames that it printed it from. */
const ORACLE = `
import io, json, sys
def run(path):
    with open(path, encoding='utf8', newline='') as f:
        source = f.read()
    try:
        sys.stdout = io.StringIO()
        exec(compile(source, path, 'exec'), {'__name__': '__main__'})
        sys.stdout = sys.__stdout__
    except BaseException as error:
        sys.stdout = sys.__stdout__
        tb = error.__traceback__.tb_next
        if tb is None:
            return None
        error = error.with_traceback(tb)
        sys.stderr = out = io.StringIO()
        sys.__excepthook__(type(error), error, tb)
        sys.stderr = sys.__stderr__
        frames = []
        while tb:
            code = tb.tb_frame.f_code
            lines = source.split('\\n')
            line, end_line, column, end_column = list(code.co_positions())[tb.tb_lasti // 2]
            def units(number, offset):
                return len(lines[number - 1].encode('utf8')[:offset].decode('utf8').encode('utf-16-le')) // 2
            frames.append({'path': code.co_filename, 'name': code.co_name, 'range': {'line': tb.tb_lineno,
                'endLine': end_line, 'column': units(line, column), 'endColumn': units(end_line, end_column)}})
            tb = tb.tb_next
        return {'text': out.getvalue(), 'frames': frames, 'source': source}
print(json.dumps([run(path) for path in json.load(sys.stdin)]))
`;

interface Answer {
  readonly text: string;
  readonly frames: readonly TracebackFrame[];
  readonly source: string;
}

/** Compares the traceback of each program with CPython's; every program must raise. Gives the number compared. */
function compare(programs: readonly string[]): number {
  const folder = mkdtempSync(join(tmpdir(), 'pysm-traceback-'));
  try {
    const paths = programs.map((text, i) => {
      const path = join(folder, `p${i}.py`);
      writeFileSync(path, text);
      return path;
    });
    const answers = runPython(ORACLE, paths) as (Answer | null)[];
    let compared = 0;
    answers.forEach((answer, i) => {
      if (!answer) return;
      const text = formatTraceback(answer.frames, () => answer.source);
      assert.equal(text, answer.text.slice(0, text.length), programs[i]);
      assert.match(answer.text.slice(text.length), /^\w/, `more lines than expected:\n${answer.text}\n${programs[i]}`);
      compared++;
    });
    return compared;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const PROGRAMS: Readonly<Record<string, string>> = {
  'whole line': 'raise ValueError("x")\n',
  name: 'x = undefined_name + 1\n',
  operator: 'a = 1\nb = 0\nx = (a + 2) // b + 3\n',
  'two functions': 'def f(x):\n    return x / 0\n\ndef g():\n    y = f(1) + 2\n    return y\n\ng()\n',
  assert: 'def f(l):\n\tassert len(l) > 3, "short"\nf([])\n',
  subscript: 'l = [1, 2]\nprint(l[ 7 ], 3)\n',
  'subscript of subscript': 'l = [[1]]\nprint(l[0][(7)])\n',
  attribute: 'class C:\n    pass\nc = C()\nprint(c.x + 1)\n',
  method: 'class C:\n    def m(self, n):\n        self.v = n.x\n\nC().m(3)\n',
  recursion: 'def f(n):\n    return n * f(n - 1)\nf(3)\n',
  'short recursion': 'def f(n):\n    if n == 0:\n        raise ValueError(n)\n    return f(n - 1)\nf(2)\n',
  'folded by one': 'def f(n):\n    if n == 0:\n        raise ValueError(n)\n    return f(n - 1)\nf(4)\n',
  'folded by two': 'def f(n):\n    if n == 0:\n        raise ValueError(n)\n    return f(n - 1)\nf(5)\n',
  'several lines': 'x = (1 +\n     2 + None +\n     3)\n',
  'call over lines': 'def f(a, b):\n    return a[\n        b\n    ]\nf(\n    [],\n    1,\n)\n',
  'not ASCII': 'é = 1; 日本 = "日本😀"; print("😀", é + 日本)\n',
  'not ASCII left': 'x = "日本😀" + 1 + 2\n',
  'tabs and form feed': 'if 1:\n\t x = 1 / 0   \n',
  'comment behind': 'x = 1 / 0  # why\n',
  'statements on a line': 'a = 1; b = a / 0; c = 3\n',
  'no last line break': 'x = None + 1',
  unary: 'x = -None\ny = 3\n',
  power: 'x = 0 ** -1\n',
  'matrix product': 'x = 1 @ 2\n',
  comparison: 'x = 1 < "a"\n',
  augmented: 'x = 1\nx += "a"\n',
  del: 'l = []\ndel l[0]\n',
  unpacking: 'a, b = [1, 2, 3]\n',
  for: 'for i in 5:\n    pass\n',
  lambda: 'f = lambda x: x + None\nf(1)\n',
  CRLF: 'x = 1\r\ny = x + None\r\n',
};

for (const [name, program] of Object.entries(PROGRAMS)) {
  test(`traceback: ${name}`, () => {
    assert.equal(compare([program]), 1, 'the program does not raise');
  });
}

const blank = fc.constantFrom('', '', ' ', '  ');
const leaf = fc.constantFrom('1', '0', 'n', 's', 'l', '"é"', "'[+'", 'd', '2.5', 'f(1)', 'l[0]', '...');
const operator = fc.constantFrom(
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '**',
  '<<',
  '>>',
  '&',
  '|',
  '^',
  '@',
  '<',
  '==',
  ' in ',
  ' and ',
  ' or ',
  ' is not ',
);
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.tuple(tie('expression'), blank, operator, blank, tie('expression')).map((parts) => parts.join('')),
    fc.tuple(blank, tie('expression'), blank).map(([a, e, b]) => `(${a}${e}${b})`),
    fc.tuple(tie('expression'), blank, tie('expression'), blank).map(([a, b, i, c]) => `(${a})${b}[${i}${c}]`),
    fc.tuple(fc.constantFrom('n', 'l', 'd'), tie('expression')).map(([a, i]) => `${a}[${i}]`),
    fc.tuple(fc.constantFrom('-', '+', '~', 'not '), tie('expression')).map((parts) => parts.join('')),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `f(${a}, ${b})`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `[${a},${b}]`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `l[${a}:${b}]`),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([a, b, c]) => `(${a} if ${b} else ${c})`),
    fc.constant('n.missing'),
  ),
}));

test('tracebacks of random failing expressions', () => {
  const statement = fc
    .tuple(fc.constantFrom('', 'x = ', 'print(', 'return ', 'assert '), expression)
    .map(
      ([prefix, text]) =>
        `def f(a, b=0):\n    return a\nn = None; s = "text"; l = [1]; d = 7\ndef g():\n    ${prefix}${text}${prefix === 'print(' ? ')' : ''}\ng()\n`,
    );
  const programs = fc.sample(statement, { numRuns: 4_000, seed: 11 });
  const compared = compare(programs);
  assert.ok(compared > 1_000, `only ${compared} of the programs raise`);
});
