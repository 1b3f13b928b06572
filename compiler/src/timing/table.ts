/** The cost report as text for a terminal. */
import type { Cost, CostReason, CostReport } from '../api.js';

/** Widest source text shown, in characters. */
const SOURCE_WIDTH = 60;

/** `7`, `3-11` or, without a bound, `5-?`. */
export function formatSpan({ best, worst }: { readonly best: number; readonly worst: number | null }): string {
  return best === worst ? String(best) : `${best}-${worst ?? '?'}`;
}

/** Time of some cycles with three digits, in the unit that fits. */
export function formatTime(cycles: number, clockHz: number): string {
  let value = (cycles / clockHz) * 1e9;
  for (const unit of ['ns', 'us', 'ms']) {
    if (value < 1000) return `${Number(value.toPrecision(3))} ${unit}`;
    value /= 1000;
  }
  return `${Number(value.toPrecision(3))} s`;
}

/** Kinds of reasons that can leave a cost without a bound. */
const BOUNDS: ReadonlySet<CostReason['kind']> = new Set(['loop', 'recursion', 'external wait', 'callee']);

const same = (a: Cost, b: Cost): boolean =>
  a.cycles.best === b.cycles.best &&
  a.cycles.worst === b.cycles.worst &&
  a.instructions.best === b.instructions.best &&
  a.instructions.worst === b.instructions.worst;

/** Rows as columns under their heads; the columns at `left` are flush left, the others flush right. */
function columns(head: readonly string[], rows: readonly (readonly string[])[], left: ReadonlySet<number>): string[] {
  const widths = head.map((h, i) => Math.max(h.length, ...rows.map((row) => row[i]!.length)));
  return [head, ...rows].map((row) =>
    row
      .map((text, i) => (left.has(i) ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
}

function time({ cycles }: Cost, clockHz: number): string {
  const best = formatTime(cycles.best, clockHz);
  if (cycles.best === cycles.worst) return best;
  return cycles.worst === null ? `${best} or more` : `${best} to ${formatTime(cycles.worst, clockHz)}`;
}

/** Reasons of a cost, those of other lines with their line; what a terminal's table has no room for comes below it. */
const reasonsOf = (cost: Cost, line: number): string[] =>
  cost.reasons.map((r) => (r.line === line ? r.text : `${r.text} (line ${r.line})`));

/**
 * Tables of lines, loops and functions, file by file. `source` gives a file's lines, undefined where it cannot be read.
 * A visit of a line is meant as in {@link CostReport}; what a loop's header does before the loop is a row of its own.
 */
export function formatCostTable(report: CostReport, source: (path: string) => readonly string[] | undefined): string {
  const blocks: string[] = [];
  for (const path of [...new Set(report.lines.map((l) => l.path))]) {
    const text = source(path);
    const rows: string[][] = [];
    const notes: string[] = [];
    for (const l of report.lines.filter((entry) => entry.path === path)) {
      const code = (text?.[l.line - 1] ?? '').trimEnd().slice(0, SOURCE_WIDTH);
      if (l.entry) {
        rows.push([
          String(l.line),
          formatSpan(l.entry.instructions),
          formatSpan(l.entry.cycles),
          '',
          `${code}   # before the loop`,
        ]);
      }
      const calls = same(l.own, l.total) ? '' : formatSpan(l.total.cycles);
      rows.push([String(l.line), formatSpan(l.own.instructions), formatSpan(l.own.cycles), calls, code]);
      for (const reason of reasonsOf(l.total, l.line)) notes.push(`  line ${l.line}: ${reason}`);
    }
    blocks.push(
      [path, '', ...columns(['line', 'instructions', 'cycles', 'with calls', 'source'], rows, new Set([4]))].join('\n'),
    );
    if (notes.length > 0) blocks.push([...new Set(notes)].join('\n'));
  }
  if (report.loops.length > 0) {
    const rows = report.loops.map((l) => [
      `${l.path}:${l.range.line}`,
      formatSpan({ best: l.iterations.min, worst: l.iterations.max }),
      formatSpan(l.perIteration.cycles),
      formatSpan(l.total.cycles),
      l.iterations.reason,
    ]);
    blocks.push(
      columns(['loop', 'times', 'cycles each', 'cycles in all', 'why so often'], rows, new Set([0, 4])).join('\n'),
    );
  }
  if (report.functions.length > 0) {
    const rows = report.functions.map((f) => [
      f.name,
      formatSpan(f.own.cycles),
      formatSpan(f.total.instructions),
      formatSpan(f.total.cycles),
      time(f.total, report.clockHz),
    ]);
    const head = ['function', 'own cycles', 'instructions', 'cycles', `time at ${report.clockHz / 1e6} MHz`];
    blocks.push(columns(head, rows, new Set([0, 4])).join('\n'));
    const open = report.functions
      .filter((f) => f.total.cycles.worst === null)
      .map((f) => ({ ...f.total, reasons: f.total.reasons.filter((r) => BOUNDS.has(r.kind)), name: f.name }))
      .flatMap((f) => reasonsOf(f, -1).map((reason) => `  ${f.name}: ${reason}`));
    if (open.length > 0) blocks.push(['functions without a bound, and what decides:', ...new Set(open)].join('\n'));
  }
  return `${blocks.join('\n\n')}\n`;
}
