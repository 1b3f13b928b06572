/** The compiler's plain data in the terms of the language server protocol. */
import type { Diagnostic, Severity } from '@pysm/compiler';
import type { SourceRange } from '@pysm/isa';
import { DiagnosticSeverity, type Diagnostic as LspDiagnostic, type Range } from 'vscode-languageserver';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Lines from 1 to lines from 0; both count columns in UTF-16 units. */
export const toRange = (range: SourceRange): Range => ({
  start: { line: Math.max(0, range.line - 1), character: Math.max(0, range.column) },
  end: { line: Math.max(0, range.endLine - 1), character: Math.max(0, range.endColumn) },
});

export const toDiagnostic = (diagnostic: Diagnostic): LspDiagnostic => ({
  range: toRange(diagnostic.range),
  severity: SEVERITIES[diagnostic.severity],
  code: diagnostic.code,
  source: 'pysm',
  message: diagnostic.help === '' ? diagnostic.message : `${diagnostic.message}\n${diagnostic.help}`,
});
