/**
 * Hover: what a line costs. At most eight lines of text; a file in several programs shows the one with the highest worst
 * case and names its entry. Knows nothing of how costs come about.
 */
import type { Cost, CostReport } from '@pysm/compiler';
import type { Program, Workspace } from '../workspace.js';

/** Lines that a hover may have. */
const LINE_LIMIT = 8;

/** Markdown for a line (from 1) of a file, undefined where nothing there costs anything or the file is not PySM's. */
export function hoverText(workspace: Workspace, path: string, line: number): string | undefined {
  const programs = workspace.programsOf(path);
  let best: { readonly program: Program; readonly facts: LineFacts } | undefined;
  for (const program of programs) {
    const report = program.costs();
    const facts = report && factsOf(report, path, line);
    if (facts && (!best || isWorse(facts.weight, best.facts.weight))) best = { program, facts };
  }
  if (!best) return undefined;
  const { assumptions } = best.facts;
  const footer = [
    ...(assumptions.length > 0 ? [`taken for granted: ${assumptions.join(', ')}`] : []),
    ...(programs.length > 1 ? [`highest of ${programs.length} programs: entry \`${nameOf(best.program.entry)}\``] : []),
  ];
  const room = LINE_LIMIT - footer.length;
  const { main, reasons } = best.facts;
  const shown = reasons.length > room - main.length ? reasons.slice(0, Math.max(0, room - main.length - 1)) : reasons;
  const more = reasons.length - shown.length;
  const lines = [...main, ...shown.map((reason) => `- ${reason}`), ...(more > 0 ? [`- and ${more} more`] : [])];
  return [...lines.slice(0, room), ...footer].join('  \n');
}

interface LineFacts {
  readonly main: readonly string[];
  readonly reasons: readonly string[];
  /** Kinds of what the worst case takes for granted. */
  readonly assumptions: readonly string[];
  /** Worst cycles by which programs are compared; null is above every number. */
  readonly weight: number | null;
}

function factsOf(report: CostReport, path: string, line: number): LineFacts | undefined {
  const main: string[] = [];
  const reasons = new Set<string>();
  const assumptions = new Set<string>();
  let weight: number | null | undefined;
  const consider = (cost: Cost): void => {
    weight = weight === undefined || isWorse(cost.cycles.worst, weight) ? cost.cycles.worst : weight;
    if (cost.cycles.worst !== null) for (const { kind } of cost.assumptions) assumptions.add(kind);
    for (const reason of cost.reasons) {
      const place = reason.path === path && reason.line === line ? '' : ` (line ${reason.line})`;
      // Reasons name their kind themselves or not; once is enough.
      const text = reason.text.startsWith(reason.kind) ? reason.text : `${reason.kind}: ${reason.text}`;
      reasons.add(escapeMarkdown(text + place));
    }
  };

  // A line may have instructions in several functions: a `lambda` has its own, a `def` its defaults.
  const visits = report.lines.filter((l) => l.path === path && l.line === line);
  for (const { own, total, entry, function: name } of visits) {
    const where = visits.length > 1 ? ` in \`${name}\`` : '';
    main.push(`**PySM**${where}: ${describe(own, report.clockHz)}`);
    consider(own);
    if (!isSameRange(own.cycles, total.cycles)) {
      main.push(`with the functions it calls: ${describe(total, report.clockHz)}`);
      consider(total);
    }
    if (entry) {
      main.push(`before the loop: ${describe(entry, report.clockHz)}`);
      consider(entry);
    }
  }
  for (const loop of report.loops.filter((l) => l.path === path && l.range.line === line)) {
    const { min, max } = loop.iterations;
    const times = max === null ? `${min} or more` : min === max ? `${min}` : `${min} to ${max}`;
    main.push(
      `loop: ${times} times, ${describeCycles(loop.perIteration)} each, ${describe(loop.total, report.clockHz)} in all`,
    );
    if (max === null) reasons.add(escapeMarkdown(`loop: ${loop.iterations.reason}`));
    consider(loop.total);
  }
  for (const fn of report.functions.filter((f) => f.path === path && f.range.line === line)) {
    main.push(`\`${fn.name}\` in all: ${describe(fn.total, report.clockHz)}`);
    consider(fn.total);
  }
  return weight === undefined ? undefined : { main, reasons: [...reasons], assumptions: [...assumptions], weight };
}

function describe(cost: Cost, clockHz: number): string {
  return `${describeRange(cost.instructions, 'instruction')}, ${describeCycles(cost)} (${describeTime(cost.cycles, clockHz)})`;
}

const describeCycles = (cost: Cost): string => describeRange(cost.cycles, 'cycle');

function describeRange({ best, worst }: Cost['cycles'], unit: string): string {
  if (worst === null) return `at least ${grouped(best)} ${unit}s`;
  if (best === worst) return `${grouped(best)} ${unit}${best === 1 ? '' : 's'}`;
  return `${grouped(best)} to ${grouped(worst)} ${unit}s`;
}

function describeTime({ best, worst }: Cost['cycles'], clockHz: number): string {
  if (worst === null) return 'no upper bound known';
  return best === worst ? time(best, clockHz) : `${time(best, clockHz)} to ${time(worst, clockHz)}`;
}

function time(cycles: number, clockHz: number): string {
  let value = (cycles / clockHz) * 1e9;
  for (const unit of ['ns', 'us', 'ms']) {
    if (value < 1000) return `${Number(value.toPrecision(3))} ${unit}`;
    value /= 1000;
  }
  return `${Number(value.toPrecision(3))} s`;
}

const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

const isWorse = (a: number | null, b: number | null): boolean => b !== null && (a === null || a > b);

const isSameRange = (a: Cost['cycles'], b: Cost['cycles']): boolean => a.best === b.best && a.worst === b.worst;

const escapeMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&').replace(/\s*\n\s*/g, ' ');

const nameOf = (path: string): string => path.split(/[\\/]/).pop() ?? path;
