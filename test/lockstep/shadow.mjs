/**
 * The memories of a core under test as its write beats make them: what its image put there, and every write since. So
 * they can be compared with the simulator's at any record, without reading the core.
 */
import { BEAT } from '@pysm/rtl';

/** Bytes of a word in a memory, and where in them payload and tag lie (entries of the return stack have no tag). */
const LAYOUT = [];
LAYOUT[BEAT.STACK] = LAYOUT[BEAT.DATA] = LAYOUT[BEAT.GLOBALS] = { stride: 16, payload: 0, tag: 8 };
LAYOUT[BEAT.RETURN_STACK] = { stride: 8, payload: 0, tag: -1 };
LAYOUT[BEAT.DISPATCH] = { stride: 32, payload: 16, tag: 24 };

/** Names of the memories by the number of their beats. */
export const SPACES = [];
SPACES[BEAT.STACK] = 'stack';
SPACES[BEAT.DATA] = 'data';
SPACES[BEAT.GLOBALS] = 'globals';
SPACES[BEAT.RETURN_STACK] = 'return stack';
SPACES[BEAT.DISPATCH] = 'dispatch value';

/** One memory: bytes laid out as the simulator's. */
class Memory {
  /** @param {number} space one of BEAT @param {Uint8Array} bytes */
  constructor(space, bytes) {
    this.bytes = bytes;
    this.layout = LAYOUT[space];
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get words() {
    return this.bytes.length / this.layout.stride;
  }

  payload(address) {
    return this.view.getBigInt64(address * this.layout.stride + this.layout.payload, true);
  }

  tag(address) {
    return this.layout.tag < 0 ? 0 : this.view.getUint8(address * this.layout.stride + this.layout.tag);
  }

  word(address) {
    return { tag: this.tag(address), payload: this.payload(address) };
  }

  write(address, tag, payload) {
    const at = address * this.layout.stride;
    this.view.setBigInt64(at + this.layout.payload, payload, true);
    if (this.layout.tag >= 0) this.view.setUint8(at + this.layout.tag, tag);
  }

  /** Address of the first word from `from` up to `count` that differs in another memory of the kind, or -1. */
  firstDifference(other, count, from = 0) {
    const { stride } = this.layout;
    const differ = (low, high) =>
      Buffer.compare(
        this.bytes.subarray(low * stride, high * stride),
        other.bytes.subarray(low * stride, high * stride),
      ) !== 0;
    if (from >= count || !differ(from, count)) return -1;
    for (let low = from, high = count; ; ) {
      if (high - low === 1) return low;
      const middle = (low + high) >> 1;
      if (differ(low, middle)) high = middle;
      else low = middle;
    }
  }
}

/**
 * The simulator's memories by the number of their beats, as views.
 * @param {import('@pysm/simulator').Stepper} stepper
 * @returns {Memory[]}
 */
export function memoriesOf(stepper) {
  const memories = [];
  memories[BEAT.STACK] = new Memory(BEAT.STACK, stepper.cells('stack'));
  memories[BEAT.DATA] = new Memory(BEAT.DATA, stepper.cells('data'));
  memories[BEAT.GLOBALS] = new Memory(BEAT.GLOBALS, stepper.cells('globals'));
  memories[BEAT.RETURN_STACK] = new Memory(BEAT.RETURN_STACK, stepper.returns());
  memories[BEAT.DISPATCH] = new Memory(BEAT.DISPATCH, stepper.dispatchEntries());
  return memories;
}

/** Copies of memories: a core under test begins with what the simulator's hold after the image is loaded. */
export const copyMemories = (memories) => memories.map((memory, space) => new Memory(space, memory.bytes.slice()));
