/**
 * Which files are PySM's: those of a project, that is a folder whose pyproject.toml has a table `[tool.pysm]`, and lone
 * files with `# pysm` on their first line. Everything else is somebody else's and gets silence.
 */
import type { SourceRange } from '@pysm/isa';
import type { TomlError } from 'smol-toml';
import type { Files } from './files.js';
import { isTable, TABLE_HEADER, toolTable } from './recognition.js';

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
    const table = toolTable(text);
    if (!table) return undefined;
    if ('error' in table) return { path, entries: [], problems: [tomlProblem(table.error)] };
    return { path, ...this.#entries(path, text, table.value) };
  }

  #entries(path: string, text: string, settings: unknown): Pick<Project, 'entries' | 'problems'> {
    const problem = (message: string, word: string): Pick<Project, 'entries' | 'problems'> => ({
      entries: [],
      problems: [{ message, range: rangeOfWord(text, word) }],
    });
    if (!isTable(settings)) return problem('`tool.pysm` must be a table.', 'pysm');
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

function tomlProblem({ line, column, message }: TomlError): ProjectProblem {
  const text = message.split('\n')[0]!.replace(/^Invalid TOML document:\s*/, 'This is not valid TOML: ');
  return { message: text, range: { line, column: column - 1, endLine: line, endColumn: column } };
}

/** First place where a text stands behind the header of our table, else the header itself, else the first line. */
function rangeOfWord(text: string, word: string): SourceRange {
  const lines = text.split(/\r\n|\r|\n/);
  const header = Math.max(
    0,
    lines.findIndex((line) => TABLE_HEADER.test(line)),
  );
  for (let i = header; i < lines.length; i++) {
    const column = lines[i]!.indexOf(word);
    if (column >= 0) return { line: i + 1, column, endLine: i + 1, endColumn: column + word.length };
  }
  return { line: header + 1, column: 0, endLine: header + 1, endColumn: lines[header]?.length ?? 0 };
}
