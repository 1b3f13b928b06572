/**
 * Cycle analysis: what each line, loop and function of a program costs, from the instruction table alone.
 *
 * Every instruction has its alternatives (instruction.ts), every function a graph of them (flow.ts), and its shortest
 * and longest ways (paths.ts) are its best and worst. Functions are summed up callees first; functions that call each
 * other have no worst. The numbers are those of the linked image: far branches are replaced as the linker replaces them.
 */
import { CLOCK_HZ, type SourceRange } from '@pysm/isa';
import type { Cost, CostReason, CostReport, FunctionCost, LineCost, LoopCost } from '../api.js';
import type { AsmProgram } from '../assembly/model.js';
import { callOrder, edgesOf, type Flow, type FlowNode, flowOf, type Summary } from './flow.js';
import { type Note, shortName } from './instruction.js';
import { Assumptions, costOf } from './notes.js';
import { type Edge, ENDLESS, findWays, LEAVE, type Loop, RAISE, type Span, type Ways } from './paths.js';
import { World } from './world.js';

export interface CostOptions {
  /** Clock of the report, Hz; the core's by default. */
  readonly clockHz?: number;
  /** Report the runtime's own functions too, those without a place in a source (at line 0) included. */
  readonly runtime?: boolean;
}

/** Place of a function that was not written anywhere, such as the start of a program. */
const NOWHERE: SourceRange = { line: 0, column: 0, endLine: 0, endColumn: 0 };

/** Offset of the metrics in a weight: without callees, and with them. */
const OWN = 0;
const TOTAL = 2;
type Part = typeof OWN | typeof TOTAL;

const NEVER = Number.POSITIVE_INFINITY;
/** A function that is not known to come back. */
const notBack = (best: number): Summary => ({
  instructions: { best, worst: NEVER },
  cycles: { best, worst: NEVER },
  ending: RAISE,
});

/** A function with everything found out about it. */
interface Analysed {
  readonly flow: Flow;
  readonly edges: readonly (readonly Edge[])[];
  readonly ways: Ways;
  readonly summary: Summary;
  /** Names of the functions that it calls and that call it again. */
  readonly circle: ReadonlySet<string>;
  /** What its worst takes for granted, callees included. */
  readonly assumptions: Assumptions;
  /** Why it has no bound: the first cause, for its callers. */
  readonly cause: string | undefined;
}

/** Best and worst over the ends of some ways: normal ones if any, else endless ones, else raises. */
function spanOf(ends: ReadonlyMap<number, Span>, part: Part): { instructions: Bounds; cycles: Bounds } {
  const normal = [...ends].filter(([to]) => to !== ENDLESS && to !== RAISE).map(([, span]) => span);
  const endless = ends.get(ENDLESS);
  const raised = ends.get(RAISE);
  const best = normal.length > 0 ? normal : endless ? [endless] : raised ? [raised] : [];
  const worst = endless ? [...best, endless] : best;
  const bounds = (m: number): Bounds => ({
    best: best.length > 0 ? Math.min(...best.map((s) => s.min[m]!)) : 0,
    worst: worst.length > 0 ? Math.max(...worst.map((s) => s.max[m]!)) : 0,
  });
  return { instructions: bounds(part), cycles: bounds(part + 1) };
}

interface Bounds {
  readonly best: number;
  readonly worst: number;
}

class Analysis {
  readonly #done = new Map<string, Analysed>();

  constructor(readonly flows: ReadonlyMap<string, Flow>) {
    for (const group of callOrder(flows)) this.#group(group);
  }

  /** Undefined for a function of the runtime that the program does not reach. */
  get(name: string): Analysed | undefined {
    return this.#done.get(name);
  }

  /** Functions that call each other, or one alone. */
  #group(names: readonly string[]): void {
    const circle = new Set(names);
    const recursive = names.length > 1 || this.flows.get(names[0]!)!.callees.includes(names[0]!);
    // Until a way out is found, a function of the circle is taken not to come back; the bests only fall from there.
    const found = new Map<string, Summary>();
    const summary = (name: string): Summary | undefined => {
      if (!circle.has(name) || !recursive) return this.#done.get(name)?.summary;
      const { instructions, cycles, ending } = found.get(name) ?? notBack(NEVER);
      return {
        instructions: { best: instructions.best, worst: NEVER },
        cycles: { best: cycles.best, worst: NEVER },
        ending,
      };
    };
    const state = new Map<string, Ways>();
    for (let changed = true; changed; ) {
      changed = false;
      for (const name of names) {
        const flow = this.flows.get(name)!;
        const ways = waysOf(edgesOf(flow, summary), flow);
        state.set(name, ways);
        const { instructions, cycles } = spanOf(ways.ends, TOTAL);
        const ending = ways.ends.has(LEAVE) ? LEAVE : ways.ends.has(ENDLESS) ? ENDLESS : RAISE;
        const next = { instructions, cycles, ending };
        const last = found.get(name);
        changed ||=
          !last ||
          last.ending !== ending ||
          last.cycles.best !== cycles.best ||
          last.instructions.best !== instructions.best;
        found.set(name, next);
      }
      if (!recursive) break;
    }
    for (const name of names) {
      const flow = this.flows.get(name)!;
      const ways = state.get(name)!;
      if (!recursive || ways.ends.has(LEAVE) || ways.ends.has(ENDLESS)) continue;
      if (![...ways.reached].some((v) => calls(flow.nodes[v]!, circle))) continue;
      // No way avoids the recursion, so it never ends; the best is the way to the next call.
      const edges = edgesOf(flow, (n) => (circle.has(n) ? notBack(0) : summary(n)));
      const { instructions, cycles } = spanOf(waysOf(edges, flow).ends, TOTAL);
      const never = (b: Bounds): Bounds => ({ best: b.best, worst: NEVER });
      found.set(name, { instructions: never(instructions), cycles: never(cycles), ending: ENDLESS });
    }
    for (const name of names) {
      const flow = this.flows.get(name)!;
      const edges = edgesOf(flow, summary);
      this.#done.set(name, {
        flow,
        edges,
        ways: waysOf(edges, flow),
        summary: found.get(name)!,
        circle: recursive ? circle : new Set(),
        assumptions: new Assumptions(),
        cause: undefined,
      });
    }
    for (const name of names) {
      const entry = this.#done.get(name)!;
      for (const v of entry.ways.reached) this.assume(entry, v, entry.assumptions, true);
    }
    for (const name of names) {
      const entry = this.#done.get(name)!;
      if (Number.isFinite(entry.summary.cycles.worst)) continue;
      const reasons = this.reasons(entry, entry.ways.reached, entry.ways.loops, TOTAL).filter((r) => r.unbounded);
      // What the function itself does is a better answer than what it calls.
      const first = reasons.find((r) => r.kind !== 'callee') ?? reasons[0];
      this.#done.set(name, {
        ...entry,
        cause: first && (first.cause ?? `${shortName(name)}: ${stripped(first.text)}`),
      });
    }
  }

  /** Adds what one instruction takes for granted; with its callees outside the circle where `total`. */
  assume(entry: Analysed, v: number, into: Assumptions, total: boolean): void {
    const node = entry.flow.nodes[v]!;
    for (const a of node.behaviour.assumptions) into.add(a, entry.flow.path, node.line);
    if (!total) return;
    for (const a of node.behaviour.alternatives) {
      if (a.callee === undefined || entry.circle.has(a.callee)) continue;
      const callee = this.#done.get(a.callee);
      if (callee) into.addAll(callee.assumptions);
    }
  }

  /** Why some instructions of a function have no single cost. Branches are left to the caller. */
  reasons(entry: Analysed, nodes: Iterable<number>, loops: readonly Loop[], part: Part): Reason[] {
    const { flow } = entry;
    const list: Reason[] = [];
    const add = (line: number, note: Note, unbounded = false, cause?: string): void => {
      list.push({ ...note, path: flow.path, line, unbounded, ...(cause === undefined ? {} : { cause }) });
    };
    for (const v of [...nodes].sort((a, b) => a - b)) {
      const { behaviour, line } = flow.nodes[v]!;
      const own = behaviour.alternatives.some((a) => a.unbounded === 'own');
      const any = behaviour.alternatives.some((a) => a.unbounded);
      for (const note of behaviour.notes) {
        if (note.kind === 'callee' && part === OWN) continue;
        add(line, note, note.kind === 'external wait' ? own : note.kind === 'callee' && any);
      }
      if (part === OWN) continue;
      for (const name of new Set(behaviour.alternatives.flatMap((a) => a.callee ?? []))) {
        const callee = this.#done.get(name);
        if (entry.circle.has(name)) {
          const others = [...entry.circle]
            .filter((n) => n !== flow.function.name)
            .map(shortName)
            .sort();
          const text =
            others.length === 0
              ? `recursion: ${shortName(name)} calls itself`
              : `recursion: ${shortName(flow.function.name)} calls ${shortName(name)}, which leads back to it`;
          add(line, { kind: 'recursion', text }, true);
        } else if (callee && !Number.isFinite(callee.summary.cycles.worst)) {
          const why = callee.cause === undefined ? '' : ` (${callee.cause})`;
          add(line, { kind: 'callee', text: `callee: ${shortName(name)} has no bound${why}` }, true, callee.cause);
        } else if (callee && callee.summary.cycles.best !== callee.summary.cycles.worst) {
          const { best, worst } = callee.summary.cycles;
          add(line, { kind: 'callee', text: `callee: ${shortName(name)} takes ${best} to ${worst} cycles` });
        }
      }
    }
    for (const loop of loops) {
      const note = loopNote(flow, loop);
      if (note) add(lineOfLoop(flow, loop), note, !Number.isFinite(iterationsOf(loop).max));
    }
    if (entry.ways.irreducible !== undefined) {
      const text = 'loop: it can be entered in several places';
      add(flow.nodes[entry.ways.irreducible]!.line, { kind: 'loop', text }, true);
    }
    return list;
  }

  /** A cost from the ends of some ways over some instructions. */
  cost(
    entry: Analysed,
    ends: ReadonlyMap<number, Span>,
    nodes: Iterable<number>,
    part: Part,
    reasons: readonly CostReason[],
  ): Cost {
    const assumptions = new Assumptions();
    for (const v of nodes) this.assume(entry, v, assumptions, part === TOTAL);
    const { instructions, cycles } = spanOf(ends, part);
    return costOf(instructions, cycles, reasons.map(plain), assumptions);
  }
}

interface Reason extends CostReason {
  readonly unbounded?: boolean;
  readonly cause?: string;
}

const plain = ({ kind, text, path, line }: CostReason): CostReason => ({ kind, text, path, line });

/** A reason's text without its kind. */
const stripped = (text: string): string => text.slice(text.indexOf(': ') + 2);

const calls = (node: FlowNode, circle: ReadonlySet<string>): boolean =>
  node.behaviour.alternatives.some((a) => a.callee !== undefined && circle.has(a.callee));

function waysOf(edges: readonly (readonly Edge[])[], flow: Flow): Ways {
  if (edges.length === 0) return { ends: new Map(), loops: [], reached: new Set(), irreducible: undefined };
  return findWays({ size: edges.length, edges: (v) => edges[v]!, closers: flow.closers }, 0);
}

const UNBOUNDED = 'nothing bounds it';

/** Iterations of a loop's body, and why that many. */
function iterationsOf(loop: Loop): { min: number; max: number; reason: string } {
  const { closers } = loop;
  const reason = [...new Set(closers.map((c) => c.reason))].join(', ');
  if (loop.uncovered || closers.length === 0) return { min: 0, max: NEVER, reason: reason || UNBOUNDED };
  return { min: Math.min(...closers.map((c) => c.min)), max: Math.max(...closers.map((c) => c.max)), reason };
}

/** The instruction that closes a loop: that of its bound, else the last that leads back. */
const closerOf = (flow: Flow, loop: Loop): FlowNode =>
  flow.nodes[loop.closers[0]?.node ?? loop.latches[loop.latches.length - 1] ?? loop.header]!;

const lineOfLoop = (flow: Flow, loop: Loop): number => closerOf(flow, loop).line;

const isEndless = (loop: Loop): boolean =>
  loop.iteration !== undefined && [...loop.exits.keys()].every((to) => to < LEAVE);

/** Why a loop's cost is no single number, where it is none. */
function loopNote(flow: Flow, loop: Loop): Note | undefined {
  const { min, max, reason } = iterationsOf(loop);
  if (loop.iteration === undefined || min === max) return undefined;
  if (isEndless(loop)) return { kind: 'loop', text: 'loop: it never ends' };
  if (max !== NEVER) return { kind: 'loop', text: `loop: ${min} to ${max} iterations (${reason})` };
  const inside = new Set([...loop.nodes].map((v) => flow.nodes[v]!.item.mnemonic));
  if (inside.has('IOB')) return { kind: 'external wait', text: 'external wait: the loop runs until a pin changes' };
  if (inside.has('IOR') || inside.has('IORI')) {
    return { kind: 'external wait', text: 'external wait: the loop runs until an I/O register changes' };
  }
  return {
    kind: 'loop',
    text: `loop: ${reason === UNBOUNDED ? 'no bound is known; state one with "# pysm: loop <= N"' : reason}`,
  };
}

/** Branches that may go either way and do not merely close a bounded loop. */
function branchReasons(flow: Flow, nodes: Iterable<number>, loops: readonly Loop[]): CostReason[] {
  const closing = new Set(loops.flatMap((l) => [...l.closers.map((c) => c.node), ...l.latches]));
  const list: CostReason[] = [];
  for (const v of nodes) {
    const node = flow.nodes[v]!;
    const ways = new Set(node.behaviour.alternatives.map((a) => a.way));
    if (!ways.has('next') || !ways.has('target') || closing.has(v)) continue;
    list.push({ kind: 'branch', text: 'branch: it may be taken or not', path: flow.path, line: node.line });
  }
  return list;
}

/** Costs of all lines, functions and loops of the program's own modules, sorted by path and line. */
export function analyseCosts(program: AsmProgram, options: CostOptions = {}): CostReport {
  const world = new World(program);
  const flows = new Map<string, Flow>();
  for (const [name, reached] of world.functions) flows.set(name, flowOf(reached, world));
  const analysis = new Analysis(flows);

  const lines: LineCost[] = [];
  const functions: FunctionCost[] = [];
  const loops: LoopCost[] = [];
  for (const module of program.modules) {
    for (const f of module.functions) {
      if ((module.runtime || f.runtime) && !options.runtime) continue;
      const entry = analysis.get(f.name);
      if (!entry) continue;
      lines.push(...lineCosts(analysis, entry));
      loops.push(...loopCosts(analysis, entry));
      const range = f.range ?? entry.flow.nodes.find((n) => n.item.range)?.item.range;
      if (range || options.runtime) functions.push(functionCost(analysis, entry, range ?? NOWHERE));
    }
  }
  const order = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
  lines.sort((a, b) => order(a, b) || a.line - b.line);
  functions.sort((a, b) => order(a, b) || a.range.line - b.range.line || a.range.column - b.range.column);
  loops.sort((a, b) => order(a, b) || a.range.line - b.range.line || a.range.column - b.range.column);
  return { clockHz: options.clockHz ?? CLOCK_HZ, lines, functions, loops };
}

function functionCost(analysis: Analysis, entry: Analysed, range: SourceRange): FunctionCost {
  const { flow, ways } = entry;
  const branches = branchReasons(flow, ways.reached, ways.loops);
  const cost = (part: Part): Cost =>
    analysis.cost(entry, ways.ends, ways.reached, part, [
      ...branches,
      ...analysis.reasons(entry, ways.reached, ways.loops, part),
    ]);
  return { name: flow.function.name, path: flow.path, range, own: cost(OWN), total: cost(TOTAL) };
}

function loopCosts(analysis: Analysis, entry: Analysed): LoopCost[] {
  const { flow, ways } = entry;
  const list: LoopCost[] = [];
  for (const loop of ways.loops) {
    const { range } = closerOf(flow, loop).item;
    if (!range) continue;
    const { min, max, reason } = iterationsOf(loop);
    const inner = ways.loops.filter((l) => l !== loop && loop.nodes.has(l.header));
    const around = [
      ...branchReasons(flow, loop.nodes, [...inner, loop]),
      ...analysis.reasons(entry, loop.nodes, inner, TOTAL),
    ];
    const note = loopNote(flow, loop);
    const own: CostReason[] = note ? [{ ...note, path: flow.path, line: lineOfLoop(flow, loop) }] : [];
    const round = new Map(loop.iteration ? [[LEAVE, loop.iteration]] : loop.exits);
    list.push({
      path: flow.path,
      function: flow.function.name,
      range,
      iterations: { min, max: Number.isFinite(max) ? max : null, reason },
      perIteration: analysis.cost(entry, round, loop.nodes, TOTAL, around),
      total: analysis.cost(entry, loop.exits, loop.nodes, TOTAL, [...around, ...own]),
    });
  }
  return list;
}

/** One visit of a line: from one of the instructions where control arrives on it. */
interface Visit {
  readonly entry: number;
  readonly ways: Ways;
}

function lineCosts(analysis: Analysis, entry: Analysed): LineCost[] {
  const { flow, edges } = entry;
  const byLine = new Map<number, number[]>();
  const before: number[][] = flow.nodes.map(() => []);
  for (const [v, node] of flow.nodes.entries()) {
    for (const e of edges[v]!) if (e.to >= 0) before[e.to]!.push(v);
    if (node.line <= 0) continue;
    const list = byLine.get(node.line);
    if (list) list.push(v);
    else byLine.set(node.line, [v]);
  }
  const closerAt = new Map(flow.closers.map((c) => [c.node, c]));
  const headers = new Map<number, Loop[]>();
  for (const loop of entry.ways.loops) {
    const line = lineOfLoop(flow, loop);
    headers.set(line, [...(headers.get(line) ?? []), loop]);
  }
  const result: LineCost[] = [];
  for (const [line, nodes] of byLine) {
    const region = new Set(nodes);
    const inside = (v: number): readonly Edge[] =>
      edges[v]!.map((e) => (e.to >= 0 && !region.has(e.to) ? { ...e, to: LEAVE } : e));
    const cut = new Map(nodes.map((v) => [v, inside(v)]));
    const arrivals = nodes.filter((v) => v === 0 || before[v]!.length === 0 || before[v]!.some((p) => !region.has(p)));
    const closers = nodes.flatMap((v) => closerAt.get(v) ?? []);
    const graph = { size: edges.length, edges: (v: number) => cut.get(v)!, closers };
    const visits = (arrivals.length > 0 ? arrivals : nodes.slice(0, 1)).map(
      (v): Visit => ({ entry: v, ways: findWays(graph, v) }),
    );
    // A loop of which other lines are a part is tested where control comes back from them.
    const loops = (headers.get(line) ?? []).filter((l) => [...l.nodes].some((v) => !region.has(v)));
    const isTest = (v: number): boolean =>
      loops.some((l) => l.nodes.has(v) && before[v]!.some((p) => l.nodes.has(p) && !region.has(p)));
    const tests = visits.filter((visit) => isTest(visit.entry));
    const setup = tests.length > 0 ? visits.filter((visit) => !tests.includes(visit)) : [];
    const counted = tests.length > 0 ? tests : visits;
    result.push({
      path: flow.path,
      line,
      function: flow.function.name,
      own: visitCost(analysis, entry, counted, OWN),
      total: visitCost(analysis, entry, counted, TOTAL),
      ...(setup.length > 0 ? { entry: visitCost(analysis, entry, setup, TOTAL) } : {}),
    });
  }
  return result;
}

function visitCost(analysis: Analysis, entry: Analysed, visits: readonly Visit[], part: Part): Cost {
  const { flow } = entry;
  const nodes = new Set(visits.flatMap((v) => [...v.ways.reached]));
  const loops = visits.flatMap((v) => v.ways.loops);
  const ends = new Map<number, Span>();
  const several = new Set<string>();
  for (const [i, visit] of visits.entries()) {
    // Each visit's own choice of ends, so that one that only raises does not hide behind one that does not.
    const { instructions, cycles } = spanOf(visit.ways.ends, part);
    several.add(`${instructions.best} ${instructions.worst} ${cycles.best} ${cycles.worst}`);
    const weights = (which: 'best' | 'worst'): number[] => {
      const values = new Array<number>(4).fill(0);
      values[part] = instructions[which];
      values[part + 1] = cycles[which];
      return values;
    };
    ends.set(i, { min: weights('best'), max: weights('worst') });
  }
  const reasons = [...branchReasons(flow, nodes, loops), ...analysis.reasons(entry, nodes, loops, part)];
  if (several.size > 1) {
    const line = flow.nodes[visits[0]!.entry]!.line;
    reasons.push({ kind: 'branch', text: 'branch: the line is entered in several places', path: flow.path, line });
  }
  return analysis.cost(entry, ends, nodes, part, reasons);
}
