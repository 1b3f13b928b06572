/** The forms of the report: JSON after its schema, tables for the terminal, order and stability. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { analyseCosts, costsToJson, formatCostTable, formatSpan, formatTime } from '../../src/timing/index.js';
import { fn, program } from './support.js';

const FUNCTIONS = [
  fn(
    'main(x)',
    '2 MOV i,0\nL:\n3 ADD S,x,i\n3 POP 1\n4 CALL @__main__.poll,0,*\n2 FORR i,x,L ; loop=3..5\n5 RET None',
    { locals: ['i'] },
  ),
  fn('poll()', 'L:\n9 IOB 2,0,L\n10 RET None'),
];
const report = analyseCosts(program(FUNCTIONS));

interface Schema {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly minimum?: number;
}

/** Where `value` breaks the schema: the keywords that docs/schema uses; a property that it does not know is a break too. */
function breaks(value: unknown, schema: Schema, root: { $defs: Record<string, Schema> }, at: string): string[] {
  if (schema.$ref) return breaks(value, root.$defs[schema.$ref.replace('#/$defs/', '')]!, root, at);
  if ('const' in schema && value !== schema.const) return [`${at} is not ${schema.const}`];
  if (schema.enum && !schema.enum.includes(value)) return [`${at} is none of ${schema.enum.join(', ')}`];
  const kind =
    value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
  if (schema.type && ![schema.type].flat().includes(kind)) return [`${at} is ${kind}`];
  if (typeof value === 'number' && schema.minimum !== undefined && value < schema.minimum)
    return [`${at} is too small`];
  if (Array.isArray(value)) return value.flatMap((v, i) => breaks(v, schema.items!, root, `${at}[${i}]`));
  if (kind !== 'object') return [];
  const object = value as Record<string, unknown>;
  return [
    ...(schema.required ?? []).filter((name) => !(name in object)).map((name) => `${at} has no ${name}`),
    ...Object.entries(object).flatMap(([name, v]) => {
      const inner = schema.properties?.[name];
      return inner ? breaks(v, inner, root, `${at}.${name}`) : [`${at}.${name} is not in the schema`];
    }),
  ];
}

test('the JSON form follows its schema', () => {
  const file = new URL('../../../../docs/schema/cycles.schema.json', import.meta.url);
  const schema = JSON.parse(readFileSync(file, 'utf8'));
  const value = JSON.parse(JSON.stringify(costsToJson(report)));
  assert.deepEqual(breaks(value, schema, schema, 'report'), []);
  assert.ok(value.lines.some((l: object) => 'entry' in l));
  assert.ok(value.functions.some((f: { total: { cycles: { worst: unknown } } }) => f.total.cycles.worst === null));
});

test('a report is sorted, and the same each time', () => {
  const lines = report.lines.map((l) => l.line);
  assert.deepEqual(
    lines,
    [...lines].sort((a, b) => a - b),
  );
  assert.deepEqual(analyseCosts(program(FUNCTIONS)), report);
  assert.deepEqual(
    analyseCosts(program([...FUNCTIONS].reverse())).functions.map((f) => f.name),
    report.functions.map((f) => f.name),
  );
});

test('the table shows lines, loops, functions, and what keeps them from a bound', () => {
  const source = Array.from({ length: 10 }, (_, i) => `source of line ${i + 1}`);
  const text = formatCostTable(report, (path) => (path === 'main.py' ? source : undefined));
  assert.match(text, /^ +2 +1 +1 +source of line 2 +# before the loop$/m);
  assert.match(text, /^ +2 +1 +1-3 +source of line 2$/m);
  assert.match(text, /^ +4 +1 +1 +6-\? +source of line 4$/m);
  assert.match(text, /^main\.py:2 +3-5 /m);
  assert.match(text, /^__main__\.poll +5-\? /m);
  assert.match(text, /__main__\.main: callee: poll has no bound/);
});

test('a report without anything is a table without anything', () => {
  assert.equal(formatCostTable(analyseCosts({ modules: [], start: '' }), () => undefined).trim(), '');
});

test('spans and times', () => {
  assert.equal(formatSpan({ best: 3, worst: 3 }), '3');
  assert.equal(formatSpan({ best: 3, worst: 11 }), '3-11');
  assert.equal(formatSpan({ best: 3, worst: null }), '3-?');
  assert.equal(formatTime(48, 100e6), '480 ns');
  assert.equal(formatTime(123_456, 100e6), '1.23 ms');
  assert.equal(formatTime(500_000_000, 100e6), '5 s');
});
