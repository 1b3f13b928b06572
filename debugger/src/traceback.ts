/**
 * Tracebacks exactly as CPython 3.11 prints them for an uncaught exception, from frames and source text.
 *
 * Does not read files and does not know where frames come from. The rules are those of CPython 3.11's
 * `Python/traceback.c`; test/traceback.python.test.ts compares against a real one.
 */
import type { SourceRange } from '@pysm/isa';
import { expressionAnchors } from './anchors.js';

/** One frame, the way it failed: `range` is the expression or statement that was being executed. */
export interface TracebackFrame {
  /** As printed in `File "..."`. */
  readonly path: string;
  /** Function name (`co_name`), `<module>` for module code. */
  readonly name: string;
  /** Undefined where the code has no source; then the line is given as 0 and no text is shown. */
  readonly range: SourceRange | undefined;
}

/** Text of a source file, or undefined where it cannot be read. */
export type SourceReader = (path: string) => string | undefined;

/** Most frames that are printed; outer ones beyond are left out (`sys.tracebacklimit`'s default). */
const FRAME_LIMIT = 1000;
/** Identical frames in a row that are printed before the rest is only counted. */
const REPEAT_LIMIT = 3;

/**
 * The text before the `Type: message` line, ending in a line break.
 * @param frames outermost first
 */
export function formatTraceback(frames: readonly TracebackFrame[], read: SourceReader): string {
  const lines = new LineCache(read);
  let text = 'Traceback (most recent call last):\n';
  let previous: TracebackFrame | undefined;
  let count = 0;
  for (const frame of frames.slice(-FRAME_LIMIT)) {
    if (previous && isSamePlace(frame, previous)) {
      count++;
    } else {
      text += repeatedNote(count);
      previous = frame;
      count = 1;
    }
    if (count <= REPEAT_LIMIT) text += formatFrame(frame, lines);
  }
  return text + repeatedNote(count);
}

function repeatedNote(count: number): string {
  const more = count - REPEAT_LIMIT;
  return more > 0 ? `  [Previous line repeated ${more} more time${more > 1 ? 's' : ''}]\n` : '';
}

function isSamePlace(a: TracebackFrame, b: TracebackFrame): boolean {
  return a.path === b.path && a.name === b.name && a.range?.line === b.range?.line;
}

function formatFrame(frame: TracebackFrame, lines: LineCache): string {
  const header = `  File "${frame.path}", line ${frame.range?.line ?? 0}, in ${frame.name}\n`;
  const line = frame.range && lines.line(frame.path, frame.range.line);
  if (!frame.range || line === undefined) return header;
  const stripped = line.replace(/^[ \t\f]+/, '');
  return `${header}    ${stripped}\n${carets(line, frame.range)}`;
}

/** The line of `~` and `^` below a source line; empty where the range covers the whole line. */
function carets(line: string, range: SourceRange): string {
  const characters = [...line];
  const indent = characters.length - [...line.replace(/^[ \t\f]+/, '')].length;
  const start = [...line.slice(0, range.column)].length;
  let end: number;
  let anchors: { readonly left: number; readonly right: number } | undefined;
  if (range.endLine === range.line) {
    end = [...line.slice(0, range.endColumn)].length;
    anchors = expressionAnchors(characters.slice(start, end).join(''));
  } else {
    // An expression of several lines is marked up to the end of its first line.
    end = [...line.replace(/[ \t\f]+$/, '')].length;
  }
  if (end - start === characters.length - indent && !anchors) return '';
  let marks = '';
  for (let column = start; column < end; column++) {
    const inAnchor = !anchors || (column - start >= anchors.left && column - start < anchors.right);
    marks += inAnchor ? '^' : '~';
  }
  return `    ${' '.repeat(Math.max(0, start - indent))}${marks}\n`;
}

/** Lines of source files, each file split once. */
class LineCache {
  readonly #read: SourceReader;
  readonly #files = new Map<string, readonly string[]>();

  constructor(read: SourceReader) {
    this.#read = read;
  }

  line(path: string, number: number): string | undefined {
    let lines = this.#files.get(path);
    if (!lines) {
      lines = (this.#read(path) ?? '').split(/\r\n|\r|\n/);
      this.#files.set(path, lines);
    }
    const line = lines[number - 1];
    // A last line break ends a line and does not begin one.
    return line === '' && number === lines.length ? undefined : line;
  }
}
