/** The control flow of one function, an instruction a node, with what each instruction can do. */
import { type AsmFunction, type AsmInstruction, isLabel } from '../assembly/model.js';
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

export function flowOf(f: AsmFunction, path: string, world: World): Flow {
  const items: AsmInstruction[] = [];
  const labels = new Map<string, number>();
  for (const item of f.items) {
    if (isLabel(item)) labels.set(item.label, items.length);
    else items.push(item);
  }
  let line = f.range?.line ?? 0;
  const closers: Closer[] = [];
  const callees = new Set<string>();
  const nodes = items.map((item, i): FlowNode => {
    if (item.range) line = item.range.line;
    const label = item.operands.find((o) => o.kind === 'label');
    const target = label && labels.get(label.name);
    if (label && target === undefined) throw new Error(`${f.name}: the label ${label.name} is not defined`);
    const behaviour = behaviourOf(item, f, world, target !== undefined && target <= i);
    if (target !== undefined && target <= i && item.loopBound) {
      const conditional = behaviour.alternatives.some((a) => a.way === 'next');
      const { min, max } = item.loopBound;
      closers.push({ node: i, target, conditional, min, max: max ?? Number.POSITIVE_INFINITY });
    }
    for (const a of behaviour.alternatives) if (a.callee !== undefined) callees.add(a.callee);
    return { item, line, behaviour, target };
  });
  return { function: f, path, nodes, closers, callees: [...callees] };
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
      const more = a.defaults ?? 0;
      const never = Number.POSITIVE_INFINITY;
      const own = a.unbounded === 'own' ? never : 0;
      const called = a.unbounded ? never : 0;
      const min = [
        a.instructions,
        a.cycles,
        a.instructions + more + (callee?.instructions.best ?? 0),
        a.cycles + more + (callee?.cycles.best ?? 0),
      ];
      const max = [
        a.instructions + own,
        a.cycles + own,
        a.instructions + more + (callee?.instructions.worst ?? 0) + called,
        a.cycles + more + (callee?.cycles.worst ?? 0) + called,
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
