/** The compiler as one object: files to diagnostics, assembly, costs and image. */
import { MEMORY, type SourceRange } from '@pysm/isa';
import type { Compilation, Compiler, CompilerResources, CostReport, Diagnostic, SourceHost } from './api.js';
import { type AsmProgram, isLabel } from './assembly/model.js';
import { parseAssembly } from './assembly/text.js';
import {
  checkSymbols,
  createParser,
  decodeSource,
  dump,
  type Module,
  type PythonParser,
  type SyntaxProblem,
} from './ast/index.js';
import { Diagnostics, diagnostic } from './diagnostics/report.js';
import { link } from './link/index.js';
import { lowerProgram } from './lowering/program.js';
import { collectProgram, type ModuleLoader } from './program/collect.js';
import { Source } from './program/source.js';
import { checkSubset } from './program/subset.js';
import { analyseCosts } from './timing/index.js';

const FILE_START: SourceRange = { line: 1, column: 0, endLine: 1, endColumn: 0 };
/**
 * Most characters (bytes, where a file is not decoded yet) of source that a program may have. The core's 32K instructions
 * are some tens of thousands of lines; this bound and the next keep every answer within seconds and a gigabyte.
 */
const MAX_SOURCE = 1_024_000;
/** Most tokens of a program's own files. An instruction takes two or three of them; the rest is for code that is never reached. */
const MAX_TOKENS = 8 * MEMORY.code;
const EMPTY: Module = { kind: 'Module', body: [], type_ignores: [] };

/** Makes a compiler. Fails only where the resources are broken. */
export async function createCompiler(resources: CompilerResources): Promise<Compiler> {
  const parser = await createParser({ runtime: resources.parserRuntime, python: resources.pythonGrammar });
  return new PysmCompiler(parser, resources.runtime);
}

class PysmCompiler implements Compiler {
  /** Runtime modules are parsed once. */
  private readonly runtimeSources = new Map<string, Source>();

  constructor(
    private readonly parser: PythonParser,
    private readonly runtime: Readonly<Record<string, string>>,
  ) {}

  compile(path: string, host: SourceHost): Compilation {
    const diagnostics = new Diagnostics();
    const files: string[] = [];
    let size = 0;
    let tokens = 0;
    const load = (file: string, required: boolean): Source | undefined => {
      const content = host.read(file);
      if (content === undefined) {
        if (required) diagnostics.report('PS0004', { path: file, range: FILE_START }, file);
        return undefined;
      }
      files.push(file);
      size += content.length;
      if (size > MAX_SOURCE) {
        diagnostics.add(tooLarge(file));
        return new Source(file, '', EMPTY);
      }
      const found = this.source(file, content, diagnostics, MAX_TOKENS - tokens);
      tokens += found.tokens;
      if (tokens > MAX_TOKENS) diagnostics.report('PS0006', { path: file, range: FILE_START }, `${MAX_TOKENS} tokens`);
      return found.source;
    };
    const entry = load(path, true);
    if (!entry) return failed(files, diagnostics);
    const loader: ModuleLoader = {
      file: (p) => load(p, false),
      runtime: (name) => this.runtimeSource(name, diagnostics),
      sibling: (from, name) => host.resolveSibling(from, name),
    };
    let program: AsmProgram | undefined;
    try {
      const symbols = collectProgram(entry, loader, diagnostics);
      for (const module of symbols.modules) checkSubset(module, diagnostics);
      program = lowerProgram(symbols, diagnostics);
    } catch (error) {
      // Lowering recurses over the tree; what is nested deeper than any person writes is refused, not crashed on.
      if (!(error instanceof RangeError)) throw error;
      diagnostics.report('PS0005', { path, range: FILE_START });
    }
    if (program && !fitsCore(program)) {
      diagnostics.report('PS4003', { path, range: FILE_START }, String(ownInstructions(program)), String(MEMORY.code));
    }
    return program && !diagnostics.hasErrors
      ? new Compiled(files, diagnostics.sorted(), program, path)
      : failed(files, diagnostics);
  }

  ast(path: string, host: SourceHost): ReturnType<Compiler['ast']> {
    const content = host.read(path);
    if (content === undefined) return { diagnostics: [diagnostic('PS0004', { path, range: FILE_START }, path)] };
    if (content.length > MAX_SOURCE) return { diagnostics: [tooLarge(path)] };
    const decoded = typeof content === 'string' ? { text: content } : decodeSource(content);
    if ('problem' in decoded)
      return { diagnostics: [syntaxDiagnostic(path, new Source(path, '', EMPTY), decoded.problem)] };
    const { module, problems } = this.parser.parse(decoded.text);
    if (problems.length === 0) return { dump: dump(module) };
    const source = new Source(path, decoded.text, module);
    return { diagnostics: problems.map((p) => syntaxDiagnostic(path, source, p)) };
  }

  assemble(path: string, host: SourceHost): Compilation {
    const content = host.read(path);
    const diagnostics = new Diagnostics();
    if (content === undefined) {
      diagnostics.report('PS0004', { path, range: FILE_START }, path);
      return failed([], diagnostics);
    }
    const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
    const result = parseAssembly(text, path);
    for (const p of result.problems) {
      diagnostics.add(diagnostic('PS0001', { path, range: p.range }, p.message));
    }
    if (result.start === undefined && !diagnostics.hasErrors) {
      diagnostics.add(diagnostic('PS0001', { path, range: FILE_START }, 'no function is named by a start directive'));
    }
    if (diagnostics.hasErrors) return failed([path], diagnostics);
    return new Compiled([path], diagnostics.sorted(), { modules: result.modules, start: result.start! }, path);
  }

  private runtimeSource(name: string, diagnostics: Diagnostics): Source | undefined {
    const known = this.runtimeSources.get(name);
    if (known) return known;
    const text = Object.hasOwn(this.runtime, name) ? this.runtime[name] : undefined;
    if (text === undefined) return undefined;
    const { source } = this.source(`<runtime>/${name}.py`, text, diagnostics);
    this.runtimeSources.set(name, source);
    return source;
  }

  /** Parses a file; syntax errors are reported, and what could be parsed is given. */
  private source(
    path: string,
    content: string | Uint8Array,
    diagnostics: Diagnostics,
    maxTokens?: number,
  ): { readonly source: Source; readonly tokens: number } {
    const decoded = typeof content === 'string' ? { text: content } : decodeSource(content);
    if ('problem' in decoded) {
      const source = new Source(path, '', EMPTY);
      diagnostics.add(syntaxDiagnostic(path, source, decoded.problem));
      return { source, tokens: 0 };
    }
    const { module, problems, tokens } = this.parser.parse(decoded.text, maxTokens);
    const source = new Source(path, decoded.text, module);
    for (const p of problems) diagnostics.add(syntaxDiagnostic(path, source, p));
    if (problems.length === 0) {
      for (const p of checkSymbols(module)) {
        const d = syntaxDiagnostic(path, source, p);
        diagnostics.add({ ...d, code: 'PS0003' });
      }
    }
    return { source, tokens };
  }
}

function syntaxDiagnostic(path: string, source: Source, problem: SyntaxProblem): Diagnostic {
  const code = problem.kind === 'UnsupportedSyntax' ? 'PS0002' : 'PS0001';
  const kind = problem.kind === 'SyntaxError' || problem.kind === 'UnsupportedSyntax' ? '' : `${problem.kind}: `;
  return diagnostic(code, { path, range: source.range(problem) }, kind + problem.message);
}

const tooLarge = (path: string): Diagnostic =>
  diagnostic('PS0006', { path, range: FILE_START }, `${MAX_SOURCE} characters`);

/** Instructions of the program's own files, reached or not. */
const ownInstructions = (program: AsmProgram): number =>
  program.modules.reduce(
    (sum, m) => sum + (m.runtime ? 0 : m.functions.reduce((n, f) => n + f.items.filter((i) => !isLabel(i)).length, 0)),
    0,
  );

/** Whether costs are worth computing: a program beyond the core's memory would take longer than anyone waits. */
const fitsCore = (program: AsmProgram): boolean => ownInstructions(program) <= MEMORY.code;

const NO_COSTS: CostReport = analyseNothing();

function analyseNothing(): CostReport {
  return analyseCosts({ modules: [], start: '' });
}

/** Names that statements with syntax errors would have bound must not be reported as missing. */
const ECHOES: ReadonlySet<string> = new Set(['PS2005', 'PS2009']);

function failed(files: readonly string[], diagnostics: Diagnostics): Compilation {
  const all = diagnostics.sorted();
  const broken = all.some((d) => d.code === 'PS0001' || d.code === 'PS0002' || d.code === 'PS0006');
  const sorted = broken ? all.filter((d) => !ECHOES.has(d.code)) : all;
  return {
    files,
    diagnostics: sorted,
    program: undefined,
    costs: () => NO_COSTS,
    link: () => ({ diagnostics: sorted }),
  };
}

/** A program without errors; costs and image are made when asked for. */
class Compiled implements Compilation {
  private report: CostReport | undefined;

  constructor(
    readonly files: readonly string[],
    readonly diagnostics: readonly Diagnostic[],
    readonly program: AsmProgram,
    private readonly path: string,
  ) {}

  costs(): CostReport {
    this.report ??= fitsCore(this.program) ? analyseCosts(this.program) : NO_COSTS;
    return this.report;
  }

  link(): ReturnType<Compilation['link']> {
    const result = link(this.program);
    if ('image' in result) return result;
    return {
      diagnostics: result.diagnostics.map((d) =>
        diagnostic('PS4001', { path: d.path || this.path, range: d.range ?? FILE_START }, d.message),
      ),
    };
  }
}
