/**
 * What makes a text PySM's: the table `[tool.pysm]` of a pyproject.toml, or `# pysm` on a file's first line. Small, because
 * the extension's activation stub asks these questions in every folder.
 */
import { parse, TomlError } from 'smol-toml';

/** Whether a file opts in by its first line. */
export const optsIn = (text: string): boolean => /^\ufeff?#\s*pysm\b/.test(text);

/** The header of the table, as almost everyone writes it: places errors, and recognises a file that is no TOML at the moment. */
export const TABLE_HEADER = /^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*pysm[ \t]*\]/m;

export type ToolTable =
  /** What stands under `tool.pysm`, of whatever type. */
  | { readonly value: unknown }
  /** The file is meant for PySM and is not valid TOML. */
  | { readonly error: TomlError };

/** What a pyproject.toml says of PySM; undefined where it says nothing. */
export function toolTable(text: string): ToolTable | undefined {
  if (!text.includes('pysm')) return undefined;
  try {
    const { tool } = parse(text) as { readonly tool?: unknown };
    return isTable(tool) && 'pysm' in tool ? { value: tool['pysm'] } : undefined;
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // Broken TOML is ours to report only where it is clear that the file is meant for us.
    return TABLE_HEADER.test(text) ? { error } : undefined;
  }
}

/** Whether a value that came from TOML is a table. */
export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
