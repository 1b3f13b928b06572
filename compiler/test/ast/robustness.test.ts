/** Input that nobody would write: the parser answers, in time, and never throws. */

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { checkSymbols, decodeSource } from '../../src/ast/index.js';
import { dumpText, IS_FULL, loadParser, readCases } from './support.js';

const RUNS = IS_FULL ? 5_000 : 500;
/** Twice what one may wait for: the machine may be busy. */
const LONGEST_MS = 20_000;

test('random bytes and random tokens', async () => {
  const parser = await loadParser();
  const parse = (text: string): void => {
    const { module, problems } = parser.parse(text);
    dumpText(module);
    if (problems.length === 0) checkSymbols(module);
  };
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const decoded = decodeSource(bytes);
      if ('text' in decoded) parse(decoded.text);
    }),
    { numRuns: RUNS },
  );
  const words =
    'if else def class ( ) [ ] { } : , ; . = == * ** \n \t \\ # f" " \' lambda x 1 match case @ := { } \r \0 é'.split(
      ' ',
    );
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words, ' ', '\n    '), { maxLength: 60 }), (parts) =>
      parse(parts.join(' ')),
    ),
    { numRuns: RUNS },
  );
});

test('a file cut at every byte', async () => {
  const parser = await loadParser();
  const bytes = new TextEncoder().encode(readCases('tree-cases.txt').join('').slice(-6_000));
  const step = IS_FULL ? 1 : 7;
  for (let end = 0; end < bytes.length; end += step) {
    const decoded = decodeSource(bytes.subarray(0, end));
    if ('text' in decoded) parser.parse(decoded.text);
  }
});

test('deep and long programs', async () => {
  const parser = await loadParser();
  const many = 100_000;
  const table: [name: string, source: string, message: string | null][] = [
    ['parentheses', '('.repeat(10_000) + ')'.repeat(10_000), 'too many nested parentheses'],
    ['199 parentheses', '('.repeat(199) + ')'.repeat(199), null],
    ['199 calls', 'f('.repeat(199) + ')'.repeat(199), null],
    ['199 dictionaries', `${'{1:'.repeat(199)}1${'}'.repeat(199)}`, null],
    [
      'an error in 150 calls',
      `${'f('.repeat(150)}a b${')'.repeat(150)}`,
      'invalid syntax. Perhaps you forgot a comma?',
    ],
    ['a sum of 900', Array(900).fill('1').join('+'), null],
    ['a long sum', Array(many).fill('1').join('+'), 'too deeply nested'],
    ['a long disjunction', Array(many).fill('1').join(' or '), null],
    ['many nots', `${'not '.repeat(many)}x`, 'too deeply nested'],
    ['many minus signs', `${'-'.repeat(many)}x`, 'too deeply nested'],
    ['many lambdas', `${'lambda:'.repeat(many)}x`, 'too deeply nested'],
    ['many conditions', `${'a if b else '.repeat(many)}x`, 'too deeply nested'],
    ['many attributes', `a${'.b'.repeat(many)}`, 'too deeply nested'],
    ['many fields', `f"${'{a}'.repeat(5_000)}"`, null],
    [
      'deep blocks',
      Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}if x:`).join('\n'),
      'too many levels of indentation',
    ],
    ['many elifs', `if a:\n pass\n${'elif b:\n pass\n'.repeat(500)}`, null],
    ['100,000 lines', 'x = foo(1, "abc", a)\n'.repeat(many), null],
    ['100,000 lines and an error', `${'x = foo(1, "abc", a)\n'.repeat(many)}a b\n`, 'invalid syntax'],
    ['100,000 lines in an open bracket', `(${'x = foo(1, "abc", a)\n'.repeat(many)}`, "'(' was never closed"],
  ];
  for (const [name, source, message] of table) {
    const start = performance.now();
    const { problems } = parser.parse(source);
    assert.equal(problems[0]?.message ?? null, message, name);
    const duration = performance.now() - start;
    assert.ok(duration < LONGEST_MS, `${name} took ${duration} ms`);
  }
});

test('10,000 lines are parsed in less than a second', async () => {
  const parser = await loadParser();
  const source = 'def f(a, b=1):\n    for x in a:\n        if x > b:\n            return g(x, key="k")[0]\n'.repeat(
    2_500,
  );
  parser.parse(source.slice(0, source.length / 10));
  const start = performance.now();
  const { problems } = parser.parse(source);
  const duration = performance.now() - start;
  console.log(`10,000 lines: ${duration.toFixed(0)} ms`);
  assert.deepEqual(problems, []);
  assert.ok(duration < 1_000 || process.env['CI'] === undefined);
});
