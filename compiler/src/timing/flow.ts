/** The control flow of one function, an instruction a node, with what each instruction can do. */
import { type AsmFunction, type AsmInstruction, type AsmItem, isLabel, type LoopBound } from '../assembly/model.js';
import type { ReachedFunction } from '../link/reach.js';
import { type Behaviour, behaviourOf } from './instruction.js';
import { type Closer, type Edge, LEAVE, RAISE } from './paths.js';
import type { World } from './world.js';

export interface FlowNode {
  readonly item: AsmInstruction;
  /** Source line; an instruction without a range belongs to the one before it. 0 where there is none. */
  readonly line: number;
  readonly behaviour: Behaviour;
  /** Node that its label stands before. */
  readonly target: number | undefined;
}

export interface Flow {
  readonly function: AsmFunction;
  readonly path: string;
  readonly nodes: readonly FlowNode[];
  readonly closers: readonly Closer[];
  /** Names of all functions that it may call. */
  readonly callees: readonly string[];
}

/** Step without a cost, in front of an instruction that several loops start with, so that each has a start of its own. */
const START: Behaviour = {
  alternatives: [{ way: 'next', instructions: 0, cycles: 0 }],
  notes: [],
  assumptions: [],
};

interface Placed {
  readonly item: AsmInstruction;
  readonly start: boolean;
}

/** SETH names a handler where others name a label. */
const branches = (item: AsmInstruction): boolean => item.mnemonic !== 'SETH';

/** Instructions and starts in order, with the position of each label. */
function placed(items: readonly AsmItem[]): { list: Placed[]; labels: Map<string, number> } {
  const seen = new Set<string>();
  const starts = new Set<string>();
  for (const item of items) {
    if (isLabel(item)) seen.add(item.label);
    else if (branches(item))
      for (const o of item.operands) if (o.kind === 'label' && seen.has(o.name)) starts.add(o.name);
  }
  const list: Placed[] = [];
  const labels = new Map<string, number>();
  let waiting: string[] = [];
  for (const item of items) {
    if (isLabel(item)) {
      waiting.push(item.label);
      continue;
    }
    const last = waiting.filter((l) => starts.has(l)).at(-1);
    for (const label of waiting) {
      labels.set(label, list.length);
      if (starts.has(label) && label !== last) list.push({ item, start: true });
    }
    waiting = [];
    list.push({ item, start: false });
  }
  for (const label of waiting) labels.set(label, list.length);
  return { list, labels };
}

/**
 * The flow of a function. An instruction that the linker refuses costs nothing here, and the linker says why. Error where
 * a label is not defined.
 */
export function flowOf(reached: ReachedFunction, world: World): Flow {
  const { fn: f, path, forms } = reached;
  const { list, labels } = placed(reached.items);
  const original = new Set<AsmItem>(f.items);
  let line = f.range?.line ?? 0;
  const callees = new Set<string>();
  const back: { node: number; target: number; label: string }[] = [];
  const nodes = list.map(({ item, start }, i): FlowNode => {
    if (item.range) line = item.range.line;
    if (start) return { item, line, behaviour: START, target: undefined };
    const label = branches(item) ? item.operands.find((o) => o.kind === 'label') : undefined;
    const target = label && labels.get(label.name);
    if (label && target === undefined) throw new Error(`${f.name}: the label ${label.name} is not defined`);
    if (label && target !== undefined && target <= i) back.push({ node: i, target, label: label.name });
    const form = forms.get(item);
    if (!form) return { item, line, behaviour: START, target: undefined };
    const behaviour = behaviourOf(item, form, f, world, target !== undefined && target <= i);
    for (const a of behaviour.alternatives) if (a.callee !== undefined) callees.add(a.callee);
    return { item, line, behaviour, target };
  });
  return { function: f, path, nodes, closers: closersOf(nodes, back, original), callees: [...callees] };
}

/** Branches that close loops of a known bound. One without a bound that leads to the same label (`continue`) has that of the others. */
function closersOf(
  nodes: readonly FlowNode[],
  back: readonly { node: number; target: number; label: string }[],
  original: ReadonlySet<AsmItem>,
): Closer[] {
  const bounds = new Map<string, LoopBound>();
  for (const b of back) {
    const own = nodes[b.node]!.item.loopBound;
    const other = bounds.get(b.label);
    if (!own) continue;
    if (!other) {
      bounds.set(b.label, own);
    } else {
      const max = own.max === undefined || other.max === undefined ? undefined : Math.max(own.max, other.max);
      bounds.set(b.label, { min: Math.min(own.min, other.min), max, reason: other.reason });
    }
  }
  return back.flatMap(({ node, target, label }): Closer[] => {
    const bound = bounds.get(label);
    if (!bound) return [];
    const { item, behaviour } = nodes[node]!;
    // A FORITER that leads to itself has an empty body: it is taken once for every item.
    const iterator = item.mnemonic === 'FORITER' && target === node;
    // A JMP that is not the compiler's own stands for a branch that was too far: it goes back where the branch would.
    const conditional = behaviour.alternatives.some((a) => a.way === 'next') || !original.has(item);
    const testsAgain = item.loopBound !== undefined && !iterator && conditional;
    return [
      { node, target, testsAgain, min: bound.min, max: bound.max ?? Number.POSITIVE_INFINITY, reason: bound.reason },
    ];
  });
}

/** What is known of a call of a function: instructions and cycles, its callees included. */
export interface Summary {
  readonly instructions: { readonly best: number; readonly worst: number };
  readonly cycles: { readonly best: number; readonly worst: number };
  /** `LEAVE` where it can come back; otherwise whether it always runs for ever (`ENDLESS`) or raises (`RAISE`). */
  readonly ending: number;
}

/** Edges of every node with the costs of the callees put in. Where a callee never comes back, the way ends as the callee does. */
export function edgesOf(flow: Flow, summary: (name: string) => Summary | undefined): Edge[][] {
  const { nodes } = flow;
  return nodes.map((node, i) => {
    const edges = new Map<number, { to: number; min: number[]; max: number[] }>();
    for (const a of node.behaviour.alternatives) {
      const callee = a.callee === undefined ? undefined : summary(a.callee);
      let to = LEAVE;
      if (a.way === 'next') to = i + 1 < nodes.length ? i + 1 : RAISE;
      else if (a.way === 'target' && node.target !== undefined) to = node.target < nodes.length ? node.target : RAISE;
      else if (a.way === 'raise') to = RAISE;
      if (callee && callee.ending !== LEAVE) to = callee.ending;
      const before = a.before ?? { instructions: 0, cycles: 0 };
      const never = Number.POSITIVE_INFINITY;
      const own = a.unbounded === 'own' ? never : 0;
      const called = a.unbounded ? never : 0;
      const min = [
        a.instructions,
        a.cycles,
        a.instructions + before.instructions + (callee?.instructions.best ?? 0),
        a.cycles + before.cycles + (callee?.cycles.best ?? 0),
      ];
      const max = [
        a.instructions + own,
        a.cycles + own,
        a.instructions + before.instructions + (callee?.instructions.worst ?? 0) + called,
        a.cycles + before.cycles + (callee?.cycles.worst ?? 0) + called,
      ];
      const edge = edges.get(to);
      if (!edge) {
        edges.set(to, { to, min, max });
      } else {
        for (const m of min.keys()) {
          edge.min[m] = Math.min(edge.min[m]!, min[m]!);
          edge.max[m] = Math.max(edge.max[m]!, max[m]!);
        }
      }
    }
    return [...edges.values()];
  });
}

/** Functions by groups that call each other, callees before callers (Tarjan). */
export function callOrder(flows: ReadonlyMap<string, Flow>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open = new Set<string>();
  const path: string[] = [];
  const groups: string[][] = [];
  for (const root of flows.keys()) {
    if (index.has(root)) continue;
    const work: { name: string; next: number }[] = [{ name: root, next: 0 }];
    while (work.length > 0) {
      const top = work[work.length - 1]!;
      if (top.next === 0 && !index.has(top.name)) {
        index.set(top.name, index.size);
        low.set(top.name, index.get(top.name)!);
        open.add(top.name);
        path.push(top.name);
      }
      const callee = flows.get(top.name)!.callees[top.next++];
      if (callee !== undefined) {
        if (!flows.has(callee)) continue;
        if (!index.has(callee)) work.push({ name: callee, next: 0 });
        else if (open.has(callee)) low.set(top.name, Math.min(low.get(top.name)!, index.get(callee)!));
        continue;
      }
      work.pop();
      const caller = work[work.length - 1];
      if (caller) low.set(caller.name, Math.min(low.get(caller.name)!, low.get(top.name)!));
      if (low.get(top.name) !== index.get(top.name)) continue;
      const group: string[] = [];
      for (let name = path.pop()!; ; name = path.pop()!) {
        open.delete(name);
        group.push(name);
        if (name === top.name) break;
      }
      groups.push(group);
    }
  }
  return groups;
}
