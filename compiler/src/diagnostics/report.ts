import type { SourceRange } from '@pysm/isa';
import type { Diagnostic } from '../api.js';
import { CODES, type Code, type CodeEntry } from './codes.js';

/** Where a report points: a file and a range in it. */
export interface Place {
  readonly path: string;
  readonly range: SourceRange;
}

const fill = (text: string, args: readonly string[]) =>
  text.replace(/\{(\d)\}/g, (_, i: string) => args[Number(i)] ?? '');

/** A diagnostic of the table with its arguments filled in. */
export function diagnostic(code: Code, place: Place, ...args: readonly string[]): Diagnostic {
  const entry: CodeEntry = CODES[code];
  return {
    code,
    severity: entry.severity,
    message: fill(entry.message, args),
    help: fill(entry.help, args),
    path: place.path,
    range: place.range,
  };
}

/** Most diagnostics of one compilation: nobody reads further, and a broken file of many lines must not fill the memory. */
const MAX_DIAGNOSTICS = 1000;

/** Collects the diagnostics of one compilation; one report a place and code. */
export class Diagnostics {
  private readonly list: Diagnostic[] = [];
  private readonly seen = new Set<string>();
  /** An error was left out because there were too many diagnostics. */
  private errors = false;

  report(code: Code, place: Place, ...args: readonly string[]): void {
    this.add(diagnostic(code, place, ...args));
  }

  add(d: Diagnostic): void {
    if (this.list.length >= MAX_DIAGNOSTICS) {
      this.errors ||= d.severity === 'error';
      return;
    }
    const key = `${d.path}:${d.range.line}:${d.range.column}:${d.code}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.list.push(d);
  }

  get hasErrors(): boolean {
    return this.errors || this.list.some((d) => d.severity === 'error');
  }

  /** In order of file and position. */
  sorted(): readonly Diagnostic[] {
    return [...this.list].sort(
      (a, b) =>
        a.path.localeCompare(b.path) ||
        a.range.line - b.range.line ||
        a.range.column - b.range.column ||
        a.code.localeCompare(b.code),
    );
  }
}
