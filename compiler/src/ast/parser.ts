/** The parser: recognises a text, and builds its tree from tree-sitter's. */

import { Language, Parser } from 'web-tree-sitter';
import { BuildContext } from './build-context.js';
import { buildStatements, type HoleSink } from './build-statements.js';
import { type CstNode, readChildren } from './cst.js';
import type { ParseResult, PythonParser, SyntaxProblem } from './index.js';
import type { Positions, Statement } from './nodes.js';
import { type NormalText, normalize } from './normalize.js';
import { recognizeFile } from './recognizer.js';
import { readable } from './recover.js';
import type { Source } from './source.js';
import { loadUnicodeNames } from './unicode-names.js';
import { describeFault } from './unsupported.js';

/**
 * Makes a parser.
 *
 * @param wasm the bytes of tree-sitter's `runtime` (left out where the runtime finds them itself) and of its `python`
 *   grammar
 */
export async function createParser(wasm: {
  runtime?: Uint8Array | undefined;
  python: Uint8Array;
}): Promise<PythonParser> {
  await loadUnicodeNames();
  await Parser.init(wasm.runtime === undefined ? {} : { wasmBinary: wasm.runtime });
  const language = await Language.load(wasm.python);
  const parser = new Parser();
  parser.setLanguage(language);
  return {
    parse: (text, maxTokens = Number.POSITIVE_INFINITY) => parse(parser, text, maxTokens),
    dispose: () => parser.delete(),
  };
}

function parse(parser: Parser, original: string, maxTokens: number): ParseResult {
  const text = normalizeLines(original);
  let tokens = 0;
  try {
    const nul = text.indexOf('\0');
    if (nul >= 0) return failed(tokens, nullByte(text, nul));
    const { source, fault } = recognizeFile(text);
    tokens = source.countTokens();
    if (tokens > maxTokens) return failed(tokens);
    const problems = fault === null ? [] : [describeFault(source, fault)];
    const tree = fault === null ? source : readable(source);
    return { tokens, ...build(parser, tree, problems, tree !== source) };
  } catch (error) {
    // A text can be nested too deeply for the stack without brackets, for instance by ten thousand `not`s.
    if (!(error instanceof RangeError)) throw error;
    return failed(tokens, tooDeep({ lineno: 1, col_offset: 0, end_lineno: 1, end_col_offset: 0 }));
  }
}

/** Python's line ends: `\r\n` and `\r` count as `\n`, and the last line has one. A byte order mark is left out. */
function normalizeLines(original: string): string {
  const text = (original.startsWith('\uFEFF') ? original.slice(1) : original).replace(/\r\n?/g, '\n');
  return text.endsWith('\n') ? text : `${text}\n`;
}

function failed(tokens: number, ...problems: SyntaxProblem[]): ParseResult {
  return { tokens, module: { kind: 'Module', body: [], type_ignores: [] }, problems };
}

function nullByte(text: string, offset: number): SyntaxProblem {
  const before = text.slice(0, offset).split('\n');
  const lineno = before.length;
  const col_offset = new TextEncoder().encode(before[lineno - 1]).length;
  const at = { lineno, col_offset, end_lineno: lineno, end_col_offset: col_offset + 1 };
  return { message: 'source code cannot contain null bytes', kind: 'SyntaxError', ...at };
}

function tooDeep(at: Positions): SyntaxProblem {
  return { message: 'too deeply nested', kind: 'SyntaxError', ...at };
}

function build(
  parser: Parser,
  source: Source,
  problems: SyntaxProblem[],
  hasBlanks: boolean,
): Omit<ParseResult, 'tokens'> {
  const normal = normalize(source);
  const faultLine = problems[0]?.lineno;
  // If a simple statement at the fault was left out, the compound statements around it can stay.
  let isLeftOut = false;
  const sink: HoleSink = {
    hole(at, reason) {
      if (faultLine !== undefined && at.lineno <= faultLine && faultLine <= at.end_lineno) isLeftOut = true;
      if (reason === 'depth') problems.push(tooDeep(at));
      else if (faultLine === undefined) problems.push({ message: 'invalid syntax', kind: 'SyntaxError', ...at });
    },
    isBad(statement) {
      if (faultLine === undefined || hasBlanks || (isLeftOut && 'body' in statement)) return false;
      const isBad = standsIn(statement, faultLine);
      isLeftOut ||= isBad;
      return isBad;
    },
  };
  const fields = new Map<Source, { node: CstNode; base: number }>();
  const context = new BuildContext(source, normal.base, { stars: normal.stars, fields });
  const body: Statement[] = [];
  for (const node of readStatements(parser, normal)) {
    const field = node.start < normal.base ? normal.fields.get(node.start) : undefined;
    if (field !== undefined) fields.set(field, { node, base: node.start });
    else if (node.start >= normal.base) for (const one of buildStatements(context, [node], sink)) body.push(one);
  }
  problems.sort((a, b) => a.lineno - b.lineno || a.col_offset - b.col_offset);
  return { module: { kind: 'Module', body, type_ignores: [] }, problems };
}

/** tree-sitter's nodes of the statements of a text, one after the other; what is not asked for any more is dropped. */
function* readStatements(parser: Parser, { text, cuts }: NormalText): Generator<CstNode> {
  for (let i = 1; i < cuts.length; i++) {
    const start = cuts[i - 1]!;
    const tree = parser.parse(text.slice(start, cuts[i]));
    if (tree === null) throw new Error('tree-sitter has no language');
    try {
      yield* readChildren(tree, start);
    } finally {
      tree.delete();
    }
  }
}

/** Whether a line belongs to a simple statement, or to the head of a compound one. */
function standsIn(statement: Statement, line: number): boolean {
  if (line < statement.lineno || line > statement.end_lineno) return false;
  const body = 'body' in statement ? statement.body[0] : undefined;
  return body === undefined ? !('body' in statement) : line < body.lineno;
}
