/** Reasons and assumptions while they are gathered, and the plain data that they become. */
import type { Cost, CostAssumption, CostReason } from '../api.js';
import type { Assumed } from './instruction.js';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Assumptions by kind and text, each with its lines. */
export class Assumptions {
  readonly #entries = new Map<string, { assumed: Assumed; path: string; lines: Set<number> }>();

  add(assumed: Assumed, path: string, line: number): void {
    const key = `${assumed.kind}\n${assumed.text}\n${path}`;
    const entry = this.#entries.get(key);
    if (entry) entry.lines.add(line);
    else this.#entries.set(key, { assumed, path, lines: new Set([line]) });
  }

  addAll(other: Assumptions): void {
    for (const { assumed, path, lines } of other.#entries.values())
      for (const line of lines) this.add(assumed, path, line);
  }

  list(): CostAssumption[] {
    return [...this.#entries.values()]
      .map(({ assumed, path, lines }) => ({ ...assumed, path, lines: [...lines].sort((a, b) => a - b) }))
      .sort((a, b) => compare(a.kind, b.kind) || compare(a.text, b.text) || compare(a.path, b.path));
  }
}

const isExact = (span: { readonly best: number; readonly worst: number }): boolean => span.best === span.worst;

/** A cost from its numbers; `reasons` are made unique and sorted, and where there is nothing to explain only slow paths stay. */
export function costOf(
  instructions: { readonly best: number; readonly worst: number },
  cycles: { readonly best: number; readonly worst: number },
  reasons: readonly CostReason[],
  assumptions: Assumptions,
): Cost {
  const exact = isExact(instructions) && isExact(cycles);
  const unique = new Map(reasons.map((r) => [`${r.path}\n${r.line}\n${r.kind}\n${r.text}`, r]));
  const kept = [...unique.values()].filter((r) => !exact || r.kind === 'slow path');
  kept.sort((a, b) => compare(a.path, b.path) || a.line - b.line || compare(a.kind, b.kind) || compare(a.text, b.text));
  const finite = (n: number): number | null => (Number.isFinite(n) ? n : null);
  return {
    instructions: { best: instructions.best, worst: finite(instructions.worst) },
    cycles: { best: cycles.best, worst: finite(cycles.worst) },
    reasons: kept,
    assumptions: assumptions.list(),
  };
}
