/**
 * Which files are PySM's: those of a project, that is a folder whose pyproject.toml has a table `[tool.pysm]`, and lone
 * files with `# pysm` on their first line. Everything else is somebody else's and gets silence.
 */
import type { SourceRange } from '@pysm/isa';
import { parse, TomlError } from 'smol-toml';
import type { Files } from './files.js';

export const PROJECT_FILE = 'pyproject.toml';

/** An error in a pyproject.toml. */
export interface ProjectProblem {
  readonly message: string;
  readonly range: SourceRange;
}

export interface Project {
  /** Path of its pyproject.toml. */
  readonly path: string;
  /** Paths of the entries that exist. */
  readonly entries: readonly string[];
  readonly problems: readonly ProjectProblem[];
}

/** Folders above a file that are searched; deeper nesting than this is a loop of links. */
const HEIGHT_LIMIT = 100;

/** Whether the text opts in by its first line. */
export const optsIn = (text: string): boolean => /^\ufeff?#\s*pysm\b/.test(text);

export class Projects {
  readonly #files: Files;
  readonly #cache = new Map<string, { readonly key: string; readonly project: Project | undefined }>();

  constructor(files: Files) {
    this.#files = files;
  }

  /** The nearest project above a file. */
  of(path: string): Project | undefined {
    const { host } = this.#files;
    let folder = host.parent(path);
    for (let height = 0; folder !== undefined && height < HEIGHT_LIMIT; height++) {
      const project = this.at(host.join(folder, PROJECT_FILE));
      if (project) return project;
      folder = host.parent(folder);
    }
    return undefined;
  }

  /** The project that a pyproject.toml declares; undefined where there is none or it is not PySM's. */
  at(path: string): Project | undefined {
    const version = this.#files.version(path);
    const known = this.#cache.get(path);
    // Whether an entry exists may change without the project file.
    const entries = known?.project?.entries ?? [];
    if (known?.key === version && !known.project?.problems.length && entries.every((e) => this.#exists(e)))
      return known.project;
    const text = this.#files.readText(path);
    const project = text === undefined ? undefined : this.#parse(path, text);
    this.#cache.set(path, { key: version, project });
    return project;
  }

  #exists(path: string): boolean {
    return this.#files.version(path) !== 'missing';
  }

  #parse(path: string, text: string): Project | undefined {
    let table: Record<string, unknown>;
    try {
      table = parse(text);
    } catch (error) {
      // Broken TOML is ours to report only where it is clear that the file is meant for us.
      if (!/^\s*\[\s*tool\s*\.\s*pysm\s*\]/m.test(text)) return undefined;
      return { path, entries: [], problems: [tomlProblem(error)] };
    }
    const tool = asTable(table['tool']);
    if (!tool || !('pysm' in tool)) return undefined;
    return { path, ...this.#entries(path, text, asTable(tool['pysm'])) };
  }

  #entries(
    path: string,
    text: string,
    settings: Record<string, unknown> | undefined,
  ): Pick<Project, 'entries' | 'problems'> {
    const problem = (message: string, word: string): Pick<Project, 'entries' | 'problems'> => ({
      entries: [],
      problems: [{ message, range: rangeOfWord(text, word) }],
    });
    if (!settings) return problem('`tool.pysm` must be a table.', 'pysm');
    const entry = settings['entry'];
    const names: readonly unknown[] = Array.isArray(entry) ? entry : [entry];
    if (entry === undefined || names.length === 0) {
      return problem('[tool.pysm] needs `entry`, the file that the program starts with: entry = "main.py"', 'pysm');
    }
    if (!names.every((name): name is string => typeof name === 'string' && name !== '')) {
      return problem('`entry` must be a path or a list of paths, relative to this file.', 'entry');
    }
    const { host } = this.#files;
    const folder = host.parent(path) ?? '';
    const entries: string[] = [];
    const problems: ProjectProblem[] = [];
    for (const name of names) {
      const entryPath = host.join(folder, name);
      if (this.#exists(entryPath)) entries.push(entryPath);
      else problems.push({ message: `The entry ${name} does not exist.`, range: rangeOfWord(text, name) });
    }
    return { entries, problems };
  }
}

function asTable(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function tomlProblem(error: unknown): ProjectProblem {
  const line = error instanceof TomlError ? error.line : 1;
  const column = error instanceof TomlError ? error.column - 1 : 0;
  const text = error instanceof Error ? error.message.split('\n')[0]! : String(error);
  const message = text.replace(/^Invalid TOML document:\s*/, 'This is not valid TOML: ');
  return { message, range: { line, column, endLine: line, endColumn: column + 1 } };
}

/** First place where a text stands behind the header of our table, else the header itself, else the first line. */
function rangeOfWord(text: string, word: string): SourceRange {
  const lines = text.split(/\r\n|\r|\n/);
  const header = Math.max(
    0,
    lines.findIndex((line) => /^\s*\[\s*tool\s*\.\s*pysm\s*\]/.test(line)),
  );
  for (let i = header; i < lines.length; i++) {
    const column = lines[i]!.indexOf(word);
    if (column >= 0) return { line: i + 1, column, endLine: i + 1, endColumn: column + word.length };
  }
  return { line: header + 1, column: 0, endLine: header + 1, endColumn: lines[header]?.length ?? 0 };
}
