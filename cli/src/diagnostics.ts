/** Diagnostics as text (`file:line:col: code severity message`) and as JSON (docs/schema/diagnostics.schema.json). */
import type { Diagnostic, Severity } from '@pysm/compiler';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** Number of diagnostics by severity. */
export type Counts = Readonly<Record<Severity, number>>;

export function countBySeverity(diagnostics: readonly Diagnostic[]): Counts {
  const counts: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { severity } of diagnostics) counts[severity]++;
  return counts;
}

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ severity }) => severity === 'error');

/** One diagnostic; lines and columns count from 1. The help follows on lines of its own, indented. */
export function formatDiagnostic({ path, range, code, severity, message, help }: Diagnostic): string {
  const lines = [`${path}:${range.line}:${range.column + 1}: ${code} ${severity} ${message}`];
  if (help) lines.push(...help.split('\n').map((line) => `    help: ${line}`));
  return lines.join('\n');
}

/** In the order of file, line and column; the same diagnostic of a module that several programs import stands once. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const { path, range, code, message } = diagnostic;
    seen.set(JSON.stringify([path, range.line, range.column, code, message]), diagnostic);
  }
  return [...seen.values()].sort(
    (a, b) =>
      (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) ||
      a.range.line - b.range.line ||
      a.range.column - b.range.column ||
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  );
}

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** E.g. `2 files checked: 1 error, 0 warnings`. */
export function summarise(files: number, counts: Counts): string {
  const rest = counts.information + counts.hint;
  const found = [plural(counts.error, 'error'), plural(counts.warning, 'warning')];
  if (rest > 0) found.push(plural(rest, 'hint'));
  return `${plural(files, 'file')} checked: ${found.join(', ')}`;
}

/** Version of the JSON form; only ever raised when a field changes its meaning or goes. */
export const DIAGNOSTICS_VERSION = 1;

/** The JSON form. Lines and columns count from 1, columns in UTF-16 units; `endColumn` is the column after the last. */
export function diagnosticsJson(files: readonly string[], diagnostics: readonly Diagnostic[]): unknown {
  const counts = countBySeverity(diagnostics);
  return {
    version: DIAGNOSTICS_VERSION,
    files,
    diagnostics: diagnostics.map(({ code, severity, message, help, path, range }) => ({
      path,
      line: range.line,
      column: range.column + 1,
      endLine: range.endLine,
      endColumn: range.endColumn + 1,
      code,
      severity,
      message,
      help,
    })),
    summary: { errors: counts.error, warnings: counts.warning, information: counts.information, hints: counts.hint },
  };
}
