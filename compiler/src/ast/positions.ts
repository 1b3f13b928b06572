/** From offsets in a text to CPython's positions. */

/** A line, counted from 1, and a column in UTF-8 bytes, counted from 0. */
export interface Position {
  line: number;
  column: number;
}

/**
 * The lines of a text. The text may be a part of a file: then it starts on line `firstLine`, and `firstColumn` bytes
 * are added to the columns of that line.
 */
export class LineTable {
  private readonly starts: number[] = [0];
  private readonly ascii: boolean;
  private lastIndex = 0;

  constructor(
    readonly text: string,
    readonly firstLine = 1,
    readonly firstColumn = 0,
  ) {
    // As in CPython, the end of a text lies on its last line, not after it.
    for (let at = text.indexOf('\n'); at >= 0 && at + 1 < text.length; at = text.indexOf('\n', at + 1)) {
      this.starts.push(at + 1);
    }
    this.ascii = !/[\u0080-\uffff]/.test(text);
  }

  /** The position of an offset in UTF-16 units. */
  at(offset: number): Position {
    const index = this.lineIndex(offset);
    const start = this.starts[index]!;
    const column = this.ascii ? offset - start : utf8Length(this.text, start, offset);
    return { line: index + this.firstLine, column: index === 0 ? column + this.firstColumn : column };
  }

  private lineIndex(offset: number): number {
    const { starts } = this;
    const last = this.lastIndex;
    // Offsets mostly come in order, so the line of the last one is the first guess.
    if (offset >= starts[last]! && offset < (starts[last + 1] ?? Infinity)) return last;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    this.lastIndex = low;
    return low;
  }
}

/** The length in UTF-8 bytes of a part of a string; a lone surrogate counts three bytes. */
export function utf8Length(text: string, start = 0, end = text.length): number {
  let bytes = 0;
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c < 0x80) bytes++;
    else if (c < 0x800) bytes += 2;
    else if (c >= 0xd800 && c < 0xdc00 && i + 1 < end) {
      bytes += 4;
      i++;
    } else bytes += 3;
  }
  return bytes;
}
