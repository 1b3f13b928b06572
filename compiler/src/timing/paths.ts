/**
 * Shortest and longest ways through a control-flow graph with bounded loops: the structural method. Natural loops are
 * found from dominators and replaced, the inner ones first, by one step whose cost is that of the most (fewest) times
 * round and the way out. A graph that is not reducible has shortest ways only.
 */

/** Weights of one step: own instructions, own cycles, instructions and cycles with callees. */
export type Weights = readonly number[];
export const METRICS = 4;

export interface Edge {
  /** Node, or one of the ends below. */
  readonly to: number;
  readonly min: Weights;
  readonly max: Weights;
}

/** Ends of a way: leaving normally, by an exception, and a loop that is never left. */
export const LEAVE = -1;
export const RAISE = -2;
export const ENDLESS = -3;

/** A branch that closes a loop, with the iterations of the loop's body. */
export interface Closer {
  readonly node: number;
  readonly target: number;
  /**
   * It tests whether the body that it follows runs again, so it leads back once less than the body runs. False for a
   * jump, which leads back after every iteration, and for a branch that stands before its body in time.
   */
  readonly testsAgain: boolean;
  readonly min: number;
  /** Infinity where not known. */
  readonly max: number;
  /** Why, for people. */
  readonly reason: string;
}

export interface Graph {
  readonly size: number;
  edges(node: number): readonly Edge[];
  readonly closers: readonly Closer[];
}

/** Least and most of each metric. */
export interface Span {
  readonly min: number[];
  readonly max: number[];
}

export interface Loop {
  readonly header: number;
  readonly nodes: ReadonlySet<number>;
  /** Branches whose bound holds for this loop. */
  readonly closers: readonly Closer[];
  /** Some way round passes no branch with a bound. */
  readonly uncovered: boolean;
  /** Nodes from which a branch leads back to the header. */
  readonly latches: readonly number[];
  /** One time round; undefined where no way leads back. */
  readonly iteration: Span | undefined;
  /** From the first entry of the header to each target outside. */
  readonly exits: ReadonlyMap<number, Span>;
}

export interface Ways {
  /** By end: {@link LEAVE}, {@link RAISE}, {@link ENDLESS}. */
  readonly ends: ReadonlyMap<number, Span>;
  /** Inner loops before outer ones. Empty where the graph is not reducible. */
  readonly loops: readonly Loop[];
  /** Nodes that the entry reaches. */
  readonly reached: ReadonlySet<number>;
  /** A node of a cycle that can be entered in several places, where there is one. */
  readonly irreducible: number | undefined;
}

const join = (spans: Map<number, Span>, key: number, min: Weights, max: Weights): void => {
  const span = spans.get(key);
  if (!span) {
    spans.set(key, { min: [...min], max: [...max] });
    return;
  }
  for (let m = 0; m < METRICS; m++) {
    span.min[m] = Math.min(span.min[m]!, min[m]!);
    span.max[m] = Math.max(span.max[m]!, max[m]!);
  }
};

const plus = (a: Weights, b: Weights): number[] => a.map((v, m) => v + b[m]!);

/** Weight of `times` rounds; none cost nothing even where a round has no bound. */
const times = (weights: Weights, count: number): number[] =>
  weights.map((v) => (count === 0 || v === 0 ? 0 : v * count));

/** Nodes reached from the entry in reverse postorder. */
function reversePostorder(graph: Graph, entry: number): number[] {
  const order: number[] = [];
  const seen = new Set([entry]);
  const stack: { node: number; next: number }[] = [{ node: entry, next: 0 }];
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!;
    const edge = graph.edges(top.node)[top.next++];
    if (!edge) {
      order.push(top.node);
      stack.pop();
    } else if (edge.to >= 0 && !seen.has(edge.to)) {
      seen.add(edge.to);
      stack.push({ node: edge.to, next: 0 });
    }
  }
  return order.reverse();
}

/** Positions in `order` of the immediate dominators, after Cooper, Harvey and Kennedy. */
function dominators(order: readonly number[], before: readonly (readonly number[])[]): Int32Array {
  const idom = new Int32Array(order.length).fill(-1);
  idom[0] = 0;
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = 1; i < order.length; i++) {
      let common = -1;
      for (const p of before[i]!) {
        if (idom[p] === -1) continue;
        let a = common === -1 ? p : common;
        let b = p;
        while (a !== b) {
          while (a > b) a = idom[a]!;
          while (b > a) b = idom[b]!;
        }
        common = a;
      }
      if (common !== idom[i]) {
        idom[i] = common;
        changed = true;
      }
    }
  }
  return idom;
}

/** A natural loop while it is found: nodes are positions in reverse postorder. */
interface Found {
  readonly header: number;
  readonly nodes: Set<number>;
  readonly latches: Set<number>;
  parent: Found | undefined;
}

function naturalLoops(
  before: readonly (readonly number[])[],
  idom: Int32Array,
): { loops: Found[]; innermost: Map<number, Found>; irreducible: number | undefined } {
  const dominates = (a: number, b: number): boolean => {
    let v = b;
    while (v > a) v = idom[v]!;
    return v === a;
  };
  const byHeader = new Map<number, Found>();
  for (let header = 0; header < before.length; header++) {
    for (const latch of before[header]!) {
      if (latch < header) continue;
      if (!dominates(header, latch)) return { loops: [], innermost: new Map(), irreducible: header };
      const loop = byHeader.get(header) ?? { header, nodes: new Set([header]), latches: new Set(), parent: undefined };
      byHeader.set(header, loop);
      loop.latches.add(latch);
      const work = [latch];
      for (let v = work.pop(); v !== undefined; v = work.pop()) {
        if (loop.nodes.has(v)) continue;
        loop.nodes.add(v);
        work.push(...before[v]!);
      }
    }
  }
  // A loop's header comes after the headers of the loops around it.
  const loops = [...byHeader.values()].sort((a, b) => a.header - b.header);
  const innermost = new Map<number, Found>();
  for (const loop of loops) {
    loop.parent = innermost.get(loop.header);
    for (const v of loop.nodes) innermost.set(v, loop);
  }
  loops.reverse();
  return { loops, innermost, irreducible: undefined };
}

/** Whether control can come back to the header without taking a branch of `closers`. */
function isUncovered(
  loop: Found,
  order: readonly number[],
  at: ReadonlyMap<number, number>,
  graph: Graph,
  closers: readonly Closer[],
): boolean {
  const closing = new Set(closers.map((c) => `${c.node} ${c.target}`));
  const seen = new Set<number>();
  const work = [loop.header];
  for (let v = work.pop(); v !== undefined; v = work.pop()) {
    for (const edge of graph.edges(order[v]!)) {
      const to = edge.to >= 0 ? at.get(edge.to)! : -1;
      if (!loop.nodes.has(to) || closing.has(`${order[v]} ${edge.to}`)) continue;
      if (to === loop.header) return true;
      if (!seen.has(to)) {
        seen.add(to);
        work.push(to);
      }
    }
  }
  return false;
}

/** All ways from `entry` to the graph's ends. */
export function findWays(graph: Graph, entry: number): Ways {
  const order = reversePostorder(graph, entry);
  const reached = new Set(order);
  const at = new Map(order.map((node, i) => [node, i]));
  const before: number[][] = order.map(() => []);
  for (const [i, node] of order.entries()) {
    for (const edge of graph.edges(node)) if (edge.to >= 0) before[at.get(edge.to)!]!.push(i);
  }
  const { loops, innermost, irreducible } = naturalLoops(before, dominators(order, before));
  if (irreducible !== undefined) {
    return { ends: shortest(graph, order, at), loops: [], reached, irreducible: order[irreducible] };
  }

  /** Nodes of each nesting level, a loop inside it standing as its header. */
  const members = new Map<Found | undefined, number[]>();
  for (let v = 0; v < order.length; v++) {
    const own = innermost.get(v);
    const levels = own?.header === v ? [own, own.parent] : [own];
    for (const level of levels) {
      const list = members.get(level);
      if (list) list.push(v);
      else members.set(level, [v]);
    }
  }
  // The branch of a bound belongs to the loop whose header it leads to, else to the innermost loop that it is in.
  const bounds = new Map<Found, Closer[]>();
  for (const closer of graph.closers) {
    const from = at.get(closer.node);
    const to = at.get(closer.target);
    if (from === undefined || to === undefined) continue;
    const around: Found[] = [];
    for (let l = innermost.get(from); l; l = l.parent) if (l.nodes.has(to)) around.push(l);
    const owner = around.find((l) => l.header === to) ?? around[0];
    if (owner) bounds.set(owner, [...(bounds.get(owner) ?? []), closer]);
  }

  const collapsed = new Map<number, { loop: Found; exits: Map<number, Span> }>();
  const results: Loop[] = [];
  /** Ways from `start` over the members of one nesting level, and where they leave it. */
  const walk = (level: Found | undefined, start: number) => {
    const here = members.get(level) ?? [];
    const dist = new Map<number, Span>([[start, { min: zeros(), max: zeros() }]]);
    const back = new Map<number, Span>();
    const out = new Map<number, Map<number, Span>>();
    const follow = (v: number, d: Span, to: number, min: Weights, max: Weights): void => {
      const position = to >= 0 ? at.get(to)! : to;
      const [low, high] = [plus(d.min, min), plus(d.max, max)];
      if (level && position === level.header) {
        join(back, 0, low, high);
      } else if (position < 0 || (level && !level.nodes.has(position))) {
        const exits = out.get(v) ?? new Map<number, Span>();
        out.set(v, exits);
        join(exits, to, low, high);
      } else {
        join(dist, position, low, high);
      }
    };
    for (const v of here) {
      const d = dist.get(v);
      if (!d) continue;
      const inner = v === level?.header ? undefined : collapsed.get(v);
      if (inner) {
        for (const [to, span] of inner.exits) follow(v, d, to, span.min, span.max);
      } else {
        for (const edge of graph.edges(order[v]!)) follow(v, d, edge.to, edge.min, edge.max);
      }
    }
    return { iteration: back.get(0), out };
  };

  for (const loop of loops) {
    const { iteration, out } = walk(loop, loop.header);
    const closers = bounds.get(loop) ?? [];
    const uncovered = isUncovered(loop, order, at, graph, closers);
    // How often a way leads back to the header: once less than the body runs where the test stands at the loop's end.
    const again = (c: Closer, n: number): number =>
      c.testsAgain && at.get(c.target) === loop.header ? Math.max(0, n - 1) : n;
    const most = uncovered ? Number.POSITIVE_INFINITY : Math.max(...closers.map((c) => again(c, c.max)));
    const least = uncovered ? 0 : Math.min(...closers.map((c) => again(c, c.min)));
    const tests = new Set(closers.map((c) => at.get(c.node)!));
    const exits = new Map<number, Span>();
    const leaving = [...out.values()].filter((targets) => [...targets.keys()].some((to) => to !== RAISE)).length;
    for (const [v, targets] of out) {
      // Leaving elsewhere than at the test may happen the first time round.
      const rounds = tests.has(v) || leaving === 1 ? least : 0;
      for (const [to, span] of targets) {
        const min = iteration ? plus(times(iteration.min, rounds), span.min) : span.min;
        const max = iteration ? plus(times(iteration.max, most), span.max) : span.max;
        join(exits, to, min, max);
      }
    }
    if (iteration && ![...exits.keys()].some((to) => to !== RAISE)) {
      join(
        exits,
        ENDLESS,
        iteration.min,
        iteration.max.map(() => Number.POSITIVE_INFINITY),
      );
    }
    collapsed.set(loop.header, { loop, exits });
    results.push({
      header: order[loop.header]!,
      nodes: new Set([...loop.nodes].map((v) => order[v]!)),
      closers,
      uncovered,
      latches: [...loop.latches].map((v) => order[v]!).sort((a, b) => a - b),
      iteration,
      exits,
    });
  }

  const ends = new Map<number, Span>();
  for (const targets of walk(undefined, 0).out.values()) {
    for (const [to, span] of targets) join(ends, to, span.min, span.max);
  }
  return { ends, loops: results, reached, irreducible: undefined };
}

const zeros = (): number[] => new Array<number>(METRICS).fill(0);

/** Shortest ways in any graph; nothing bounds the longest ones. */
function shortest(graph: Graph, order: readonly number[], at: ReadonlyMap<number, number>): Map<number, Span> {
  const dist = order.map(() => new Array<number>(METRICS).fill(Number.POSITIVE_INFINITY));
  dist[0] = zeros();
  const ends = new Map<number, Span>();
  const never = zeros().map(() => Number.POSITIVE_INFINITY);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [i, node] of order.entries()) {
      for (const edge of graph.edges(node)) {
        const sum = plus(dist[i]!, edge.min);
        if (edge.to < 0) {
          join(ends, edge.to, sum, never);
          continue;
        }
        const target = dist[at.get(edge.to)!]!;
        for (let m = 0; m < METRICS; m++) {
          if (sum[m]! < target[m]!) {
            target[m] = sum[m]!;
            changed = true;
          }
        }
      }
    }
  }
  if (ends.size === 0) ends.set(ENDLESS, { min: zeros(), max: never });
  return ends;
}
