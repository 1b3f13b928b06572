/** Forms of output that scripts rely on: diagnostics as text and JSON, statistics, values that main() returns. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Diagnostic } from '@pysm/compiler';
import type { Values } from '@pysm/debugger';
import { boolWord, floatWord, intWord, NONE_WORD, str7Word, TAG, type Word } from '@pysm/isa';
import { countBySeverity, diagnosticsJson, formatDiagnostic, sortDiagnostics, summarise } from '../src/diagnostics.js';
import { resultJson, statisticsJson } from '../src/statistics.js';

const at = (path: string, line: number, column: number, rest: Partial<Diagnostic> = {}): Diagnostic => ({
  code: 'PS1011',
  severity: 'error',
  message: 'dict literals are not supported yet',
  help: 'Use a list or a class.',
  path,
  range: { line, column, endLine: line, endColumn: column + 2 },
  ...rest,
});

describe('diagnostics', () => {
  it('are one line with a help line below, counting from 1', () => {
    assert.equal(
      formatDiagnostic(at('a.py', 3, 4)),
      'a.py:3:5: PS1011 error dict literals are not supported yet\n    help: Use a list or a class.',
    );
    assert.equal(formatDiagnostic(at('a.py', 1, 0, { help: '' })).split('\n').length, 1);
    assert.match(formatDiagnostic(at('a.py', 1, 0, { help: 'one\ntwo' })), /\n {4}help: one\n {4}help: two$/);
  });

  it('are sorted by place, errors first, each once', () => {
    const warning = at('a.py', 1, 2, { severity: 'warning', code: 'PS3005' });
    const sorted = sortDiagnostics([at('b.py', 1, 0), at('a.py', 10, 0), warning, at('a.py', 1, 2), at('a.py', 10, 0)]);
    assert.deepEqual(
      sorted.map(({ path, range, severity }) => `${path} ${range.line} ${severity}`),
      ['a.py 1 error', 'a.py 1 warning', 'a.py 10 error', 'b.py 1 error'],
    );
  });

  it('are counted in a summary', () => {
    const counts = countBySeverity([at('a.py', 1, 0), at('a.py', 2, 0, { severity: 'hint' })]);
    assert.equal(summarise(1, counts), '1 file checked: 1 error, 0 warnings, 1 hint');
    assert.equal(summarise(2, countBySeverity([])), '2 files checked: 0 errors, 0 warnings');
  });

  it('are JSON with lines and columns from 1', () => {
    assert.deepEqual(diagnosticsJson(['a.py'], [at('a.py', 3, 4)]), {
      version: 1,
      files: ['a.py'],
      diagnostics: [
        {
          path: 'a.py',
          line: 3,
          column: 5,
          endLine: 3,
          endColumn: 7,
          code: 'PS1011',
          severity: 'error',
          message: 'dict literals are not supported yet',
          help: 'Use a list or a class.',
        },
      ],
      summary: { errors: 1, warnings: 0, information: 0, hints: 0 },
    });
  });
});

describe('what main() returned', () => {
  /** Only values in memory ask for these. */
  const values = {
    string: async () => 'a longer "text"',
    repr: async () => "[1, 'x']",
  } as unknown as Values;

  const CASES: readonly (readonly [Word, string])[] = [
    [intWord(5), '5'],
    [intWord(9223372036854775807n), '9223372036854775807'],
    [intWord(-9223372036854775808n), '-9223372036854775808'],
    [floatWord(3), '3.0'],
    [floatWord(-0), '-0.0'],
    [floatWord(0.1), '0.1'],
    [floatWord(1e100), '1e+100'],
    [floatWord(1e16), '10000000000000000.0'],
    [floatWord(Number.NaN), '"nan"'],
    [floatWord(Number.POSITIVE_INFINITY), '"inf"'],
    [floatWord(Number.NEGATIVE_INFINITY), '"-inf"'],
    [boolWord(true), 'true'],
    [boolWord(false), 'false'],
    [NONE_WORD, 'null'],
    [str7Word('a"b'), '"a\\"b"'],
    [{ tag: TAG.STR, payload: 0n }, '"a longer \\"text\\""'],
    [{ tag: TAG.LIST, payload: 0n }, '"[1, \'x\']"'],
  ];
  for (const [word, json] of CASES) {
    it(json, async () => {
      assert.equal(await resultJson(word, values), json);
      JSON.parse(json);
    });
  }
});

describe('statistics', () => {
  it('are JSON in a fixed order, with a result of any size', () => {
    const totals = { cycles: 12, instructions: 10, maxStackWords: 3, heapPeakWords: 0 };
    const text = statisticsJson('sim', 100_000_000, totals, 'finished', 0, '9223372036854775807');
    assert.match(text, /"main_result": 9223372036854775807\n\}\n$/);
    assert.deepEqual(Object.entries(JSON.parse(text)).slice(0, -1), [
      ['cycles', 12],
      ['instructions', 10],
      ['target', 'sim'],
      ['clock_hz', 100_000_000],
      ['max_stack_words', 3],
      ['heap_peak_words', 0],
      ['outcome', 'finished'],
      ['exit_code', 0],
    ]);
  });
});
