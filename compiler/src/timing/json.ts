/** The cost report as `pysm cycles --json` writes it: docs/schema/cycles.schema.json describes it, and it stays stable. */
import type { SourceRange } from '@pysm/isa';
import type { Cost, CostAssumption, CostReason, CostReport } from '../api.js';

/** Version of the form; fields may be added to it, none changes its meaning. */
export const CYCLES_JSON_VERSION = 1;

interface JsonRange {
  readonly line: number;
  /** Counts from 1, in UTF-16 code units. */
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface JsonCost {
  readonly instructions: Cost['instructions'];
  readonly cycles: Cost['cycles'];
  readonly reasons: readonly CostReason[];
  readonly assumptions: readonly CostAssumption[];
}

export interface CyclesJson {
  readonly version: typeof CYCLES_JSON_VERSION;
  readonly clockHz: number;
  readonly lines: readonly {
    readonly path: string;
    readonly line: number;
    readonly function: string;
    readonly own: JsonCost;
    readonly total: JsonCost;
    readonly entry?: JsonCost;
  }[];
  readonly functions: readonly (JsonRange & {
    readonly name: string;
    readonly path: string;
    readonly own: JsonCost;
    readonly total: JsonCost;
  })[];
  readonly loops: readonly (JsonRange & {
    readonly path: string;
    readonly function: string;
    readonly iterations: { readonly min: number; readonly max: number | null; readonly reason: string };
    readonly perIteration: JsonCost;
    readonly total: JsonCost;
  })[];
}

const range = ({ line, column, endLine, endColumn }: SourceRange): JsonRange => ({
  line,
  column: column + 1,
  endLine,
  endColumn: endColumn + 1,
});

const cost = ({ instructions, cycles, reasons, assumptions }: Cost): JsonCost => ({
  instructions,
  cycles,
  reasons,
  assumptions,
});

/** The report as plain data for `JSON.stringify`. */
export function costsToJson(report: CostReport): CyclesJson {
  return {
    version: CYCLES_JSON_VERSION,
    clockHz: report.clockHz,
    lines: report.lines.map((l) => ({
      path: l.path,
      line: l.line,
      function: l.function,
      own: cost(l.own),
      total: cost(l.total),
      ...(l.entry ? { entry: cost(l.entry) } : {}),
    })),
    functions: report.functions.map((f) => ({
      name: f.name,
      path: f.path,
      ...range(f.range),
      own: cost(f.own),
      total: cost(f.total),
    })),
    loops: report.loops.map((l) => ({
      path: l.path,
      function: l.function,
      ...range(l.range),
      iterations: l.iterations,
      perIteration: cost(l.perIteration),
      total: cost(l.total),
    })),
  };
}
