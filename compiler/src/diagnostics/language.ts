/** The language as docs/language.md shows it: what is supported, and, from the table of diagnostics, what is not. */
import { BUILTIN_FUNCTIONS } from '../program/resolve.js';
import { SPECIAL_METHODS } from '../program/subset.js';
import { CODES, type CodeEntry } from './codes.js';

/** What compiles and runs as in CPython 3.11. */
const SUPPORTED: readonly (readonly [construct: string, notes: string])[] = [
  ['`int`', '64 bits; a result beyond them raises `OverflowError` until big integers come'],
  ['`float`', 'IEEE double; printed with the shortest text that reads back, as in CPython'],
  [
    '`bool`, `None`, `str`',
    '`str` literals of any length; `+`, `*`, comparison, index, slices, `in`, iteration, `len`',
  ],
  [
    'operators',
    'arithmetic, bitwise, comparison chains, `and`, `or`, `not`, `is`, `in`, conditional expressions, all augmented assignments',
  ],
  [
    'statements',
    '`if`, `while`, `for`, `else` on loops, `break`, `continue`, `pass`, `assert`, `raise`, `return`, `global`, annotations',
  ],
  ['`range` in `for`', 'one to three arguments, any step'],
  ['tuples', 'literals, index, slices, multiple and nested assignment, iteration, `len`, comparison for equality'],
  ['lists', 'literals, index, reading slices, assignment to an index, iteration, `len`, `+`, `*`, `in`'],
  ['functions', 'at module level; defaults, keyword arguments, recursion, functions as values'],
  [
    'classes',
    'at module level; single inheritance, methods, class values, `super().method()`, built-in exceptions as bases',
  ],
  [
    'exceptions',
    'raised ones end the program with CPython’s traceback and exit code 1; `SystemExit` with its exit status',
  ],
  ['modules', '`import` and `from ... import` of files beside the program, `machine`, `time`, `compiler.intrinsics`'],
];

/** The page docs/language.md. */
export function languagePage(): string {
  const entries = Object.entries(CODES) as [string, CodeEntry][];
  const unsupported = entries.filter(([, e]) => e.construct !== undefined);
  const cell = (text: string) => text.replaceAll('|', '\\|').replace(/\{\d\}/g, '...');
  return [
    '# The language',
    '',
    'What CPython 3.11 prints, a PySM program prints. What PySM cannot run is refused with a diagnostic while you type, and',
    'never compiled into something else. This page is generated from the compiler’s tables (`node compiler/generate.mjs`).',
    '',
    '## Supported',
    '',
    '| construct | notes |',
    '|---|---|',
    ...SUPPORTED.map(([construct, notes]) => `| ${cell(construct)} | ${cell(notes)} |`),
    '',
    `Built-in functions: ${Object.keys(BUILTIN_FUNCTIONS)
      .map((n) => `\`${n}\``)
      .join(', ')}; the names of the built-in exceptions.`,
    '',
    'Methods of lists: `append`, `clear`, `copy`, `extend`, `insert`, `pop`, `remove`, `reverse`, and, where the compiler sees that the object is a list, `count` and `index`.',
    '',
    `Special methods: ${[...SPECIAL_METHODS].map((n) => `\`${n}\``).join(', ')}.`,
    '',
    '## Not supported',
    '',
    '| code | construct | why | instead |',
    '|---|---|---|---|',
    ...unsupported.map(([code, e]) => `| ${code} | ${cell(e.construct!)} | ${cell(e.message)} | ${cell(e.help)} |`),
    '',
    '## Every diagnostic',
    '',
    '| code | severity | message | help |',
    '|---|---|---|---|',
    ...entries.map(([code, e]) => `| ${code} | ${e.severity} | ${cell(e.message)} | ${cell(e.help)} |`),
    '',
    '## Known differences from CPython',
    '',
    'None of these is a result that differs silently: an exception marks each, or CPython itself leaves it open.',
    '',
    '- An integer result beyond 64 bits raises `OverflowError`; CPython goes on with a big integer.',
    '- Memory is not collected yet: a program that keeps allocating objects ends with `MemoryError`.',
    '- Recursion ends with `RecursionError` at the depth of the core’s stacks (at most 1,008 calls, fewer with large frames).',
    '- `NotImplementedError` is raised where only the running program shows that something is not supported: iteration, `in`,',
    '  unpacking and slices of objects by `__getitem__`; `**` with a fractional exponent other than 0.5, or of a negative number;',
    '  `%` of a string; a function stored as a class value; an assignment to a class value through a variable; `OSError` with an',
    '  error number; `float()` of a text of more than 18 digits that lies too close to the middle between two numbers; one NaN',
    '  looked for in a container that holds the same NaN.',
    '- `is` between numbers, strings or tuples is refused where their types are known, and a warning where they may be (PS3011).',
    '- `x ** n` of floats is correctly rounded. CPython gives what `pow` of its C library gives, which differs between platforms',
    '  by a unit in the last place for about one result in a thousand.',
    '- The default text of an object or function shows its word address in data memory; in CPython it changes with every run.',
    '- The report of an uncaught `NameError` or `AttributeError` makes no suggestion (`Did you mean`).',
    '',
  ].join('\n');
}
