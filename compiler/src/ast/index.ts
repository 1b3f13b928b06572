/**
 * Python text to an abstract syntax tree: the public face of this folder. Nothing here reads files or knows a host;
 * the caller supplies the bytes of the WebAssembly modules.
 */

import type { Module } from './nodes.js';

export { decodeSource } from './decode.js';
export { dump, reprConstant } from './dump.js';
export * from './nodes.js';
export * from './nodes-table.js';
export { createParser } from './parser.js';
export { LineColumns } from './positions.js';
export { checkSymbols } from './symbols.js';

/** The class of a problem. `UnsupportedSyntax` is valid in a Python newer than 3.11; its message names the version. */
export type ProblemKind = 'SyntaxError' | 'IndentationError' | 'TabError' | 'UnsupportedSyntax';

/** Why a text is not a Python program, and where: lines from 1, columns in UTF-8 bytes from 0, the end exclusive. */
export interface SyntaxProblem {
  message: string;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  kind: ProblemKind;
}

/**
 * What a parse gives: always a tree. `problems` is sorted by position; the tree is complete if and only if there are
 * none, otherwise bad statements are left out of it.
 */
export interface ParseResult {
  /** How many tokens were found, those in f-strings included. */
  tokens: number;
  module: Module;
  problems: SyntaxProblem[];
}

/** A parser of whole files. It never throws and may be used again and again. */
export interface PythonParser {
  /** @param maxTokens a text with more tokens is not read any further: it has an empty tree and no problems */
  parse(text: string, maxTokens?: number): ParseResult;
  /** Frees the memory that is not garbage-collected. */
  dispose?(): void;
}
