/** Text in the making as UTF-8 bytes: many short pieces, taken away in chunks. */

/** Size from which a chunk counts as full, bytes: what a pipe holds on Linux. */
const FULL = 65_536;
/** Room beyond that for what is written between two looks at `takeIfFull`; a longer piece makes its chunk longer. */
const SLACK = 8_192;
const SPACE = 32;
const LAST_ASCII = 0x7f;
/** Most bytes that one UTF-16 unit becomes. */
const MOST_BYTES = 3;

export class ChunkWriter {
  private bytes = new Uint8Array(FULL + SLACK);
  private length = 0;
  private readonly encoder = new TextEncoder();

  /** Adds text. A lone surrogate becomes U+FFFD. */
  text(text: string): void {
    const count = text.length;
    if (this.length + count > this.bytes.length) this.grow(count);
    const { bytes, length } = this;
    // Most pieces are a few ASCII characters, for which a loop is faster than the encoder.
    for (let i = 0; i < count; i++) {
      const code = text.charCodeAt(i);
      if (code > LAST_ASCII) {
        this.encode(text);
        return;
      }
      bytes[length + i] = code;
    }
    this.length = length + count;
  }

  blanks(count: number): void {
    this.grow(count);
    this.bytes.fill(SPACE, this.length, this.length + count);
    this.length += count;
  }

  /** What was added since the last chunk, once that is enough. The caller owns it. */
  takeIfFull(): Uint8Array | undefined {
    return this.length < FULL ? undefined : this.take();
  }

  /** What was added since the last chunk, however little. The caller owns it. */
  take(): Uint8Array {
    const chunk = this.bytes.subarray(0, this.length);
    this.bytes = new Uint8Array(FULL + SLACK);
    this.length = 0;
    return chunk;
  }

  private encode(text: string): void {
    this.grow(MOST_BYTES * text.length);
    this.length += this.encoder.encodeInto(text, this.bytes.subarray(this.length)).written;
  }

  /** Makes room for `count` more bytes. */
  private grow(count: number): void {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.bytes.length));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}
