/** The Verilog as a core under test: as WebAssembly, as a native process, or in Icarus. */
import { readFile } from 'node:fs/promises';
import { BEAT, BEAT_BYTES, COMMAND, RECORD_BYTES, RtlSession, SPACE, wasmChannel } from '@pysm/rtl';
import { startNative } from '@pysm/rtl/node';
import { buildNative, buildWasm } from '../../rtl/build.mjs';
import { buildIcarus } from '../../rtl/icarus/build.mjs';
import { IcarusChannel } from '../../rtl/icarus/channel.mjs';

/** Bytes of a word in a request, and of the head of a request that writes words: command, space, address, count. */
const CELL = 16;
const HEAD = 16;
/** Words that are compared at once. */
const RUN = 32;

/** Debug spaces of the memories by the number of their beats. */
const SPACE_OF_BEAT = [];
SPACE_OF_BEAT[BEAT.STACK] = SPACE.STACK;
SPACE_OF_BEAT[BEAT.DATA] = SPACE.DATA;
SPACE_OF_BEAT[BEAT.GLOBALS] = SPACE.GLOBALS;
SPACE_OF_BEAT[BEAT.RETURN_STACK] = SPACE.RETURN_STACK;
SPACE_OF_BEAT[BEAT.DISPATCH] = SPACE.DISPATCH_VALUE;

/** Memories that only the debug bus writes, or whose every write is a beat of the trace. */
const KNOWN = new Set([...SPACE_OF_BEAT, SPACE.CODE, SPACE.DISPATCH_KEY, SPACE.VECTORS]);

/**
 * A channel that leaves out writing what a memory holds already: loading an image over the debug bus takes a hundred
 * thousand clock cycles, and the next image is mostly the same. What the program wrote is known from its trace.
 */
class SparingChannel {
  #channel;
  /** What each memory holds, as cells of a request, by space. @type {Map<number, Buffer>} */
  #known = new Map();

  constructor(channel) {
    this.#channel = channel;
  }

  async exchange(request) {
    const view = new DataView(request.buffer, request.byteOffset, request.byteLength);
    const command = view.getUint32(0, true);
    if (command !== COMMAND.WRITE && command !== COMMAND.FILL) return this.#channel.exchange(request);
    const space = view.getUint32(4, true);
    if (!KNOWN.has(space)) return this.#channel.exchange(request);
    const [from, count] = [view.getUint32(8, true), view.getUint32(12, true)];
    let cells = Buffer.from(request.buffer, request.byteOffset + HEAD, request.byteLength - HEAD);
    if (command === COMMAND.FILL) cells = Buffer.concat(Array(count).fill(cells.subarray(0, CELL)));
    return this.#write(space, from, count, cells);
  }

  async #write(space, from, count, cells) {
    const known = this.#known.get(space) ?? Buffer.alloc(0);
    const end = (from + count) * CELL;
    // Words beyond what is known differ from everything.
    const held = known.length >= end ? known : Buffer.concat([known, Buffer.alloc(end - known.length, 0xff)]);
    this.#known.set(space, held);
    const pieces = [];
    for (let at = 0; at < count; at += RUN) {
      const words = Math.min(RUN, count - at);
      const fresh = cells.subarray(at * CELL, (at + words) * CELL);
      const old = held.subarray((from + at) * CELL, (from + at + words) * CELL);
      if (fresh.equals(old)) continue;
      fresh.copy(old);
      pieces.push([from + at, fresh]);
    }
    let answer = new Uint8Array(8);
    for (const [address, fresh] of pieces) {
      const request = Buffer.alloc(HEAD + fresh.length);
      [COMMAND.WRITE, space, address, fresh.length / CELL].forEach((number, i) => {
        request.writeUInt32LE(number, 4 * i);
      });
      fresh.copy(request, HEAD);
      answer = await this.#channel.exchange(request);
    }
    return answer;
  }

  /** Takes note of what the program has written. @param {Uint8Array} trace */
  follow(trace) {
    const view = new DataView(trace.buffer, trace.byteOffset, trace.byteLength);
    for (let at = 0; at < trace.length; ) {
      const end = at + RECORD_BYTES + BEAT_BYTES * view.getUint16(at + 2, true);
      for (let beat = at + RECORD_BYTES; beat < end; beat += BEAT_BYTES) {
        const cells = this.#known.get(SPACE_OF_BEAT[view.getUint8(beat + 9)]);
        const cell = view.getUint16(beat + 10, true) * CELL;
        if (!cells || cell >= cells.length) continue;
        cells.writeBigInt64LE(view.getBigInt64(beat, true), cell);
        cells.writeUInt8(view.getUint8(beat + 8), cell + 8);
      }
      at = end;
    }
  }

  /** Nothing is known any more: everything is written anew. */
  forget() {
    this.#known.clear();
  }

  close() {
    this.#channel.close();
  }
}

/** @implements {import('./cores.mjs').CoreUnderTest} */
export class RtlUnderTest {
  operands = true;
  #channel;
  #session;
  #console = [];

  constructor(name, channel) {
    this.name = name;
    this.#channel = new SparingChannel(channel);
    this.#session = new RtlSession(this.#channel);
  }

  async load(image, { jumpers = [], input = [], reading = false } = {}) {
    // What it wrote of an instruction that has not retired must be known, too.
    if (!this.#session.isHalted) await this.halt();
    await this.#session.setBreakpoints([]);
    await this.#session.load(image);
    await this.#session.core.mode({ trace: true, reading });
    for (const [from, to] of jumpers) await this.#session.core.wire(from, to);
    await this.#session.core.input(Uint8Array.from(input));
    this.#console = [];
  }

  forget() {
    this.#channel.forget();
  }

  #took(piece) {
    for (const entry of piece.console) this.#console.push({ stream: entry >> 8, byte: entry & 0xff });
    this.#channel.follow(piece.trace);
    return piece;
  }

  async run(cycles) {
    return this.#took(await this.#session.run(BigInt(cycles)));
  }

  async halt() {
    return this.#took(await this.#session.halt());
  }

  async step() {
    // What the core still runs must be stopped first; a step then is one record.
    const before = this.#session.isHalted ? undefined : await this.halt();
    const piece = this.#took(await this.#session.step());
    return before ? { ...piece, trace: Buffer.concat([before.trace, piece.trace]) } : piece;
  }

  async setBreakpoints(pcs) {
    await this.#session.setBreakpoints(pcs);
  }

  read(space, address, count) {
    return this.#session.core.read(space, address, count);
  }

  async drive(pin, level) {
    await this.#session.core.drive(pin, level);
  }

  async send(bytes) {
    await this.#session.core.input(Uint8Array.from(bytes));
  }

  pads() {
    return this.#session.core.pins();
  }

  async console() {
    return this.#console;
  }

  async dispose() {
    this.#session.core.close();
  }
}

/** The Verilog as WebAssembly; `root` and `out`: sources and module of another build. */
export async function createWasm({ root, out, report } = {}) {
  const file = await buildWasm({ root, out, report });
  return new RtlUnderTest('wasm', await wasmChannel(await WebAssembly.compile(await readFile(file))));
}

/** The Verilog by Verilator; `seed`: random values in what no reset reaches; `profile`: as in buildNative. */
export async function createNative({ root, out, report, seed, profile } = {}) {
  return new RtlUnderTest('native', startNative(await buildNative({ root, out, report, profile }), seed));
}

/** The Verilog in Icarus, a thousand times slower and with four-valued logic. */
export async function createIcarus({ root, out, report } = {}) {
  return new RtlUnderTest('icarus', new IcarusChannel(await buildIcarus({ root, out, report })));
}
