/**
 * Random structured programs, walked with random choices by a reference that shares nothing with the analysis but the
 * instruction table: what a walk measures lies between best and worst, for the function and for each visit of a line,
 * and equals both where the program leaves no choice.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BY_MNEMONIC, type Outcome, type TagClass } from '@pysm/isa';
import * as fc from 'fast-check';
import type { AsmFunction, AsmInstruction, AsmItem, AsmOperand, LoopBound } from '../../src/assembly/model.js';
import { analyseCosts } from '../../src/timing/index.js';
import { program } from './support.js';

type Statement =
  /** Instructions by table name with the tags that analysis and walk agree on. */
  | { readonly kind: 'straight'; readonly code: readonly Straight[] }
  | { readonly kind: 'if'; readonly yes: readonly Statement[]; readonly no: readonly Statement[] }
  | {
      readonly kind: 'loop';
      readonly form: 'bottom' | 'top' | 'middle';
      readonly min: number;
      readonly spread: number;
      readonly body: readonly Statement[];
    }
  | { readonly kind: 'break' }
  | { readonly kind: 'return' }
  /** Call of one of the functions before this one. */
  | { readonly kind: 'call'; readonly callee: number; readonly missing: number };

interface Straight {
  readonly mnemonic: 'ADD' | 'MUL' | 'LDX' | 'MOV' | 'BTUP' | 'CEQ';
  readonly a: readonly TagClass[] | undefined;
  readonly b: readonly TagClass[] | undefined;
}

interface Plan {
  readonly extra: number;
  readonly defaults: number;
  readonly body: readonly Statement[];
}

const NUMBERS: readonly (readonly TagClass[] | undefined)[] = [['int'], ['float'], ['int', 'float'], undefined];

const exactCode: fc.Arbitrary<Straight> = fc.constantFrom<Straight>(
  { mnemonic: 'ADD', a: ['int'], b: ['int'] },
  { mnemonic: 'MUL', a: ['float'], b: ['int'] },
  { mnemonic: 'MOV', a: undefined, b: undefined },
  { mnemonic: 'BTUP', a: undefined, b: undefined },
  { mnemonic: 'LDX', a: ['tuple'], b: ['int'] },
);
const looseCode: fc.Arbitrary<Straight> = fc.record({
  mnemonic: fc.constantFrom('ADD', 'MUL', 'CEQ'),
  a: fc.constantFrom(...NUMBERS),
  b: fc.constantFrom(...NUMBERS),
});

/** Statements; `exact` ones leave no choice. */
const statements = (exact: boolean): fc.Arbitrary<readonly Statement[]> =>
  fc.letrec<{ block: Statement[]; statement: Statement }>((tie) => {
    const straight = fc.record({
      kind: fc.constant('straight' as const),
      code: fc.array(exact ? exactCode : fc.oneof(exactCode, looseCode), { minLength: 1, maxLength: 4 }),
    });
    const call = fc.record({ kind: fc.constant('call' as const), callee: fc.nat(9), missing: fc.nat(2) });
    const loop = fc.record({
      kind: fc.constant('loop' as const),
      form: fc.constantFrom('bottom' as const, 'top' as const, 'middle' as const),
      min: fc.integer({ min: 1, max: 5 }),
      spread: exact ? fc.constant(0) : fc.nat(3),
      body: tie('block'),
    });
    const choice = fc.record({ kind: fc.constant('if' as const), yes: tie('block'), no: tie('block') });
    const end = fc.constantFrom<Statement>({ kind: 'break' }, { kind: 'return' });
    return {
      block: fc.array(tie('statement'), { maxLength: 4, depthIdentifier: 'block' }),
      statement: exact
        ? fc.oneof({ depthIdentifier: 'block', maxDepth: 4 }, straight, call, loop)
        : fc.oneof({ depthIdentifier: 'block', maxDepth: 4 }, straight, call, loop, choice, end),
    };
  }).block;

const plans = (exact: boolean): fc.Arbitrary<readonly Plan[]> =>
  fc.array(fc.record({ extra: fc.nat(5), defaults: exact ? fc.constant(0) : fc.nat(2), body: statements(exact) }), {
    minLength: 1,
    maxLength: 3,
  });

/** An instruction of the plan with what a walk has to know. */
type Code =
  | { readonly do: 'run'; readonly item: AsmInstruction; readonly callee?: number; readonly missing?: number }
  | { readonly do: 'branch'; readonly item: AsmInstruction; readonly backward: boolean };

/** A plan's function as a tree that can be walked. */
type Tree =
  | Code
  | {
      readonly do: 'if';
      readonly test: Code;
      readonly yes: readonly Tree[];
      readonly skip: Code;
      readonly no: readonly Tree[];
    }
  | { readonly do: 'bottom'; readonly bound: LoopBound; readonly body: readonly Tree[]; readonly close: Code }
  | {
      readonly do: 'top';
      readonly bound: LoopBound;
      readonly test: Code;
      readonly body: readonly Tree[];
      readonly close: Code;
    }
  | {
      readonly do: 'middle';
      readonly bound: LoopBound;
      readonly jump: Code;
      readonly body: readonly Tree[];
      readonly close: Code;
    }
  | { readonly do: 'break'; readonly jump: Code }
  | { readonly do: 'return'; readonly ret: Code };

interface Built {
  readonly f: AsmFunction;
  readonly tree: readonly Tree[];
}

const LOCAL: AsmOperand = { kind: 'local', slot: 0 };
const label = (name: string): AsmOperand => ({ kind: 'label', name });

function build(plan: Plan, index: number, earlier: readonly Built[]): Built {
  const items: AsmItem[] = [];
  let labels = 0;
  let line = 1000 * (index + 1);
  const name = (): string => `L${labels++}`;
  const place = (name: string): void => void items.push({ label: name });
  const add = (
    line: number,
    mnemonic: string,
    operands: readonly AsmOperand[],
    more: Partial<AsmInstruction> = {},
  ): AsmInstruction => {
    const item = { mnemonic, operands, range: { line, column: 0, endLine: line, endColumn: 1 }, ...more };
    items.push(item);
    return item;
  };
  const straight = (s: Straight, line: number): Code => {
    const known = { ...(s.a ? { a: s.a } : {}), ...(s.b ? { b: s.b } : {}) };
    const operands: readonly AsmOperand[] =
      s.mnemonic === 'MOV'
        ? [LOCAL, LOCAL]
        : s.mnemonic === 'BTUP'
          ? [LOCAL, { kind: 'int', value: 3 }]
          : [LOCAL, LOCAL, LOCAL];
    return { do: 'run', item: add(line, s.mnemonic, operands, { known }) };
  };
  const block = (list: readonly Statement[], leave: string | undefined): Tree[] => list.flatMap((s) => one(s, leave));
  const one = (s: Statement, leave: string | undefined): Tree[] => {
    line += 1;
    const here = line;
    switch (s.kind) {
      case 'straight':
        return s.code.map((c) => straight(c, here));
      case 'call': {
        const callee = earlier[s.callee % Math.max(1, earlier.length)];
        if (!callee) return [];
        const missing = Math.min(s.missing, callee.f.defaults.length);
        const n = callee.f.parameters.length - missing;
        const operands: readonly AsmOperand[] = [
          { kind: 'function', name: callee.f.name },
          { kind: 'int', value: n },
          { kind: 'clear' },
        ];
        return [
          { do: 'run', item: add(here, 'CALL', operands, { drop: true }), callee: earlier.indexOf(callee), missing },
        ];
      }
      case 'if': {
        const [other, end] = [name(), name()];
        const test: Code = {
          do: 'branch',
          item: add(here, 'BT', [LOCAL, label(other)], { known: { a: ['int'] } }),
          backward: false,
        };
        const yes = block(s.yes, leave);
        const skip: Code = { do: 'run', item: add(here, 'JMP', [label(end)]) };
        place(other);
        const no = block(s.no, leave);
        place(end);
        return [{ do: 'if', test, yes, skip, no }];
      }
      case 'loop': {
        const bound = { min: s.min, max: s.min + s.spread, reason: 'test' };
        const [start, middle, end] = [name(), name(), name()];
        if (s.form === 'bottom') {
          place(start);
          const body = block(s.body, end);
          const close: Code = {
            do: 'branch',
            item: add(here, 'FORR', [LOCAL, LOCAL, label(start)], { loopBound: bound }),
            backward: true,
          };
          place(end);
          return [{ do: 'bottom', bound, body, close }];
        }
        if (s.form === 'top') {
          place(start);
          const test: Code = {
            do: 'branch',
            item: add(here, 'BF', [LOCAL, label(end)], { known: { a: ['int'] } }),
            backward: false,
          };
          const body = block(s.body, end);
          const close: Code = { do: 'run', item: add(here, 'JMP', [label(start)], { loopBound: bound }) };
          place(end);
          return [{ do: 'top', bound, test, body, close }];
        }
        const jump: Code = { do: 'run', item: add(here, 'JMP', [label(middle)]) };
        place(start);
        const body = block(s.body, end);
        place(middle);
        const close: Code = {
          do: 'branch',
          item: add(here, 'FORITER', [LOCAL, LOCAL, label(start)], { known: { h: ['list'] }, loopBound: bound }),
          backward: true,
        };
        place(end);
        return [{ do: 'middle', bound, jump, body, close }];
      }
      case 'break':
        return leave === undefined
          ? []
          : [{ do: 'break', jump: { do: 'run', item: add(here, 'JMP', [label(leave)]) } }];
      case 'return':
        return [{ do: 'return', ret: { do: 'run', item: add(here, 'RET', [LOCAL]) } }];
    }
  };
  const tree = block(plan.body, undefined);
  line += 1;
  tree.push({ do: 'return', ret: { do: 'run', item: add(line, 'RET', [LOCAL]) } });
  const parameters = ['x', 'y'];
  return {
    f: {
      name: `__main__.f${index}`,
      qualname: `f${index}`,
      module: '__main__',
      parameters,
      min: parameters.length - plan.defaults,
      locals: [...parameters, ...Array.from({ length: plan.extra }, (_, i) => `t${i}`)],
      defaults: Array.from({ length: plan.defaults }, () => ({
        kind: 'constant' as const,
        value: { type: 'none' as const },
      })),
      items,
      handlers: [],
      runtime: false,
      vectors: [],
    },
    tree,
  };
}

/** Walks functions with a source of choices below a limit, and records what each visit of a line costs. */
class Walker {
  cycles = 0;
  instructions = 0;
  readonly visits: { line: number; own: number; total: number }[] = [];

  constructor(
    readonly built: readonly Built[],
    readonly choose: (below: number) => number,
  ) {}

  call(index: number): void {
    const visit = { line: -1, own: 0, total: 0 };
    const state = { visit };
    this.block(this.built[index]!.tree, state);
    this.#close(state.visit);
  }

  #close(visit: { line: number; own: number; total: number }): void {
    if (visit.line > 0) this.visits.push(visit);
  }

  block(
    list: readonly Tree[],
    state: { visit: { line: number; own: number; total: number } },
  ): 'break' | 'return' | undefined {
    for (const tree of list) {
      const ended = this.tree(tree, state);
      if (ended) return ended;
    }
    return undefined;
  }

  tree(t: Tree, state: { visit: { line: number; own: number; total: number } }): 'break' | 'return' | undefined {
    const run = (code: Code, taken = false): void => this.run(code, taken, state);
    switch (t.do) {
      case 'run':
      case 'branch':
        run(t);
        return undefined;
      case 'if': {
        const other = this.choose(2) === 1;
        run(t.test, other);
        const ended = this.block(other ? t.no : t.yes, state);
        if (!ended && !other) run(t.skip);
        return ended;
      }
      case 'return':
        run(t.ret);
        return 'return';
      case 'break':
        run(t.jump);
        return 'break';
      default: {
        const n = t.bound.min + this.choose(t.bound.max! - t.bound.min + 1);
        if (t.do === 'middle') {
          run(t.jump);
          run(t.close, n > 0);
        }
        for (let i = 1; i <= n; i++) {
          if (t.do === 'top') run(t.test, false);
          const ended = this.block(t.body, state);
          if (ended) return ended === 'break' ? undefined : ended;
          run(t.close, t.do === 'bottom' || t.do === 'middle' ? i < n : true);
        }
        if (t.do === 'top') run(t.test, true);
        return undefined;
      }
    }
  }

  run(code: Code, taken: boolean, state: { visit: { line: number; own: number; total: number } }): void {
    const { item } = code;
    const line = item.range!.line;
    if (state.visit.line !== line) {
      this.#close(state.visit);
      state.visit = { line, own: 0, total: 0 };
    }
    const instruction = BY_MNEMONIC.get(item.mnemonic)!;
    const tags: Record<string, TagClass> = {};
    for (const [name, classes] of Object.entries(item.known ?? {})) tags[name] = classes[this.choose(classes.length)]!;
    const possible = instruction.outcomes.filter(
      (o) =>
        (o.taken === undefined || o.taken === taken) &&
        o.name !== 'from a generator' &&
        Object.entries(o.tags ?? {}).every(([name, tag]) => (tags[name] ?? tag) === tag),
    );
    const outcome = possible[this.choose(possible.length)] as Outcome;
    let own = outcome.cycles;
    if (instruction.branch && code.do === 'branch' && taken !== code.backward) own += 2;
    if (item.mnemonic === 'BTUP') own += 3;
    const before = this.cycles;
    this.instructions += 1;
    if (code.do === 'run' && code.callee !== undefined) {
      const { f } = this.built[code.callee]!;
      const given = f.parameters.length - code.missing!;
      own += Math.max(0, f.locals.length - given - 1);
      this.instructions += code.missing!;
      this.cycles += code.missing!;
      this.call(code.callee);
    }
    this.cycles += own;
    state.visit.own += own;
    state.visit.total += this.cycles - before;
  }
}

const within = (what: string, value: number, span: { best: number; worst: number | null }): void => {
  assert.ok(value >= span.best, `${what}: ${value} is below the best ${span.best}`);
  assert.ok(span.worst !== null && value <= span.worst, `${what}: ${value} is above the worst ${span.worst}`);
};

function check(plan: readonly Plan[], seed: readonly number[], exact: boolean): void {
  const built: Built[] = [];
  for (const [i, p] of plan.entries()) built.push(build(p, i, built));
  const report = analyseCosts(program(built.map((b) => b.f)));
  const lines = new Map(report.lines.map((l) => [l.line, l]));
  let at = 0;
  const choose = (below: number): number => (below <= 1 ? 0 : (seed[at++ % seed.length] ?? 0) % below);
  for (const [i, { f }] of built.entries()) {
    const walker = new Walker(built, choose);
    walker.call(i);
    const cost = report.functions.find((c) => c.name === f.name)!;
    within(`${f.name}, cycles`, walker.cycles, cost.total.cycles);
    within(`${f.name}, instructions`, walker.instructions, cost.total.instructions);
    if (exact) assert.equal(cost.total.cycles.best, cost.total.cycles.worst, `${f.name} has no choice`);
    for (const visit of walker.visits) {
      const line = lines.get(visit.line)!;
      const spans = [line.total, ...(line.entry ? [line.entry] : [])];
      const fits = spans.some((s) => visit.total >= s.cycles.best && visit.total <= (s.cycles.worst ?? 0));
      assert.ok(fits, `line ${visit.line}: ${visit.total} is in none of ${JSON.stringify(spans.map((s) => s.cycles))}`);
      if (!line.entry) within(`line ${visit.line}, own`, visit.own, line.own.cycles);
    }
  }
}

const choices = fc.array(fc.nat(1_000_000), { minLength: 40, maxLength: 200 });

test('walks of random programs stay between best and worst', () => {
  fc.assert(
    fc.property(plans(false), choices, (plan, seed) => check(plan, seed, false)),
    { numRuns: 1500, seed: 20250101 },
  );
});

test('programs without a choice have one cost, which every walk measures', () => {
  fc.assert(
    fc.property(plans(true), choices, (plan, seed) => check(plan, seed, true)),
    { numRuns: 500, seed: 20250102 },
  );
});
