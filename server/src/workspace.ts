/** The programs that open files belong to, compiled when something that they are made of has changed. */
import type { Compilation, Compiler, CostReport, Diagnostic } from '@pysm/compiler';
import type { Files } from './files.js';
import { PROJECT_FILE, type Project, Projects } from './project.js';
import { optsIn } from './recognition.js';

/** A compiled program and its entry's path. */
export interface Program {
  readonly entry: string;
  readonly compilation: Compilation;
  /** Costs, worked out when first asked for; undefined where the analysis failed. */
  costs(): CostReport | undefined;
}

interface CachedProgram {
  readonly program: Program;
  readonly versions: ReadonlyMap<string, string>;
}

/** Programs that are kept; the least recently used goes. */
const PROGRAM_LIMIT = 50;

export class Workspace {
  readonly files: Files;
  readonly projects: Projects;
  readonly #compiler: Compiler;
  readonly #log: (message: string) => void;
  readonly #programs = new Map<string, CachedProgram>();
  readonly #optedIn = new Set<string>();

  constructor(files: Files, compiler: Compiler, log: (message: string) => void) {
    this.files = files;
    this.projects = new Projects(files);
    this.#compiler = compiler;
    this.#log = log;
  }

  /** Programs that a file is part of; none for a file that is not PySM's. */
  programsOf(path: string): Program[] {
    const programs: Program[] = [];
    const project = this.projects.of(path);
    for (const entry of project?.entries ?? []) {
      const program = this.#program(entry);
      if (program.compilation.files.includes(path)) programs.push(program);
    }
    if (programs.length > 0) return programs;
    return this.#standsAlone(path) ? [this.#program(path)] : this.#loneProgramsWith(path);
  }

  /** Programs of lone files that are open and import this one. */
  #loneProgramsWith(path: string): Program[] {
    return [...this.#programs.keys()]
      .filter((entry) => this.files.document(entry) && this.#standsAlone(entry))
      .map((entry) => this.#program(entry))
      .filter((program) => program.compilation.files.includes(path));
  }

  /** Takes a file for PySM's from now on, because the user asked for it. */
  optIn(path: string): void {
    this.#optedIn.add(path);
  }

  #standsAlone(path: string): boolean {
    return path.endsWith('.pysm') || this.#optedIn.has(path) || optsIn(this.files.readText(path) ?? '');
  }

  /** Diagnostics of a Python or assembly file, each once even where several programs give it. */
  diagnosticsOf(path: string): Diagnostic[] {
    const found = new Map<string, Diagnostic>();
    for (const { entry, compilation } of this.programsOf(path)) {
      for (const diagnostic of compilation.diagnostics) {
        // What is wrong in a file that nobody can open (the runtime's) stands in the entry: never silence.
        const isElsewhere = path === entry && !compilation.files.includes(diagnostic.path);
        const shown = isElsewhere ? atStart(diagnostic, entry) : diagnostic;
        if (shown.path === path) found.set(JSON.stringify(shown), shown);
      }
    }
    return [...found.values()];
  }

  /** The project that a project file declares. */
  projectAt(path: string): Project | undefined {
    return path.endsWith(PROJECT_FILE) ? this.projects.at(path) : undefined;
  }

  #program(entry: string): Program {
    const cached = this.#programs.get(entry);
    this.#programs.delete(entry);
    const current = cached && this.files.areUnchanged(cached.versions) ? cached : this.#compile(entry);
    this.#programs.set(entry, current);
    const oldest = this.#programs.keys().next();
    if (this.#programs.size > PROGRAM_LIMIT && !oldest.done) this.#programs.delete(oldest.value);
    return current.program;
  }

  #compile(entry: string): CachedProgram {
    const { host, versions } = this.files.recorder();
    const compilation = this.#guarded(`compiling ${entry}`, () =>
      entry.endsWith('.pysm') ? this.#compiler.assemble(entry, host) : this.#compiler.compile(entry, host),
    );
    let costs: { readonly report: CostReport | undefined } | undefined;
    const program: Program = {
      entry,
      compilation: compilation ?? failedCompilation(entry),
      costs: () => {
        costs ??= { report: compilation && this.#guarded(`costs of ${entry}`, () => compilation.costs()) };
        return costs.report;
      },
    };
    // An entry that was never read has no version yet; without it a failed compilation would stand for good.
    return { program, versions: new Map([[entry, this.files.version(entry)], ...versions]) };
  }

  /** The compiler promises not to throw; where it does all the same, the server lives on. */
  #guarded<T>(what: string, action: () => T): T | undefined {
    try {
      return action();
    } catch (error) {
      this.#log(`${what} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return undefined;
    }
  }
}

const FILE_START = { line: 1, column: 0, endLine: 1, endColumn: 0 };

const atStart = (diagnostic: Diagnostic, path: string): Diagnostic => ({
  ...diagnostic,
  message: `${diagnostic.path}:${diagnostic.range.line}: ${diagnostic.message}`,
  path,
  range: FILE_START,
});

function failedCompilation(entry: string): Compilation {
  const diagnostic: Diagnostic = {
    code: 'internal',
    severity: 'error',
    message: 'PySM could not analyse this program: an error in the compiler.',
    help: 'See the output channel "PySM" and please report it.',
    path: entry,
    range: FILE_START,
  };
  return {
    files: [entry],
    diagnostics: [diagnostic],
    program: undefined,
    costs: () => ({ clockHz: 1, lines: [], functions: [], loops: [] }),
    link: () => ({ diagnostics: [diagnostic] }),
  };
}
