/**
 * Diagnostics of one file, with the quiet that typing needs: a statement that is being typed gets no new error until it
 * parses or a moment has passed. Does not know whether they are pulled or pushed.
 */
import type { Diagnostic } from 'vscode-languageserver';
import { DiagnosticSeverity } from 'vscode-languageserver';
import { toDiagnostic, toRange } from '../convert.js';
import type { Workspace } from '../workspace.js';

/** Time after the last edit in which new errors at its place are held back, ms. */
export const QUIET_TIME = 500;

/** Lines (from 0) that the last edit of a document touched, and when it happened (ms, any fixed origin). */
export interface LastEdit {
  readonly startLine: number;
  readonly endLine: number;
  readonly time: number;
}

export interface DiagnosticsResult {
  readonly diagnostics: readonly Diagnostic[];
  /** Time in ms until an error that is held back is due, undefined where none is. */
  readonly heldFor: number | undefined;
}

/** All diagnostics of a Python, assembly or project file; empty for a file that is not PySM's. */
export function diagnosticsOf(workspace: Workspace, path: string): Diagnostic[] {
  const project = workspace.projectAt(path);
  if (project) {
    return project.problems.map(({ message, range }) => ({
      range: toRange(range),
      severity: DiagnosticSeverity.Error,
      source: 'pysm',
      message,
    }));
  }
  return path.endsWith('.toml') ? [] : workspace.diagnosticsOf(path).map(toDiagnostic);
}

/** What is shown of each file, and what is held back from it for a while. */
export class QuietDiagnostics {
  readonly #edits = new Map<string, LastEdit>();
  readonly #shown = new Map<string, ReadonlySet<string>>();

  edited(path: string, edit: LastEdit): void {
    this.#edits.set(path, edit);
  }

  closed(path: string): void {
    this.#edits.delete(path);
    this.#shown.delete(path);
  }

  /** Leaves out errors that were not shown before and touch the lines being typed. `now` is on the clock of the edits. */
  filter(path: string, all: readonly Diagnostic[], now: number): DiagnosticsResult {
    const edit = this.#edits.get(path);
    const before = this.#shown.get(path) ?? new Set();
    const remaining = edit ? edit.time + QUIET_TIME - now : 0;
    const isHeld = (d: Diagnostic): boolean =>
      edit !== undefined &&
      remaining > 0 &&
      d.severity === DiagnosticSeverity.Error &&
      d.range.start.line <= edit.endLine &&
      d.range.end.line >= edit.startLine &&
      !before.has(identity(d));
    const diagnostics = all.filter((d) => !isHeld(d));
    this.#shown.set(path, new Set(diagnostics.map(identity)));
    return { diagnostics, heldFor: diagnostics.length < all.length ? remaining : undefined };
  }
}

/** The same error keeps its identity when it moves with the text around it. */
const identity = (diagnostic: Diagnostic): string => `${diagnostic.code} ${diagnostic.message}`;
