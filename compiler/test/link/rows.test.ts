/** Row displacement and dispatch rows: every lookup finds what Python's rules say, every other one misses. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DISPATCH_KIND, type DispatchEntry, type Image, MEMORY } from '@pysm/isa';
import fc from 'fast-check';
import type { AsmAttribute, AsmClass, AsmInstruction, AsmProgram } from '../../src/assembly/model.js';
import { isaMarker, link } from '../../src/link/index.js';
import { displaceRows } from '../../src/link/rows.js';

/** What the core does: one read of the table and one comparison of attribute numbers. */
function probe(image: Image, row: number, attribute: number): DispatchEntry | undefined {
  const entry = image.dispatch.find(({ index }) => index === (row + attribute) % MEMORY.dispatch);
  return entry?.attribute === attribute ? entry : undefined;
}

interface Shape {
  readonly base: number;
  readonly slots: readonly number[];
  readonly attributes: readonly (readonly [name: number, kind: AsmAttribute['kind']])[];
}

const NAMES = Array.from({ length: 12 }, (_, i) => `a${i}`);
const UNUSED = 'never';

/** A program of classes of these shapes whose start makes an instance of each and uses every name. */
function programOf(shapes: readonly Shape[]): AsmProgram {
  const ret: AsmInstruction = { mnemonic: 'RET', operands: [{ kind: 'named', name: 'None' }] };
  const fn = (name: string, items: readonly AsmInstruction[], parameters: readonly string[], locals = parameters) => ({
    name,
    qualname: name,
    module: 'm',
    parameters,
    min: parameters.length,
    locals,
    defaults: [],
    items,
    handlers: [],
    runtime: false,
    vectors: [],
  });
  const classes = shapes.map(({ base, slots, attributes }, i): AsmClass => {
    const inherited = new Set<number>();
    for (let b = base; b >= 0; b = shapes[b]!.base) for (const s of shapes[b]!.slots) inherited.add(s);
    return {
      name: `m.C${i}`,
      pythonName: `C${i}`,
      base: base < 0 ? undefined : `m.C${base}`,
      slots: slots.filter((s) => !inherited.has(s)).map((s) => NAMES[s]!),
      attributes: [
        ...attributes.map(([name, kind]): AsmAttribute => {
          if (kind === 'value')
            return { name: NAMES[name]!, kind, initial: { type: 'int', value: BigInt(100 * i + name) } };
          return { name: NAMES[name]!, kind, function: `m.C${i}.f` };
        }),
        { name: UNUSED, kind: 'method', function: `m.C${i}.never` },
      ],
      constructor_: undefined,
      tags: [],
    };
  });
  const uses = [...NAMES, ...classes.map((c) => isaMarker(c.name))];
  const items: AsmInstruction[] = [
    ...classes.map(
      ({ name }): AsmInstruction => ({
        mnemonic: 'NEW',
        operands: [
          { kind: 'local', slot: 0 },
          { kind: 'constant', value: { type: 'class', name } },
        ],
      }),
    ),
    ...uses.map(
      (name): AsmInstruction => ({
        mnemonic: name.includes(' ') ? 'ISA' : 'LDA',
        operands: [{ kind: 'discard' }, { kind: 'local', slot: 0 }, { kind: 'attribute', name }],
      }),
    ),
    ret,
  ];
  const methods = classes.flatMap((c) => [fn(`${c.name}.f`, [ret], ['self']), fn(`${c.name}.never`, [ret], ['self'])]);
  return {
    start: 'start',
    modules: [
      {
        name: 'm',
        path: '',
        runtime: false,
        globals: [],
        classes,
        functions: [fn('start', items, [], ['x']), ...methods],
      },
    ],
  };
}

const anyHierarchy: fc.Arbitrary<Shape[]> = fc
  .array(
    fc.tuple(
      fc.nat(),
      fc.uniqueArray(fc.nat(NAMES.length - 1), { maxLength: 4 }),
      fc.uniqueArray(fc.tuple(fc.nat(NAMES.length - 1), fc.constantFrom('method', 'getter', 'value')), {
        selector: ([name]) => name,
        maxLength: 5,
      }),
    ),
    { minLength: 1, maxLength: 14 },
  )
  .map((list) => list.map(([base, slots, attributes], i) => ({ base: (base % (i + 1)) - 1, slots, attributes })));

/** What a lookup should find, by Python's rules, in words of the test alone. */
function expected(shapes: readonly Shape[], index: number, name: number): string | undefined {
  const chain: number[] = [];
  for (let i = index; i >= 0; i = shapes[i]!.base) chain.push(i);
  const owner = chain.find((i) => shapes[i]!.attributes.some(([n]) => n === name));
  const kind = owner === undefined ? undefined : shapes[owner]!.attributes.find(([n]) => n === name)![1];
  const slot = chain.some((i) => shapes[i]!.slots.includes(name));
  if (kind === 'getter') return `getter ${owner}`;
  if (kind === 'method') return slot ? `slow ${owner}` : `method ${owner}`;
  if (kind === 'value') return `${slot ? 'slot or ' : ''}value ${100 * owner! + name}`;
  return slot ? 'slot' : undefined;
}

const KINDS: ReadonlyMap<number, string> = new Map([
  [DISPATCH_KIND.GETTER, 'getter'],
  [DISPATCH_KIND.METHOD, 'method'],
  [DISPATCH_KIND.SLOW, 'slow'],
  [DISPATCH_KIND.SLOT, 'slot'],
  [DISPATCH_KIND.CLASS_VALUE, 'value'],
  [DISPATCH_KIND.SLOT_ELSE_CLASS, 'slot or value'],
]);

test('every attribute of every class of random hierarchies is found, every absent one misses', () => {
  fc.assert(
    fc.property(anyHierarchy, (shapes) => {
      const result = link(programOf(shapes));
      assert.ok('image' in result, 'diagnostics' in result ? result.diagnostics[0]?.message : '');
      const { image } = result;
      const number = (name: string): number => image.debug.attributes.indexOf(name);
      shapes.forEach((_, i) => {
        const debugClass = image.debug.classes.find((c) => c.name === `C${i}`)!;
        NAMES.forEach((name, n) => {
          const entry = probe(image, debugClass.row, number(name));
          const want = expected(shapes, i, n);
          if (!entry) {
            assert.equal(want, undefined, `C${i}.${name} misses`);
            return;
          }
          let got = KINDS.get(entry.kind)!;
          if (entry.kind === DISPATCH_KIND.CLASS_VALUE || entry.kind === DISPATCH_KIND.SLOT_ELSE_CLASS)
            got += ` ${entry.value.payload}`;
          else if (entry.kind !== DISPATCH_KIND.SLOT) {
            const address = Number(entry.value.payload & 0xffffn);
            got += ` ${/C(\d+)/.exec(image.debug.functions.find((f) => f.entry === address)!.name)![1]}`;
          }
          assert.equal(got, want, `C${i}.${name}`);
          if (got.startsWith('slot')) assert.equal(debugClass.slots[entry.slot], name);
        });
        for (let j = 0; j < shapes.length; j++) {
          let related = false;
          for (let k = i; k >= 0; k = shapes[k]!.base) related ||= k === j;
          const entry = probe(image, debugClass.row, number(isaMarker(`m.C${j}`)));
          assert.equal(entry?.kind, related ? DISPATCH_KIND.ISA : undefined, `C${i} is a C${j}`);
        }
      });
      assert.equal(
        image.debug.functions.some((f) => f.name.endsWith(UNUSED)),
        false,
        'unused methods are not linked',
      );
    }),
    { seed: 1, numRuns: 150 },
  );
});

test('rows fill the table tightly and give up only where they must', () => {
  const contents = new Map(Array.from({ length: 20 }, (_, i) => [`C${i}`, [1, 2, 3 + (i % 5), 9 + i]] as const));
  const rows = displaceRows(contents, 140)!;
  const used = [...contents].flatMap(([name, list]) => list.map((a) => rows.get(name)! + a));
  assert.equal(new Set(used).size, used.length);
  assert.equal(new Set(rows.values()).size, 20);
  assert.ok(Math.min(...rows.values()) >= 1 && Math.max(...used) < 140);
  assert.equal(displaceRows(contents, 79), undefined);
});
