/**
 * Cores under test by name.
 *
 * @typedef {{ tag: number, payload: bigint }} Word
 * @typedef {{ trace: Uint8Array, status: number }} Piece what was retired since the last call, and one of STATUS
 *
 * @typedef {object} CoreUnderTest
 * @property {string} name
 * @property {boolean} operands whether its trace holds the operands as they were read
 * @property {(image: import('@pysm/isa').Image, around?: { jumpers?: readonly (readonly [number, number])[], input?: readonly number[] }) => Promise<void>} load
 *   resets the core and loads an image; it stands before the first instruction
 * @property {(cycles: number) => Promise<Piece>} run goes on for about so many clock cycles, or until it stops; what stopped it
 *   before, a breakpoint or BRK, is passed
 * @property {() => Promise<Piece>} halt
 * @property {() => Promise<Piece>} step one instruction
 * @property {(pcs: readonly number[]) => Promise<void>} setBreakpoints replaces all; the core is halted for it
 * @property {(space: number, address: number, count: number) => Promise<Word[]>} read over the debug bus, while it stands still
 * @property {(pin: number, level: 0 | 1) => Promise<void>} drive a pin from outside, from the present cycle on
 * @property {(bytes: readonly number[]) => Promise<void>} send bytes to the UART receiver, from the present cycle on
 * @property {() => Promise<number>} pads levels at the pins
 * @property {() => Promise<readonly { stream: number, byte: number }[]>} console all bytes written since load()
 * @property {() => void} forget the next load() writes every memory, and takes nothing for granted that the trace has told
 * @property {() => Promise<void>} dispose
 */
import { createIcarus, createNative, createWasm } from './rtl-core.mjs';
import { Twin } from './twin.mjs';

const CREATE = {
  twin: (options) => Twin.create(options),
  wasm: (options) => createWasm(options),
  native: (options) => createNative(options),
  icarus: (options) => createIcarus(options),
};

/** Names of the cores that there are. */
export const CORES = Object.keys(CREATE);

/**
 * @param {string} name one of {@link CORES}
 * @returns {Promise<CoreUnderTest>}
 */
export async function createCore(name, options) {
  const create = CREATE[name];
  if (!create) throw new Error(`there is no core ${name}; known: ${CORES.join(', ')}`);
  return create(options);
}
