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

/** Bytes between two places of a line whose UTF-16 columns are kept. */
const STRIDE = 128;

/** From byte columns to UTF-16 columns of one line, in a time that does not grow with the line. */
export class LineColumns {
  /** Where a line is not ASCII: the UTF-16 column of the last character that starts at or before each multiple of STRIDE. */
  private readonly marks: { index: number; bytes: number }[] | null;

  /** @param text the line, without regard to its line end */
  constructor(private readonly text: string) {
    this.marks = /[\u0080-\uffff]/.test(text) ? [] : null;
  }

  /**
   * @param byteColumn a column in UTF-8 bytes, such as `col_offset`
   * @returns the index into the line's text; its length if the column lies beyond it
   */
  utf16(byteColumn: number): number {
    const { text, marks } = this;
    if (marks === null) return Math.min(byteColumn, text.length);
    let { index, bytes } = this.markBefore(marks, byteColumn);
    for (; index < text.length && bytes < byteColumn; index += unitsAt(text, index)) bytes += bytesAt(text, index);
    return index;
  }

  private markBefore(marks: { index: number; bytes: number }[], byteColumn: number): { index: number; bytes: number } {
    if (marks.length === 0) {
      marks.push({ index: 0, bytes: 0 });
      let bytes = 0;
      for (let index = 0; index < this.text.length; index += unitsAt(this.text, index)) {
        const next = bytes + bytesAt(this.text, index);
        if (next > marks.length * STRIDE) marks.push({ index, bytes });
        bytes = next;
      }
    }
    return marks[Math.min(Math.floor(byteColumn / STRIDE), marks.length - 1)]!;
  }
}

/** How many UTF-16 units the character at an index takes. */
const unitsAt = (text: string, index: number): number => (text.codePointAt(index)! < 0x10000 ? 1 : 2);

/** How many UTF-8 bytes the character at an index takes; a lone surrogate counts three. */
function bytesAt(text: string, index: number): number {
  const code = text.codePointAt(index)!;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
