/** Makes the most of a text whose tokens end in an error, so that what is right in it still gets a tree. */

import { recognizeFile } from './recognizer.js';
import type { Source } from './source.js';

/** How many errors are blanked out before the rest of a text is given up. */
const MAX_ATTEMPTS = 5;

/** A line that can only be the start of a statement. */
const STATEMENT_START =
  /^[ \t]*(?:@|[A-Za-z_][\w.]*[ \t]*(?:=(?!=)|\()|(?:async|await|class|def|del|for|from|global|if|import|match|nonlocal|pass|raise|return|try|while|with|yield|assert|break|continue)\b)/;

/** A source with the same lines in which the statements that the tokenizer cannot read are blank. */
export function readable(source: Source): Source {
  let current = source;
  for (let i = 0; i < MAX_ATTEMPTS && current.tokens.error !== null; i++) {
    const patched = blankOut(current);
    if (patched === current.text) break;
    current = recognizeFile(patched).source;
  }
  return current;
}

/** Replaces the lines of the statement at which tokenizing failed by empty ones. */
function blankOut(source: Source): string {
  const { error, open } = source.tokens;
  const lines = source.text.split('\n');
  const isOpenEnded = open.length > 0 || /^unterminated triple/.test(error!.message);
  const first = (isOpenEnded && open.length > 0 ? Math.min(open[0]!.line, error!.line) : error!.line) - 1;
  let last = first + 1;
  if (isOpenEnded) {
    const depth = indentOf(lines[first]!);
    while (last < lines.length && !(indentOf(lines[last]!) <= depth && STATEMENT_START.test(lines[last]!))) last++;
  }
  // The line count stays, and so do the positions of everything else.
  return lines.map((line, i) => (i >= first && i < last ? '' : line)).join('\n');
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
