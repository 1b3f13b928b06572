/** A program image over the debug bus: every memory as the image says, every register as at the program's start. */
import {
  CSR,
  type Image,
  INTERRUPT_LINES,
  MEMORY,
  packFields,
  RETURN_RESERVE,
  SIZE_CLASSES,
  STACK_RESERVE,
  TAG,
  UNBOUND_WORD,
  VECTOR,
  type Word,
} from '@pysm/isa';
import { DISPATCH_KEY, type RtlCore, SPACE, STATE } from './core.js';

const raw = (payload: bigint | number): Word => ({ tag: 0, payload: BigInt(payload) });

/** A whole memory: `count` words that are `otherwise`, and those of `words`. */
function memory(
  count: number,
  words: Iterable<readonly [address: number, word: Word]>,
  otherwise = UNBOUND_WORD,
): Word[] {
  const all: Word[] = Array(count).fill(otherwise);
  for (const [address, word] of words) all[address] = word;
  return all;
}

/**
 * Writes all memories but the code's breakpoints, and all registers, of a core that has just been reset. The image must
 * have passed checkImage().
 */
export async function loadImage(core: RtlCore, image: Image): Promise<void> {
  const code = memory(
    MEMORY.code,
    Array.from(image.code, (word, pc) => [pc, raw(word)] as const),
  );
  const data = memory(
    MEMORY.data,
    image.data.map((word) => [word.address, word]),
  );
  const keys = image.dispatch.map(({ index, attribute, kind, slot }) => {
    const key = packFields([
      [DISPATCH_KEY.attribute, attribute],
      [DISPATCH_KEY.kind, kind],
      [DISPATCH_KEY.slot, slot],
    ]);
    return [index, raw(key)] as const;
  });
  const vectors = image.vectors.map(({ index, address, clear }) => {
    const entry = packFields([
      [VECTOR.address, address],
      [VECTOR.clear, clear],
    ]);
    return [index, raw(entry)] as const;
  });
  await core.write(SPACE.CODE, 0, code);
  await core.write(SPACE.DATA, 0, data);
  await core.fill(SPACE.STACK, 0, MEMORY.stack, UNBOUND_WORD);
  // The BASE entry at the bottom is 0 as well.
  await core.fill(SPACE.RETURN_STACK, 0, MEMORY.returnStack, raw(0));
  await core.write(SPACE.GLOBALS, 0, memory(MEMORY.globals, image.globals.entries()));
  await core.write(
    SPACE.DISPATCH_VALUE,
    0,
    memory(
      MEMORY.dispatch,
      image.dispatch.map(({ index, value }) => [index, value]),
    ),
  );
  await core.write(SPACE.DISPATCH_KEY, 0, memory(MEMORY.dispatch, keys));
  await core.write(SPACE.VECTORS, 0, memory(MEMORY.vectors, vectors));
  await writeControlRegisters(core, image);
  await writeStateRegisters(core, image);
}

async function writeControlRegisters(core: RtlCore, image: Image): Promise<void> {
  const registers: readonly (readonly [number, number])[] = [
    [CSR.SLIM, MEMORY.stack - STACK_RESERVE],
    [CSR.RLIM, MEMORY.returnStack - RETURN_RESERVE],
    [CSR.HTOP, image.heapBase],
    [CSR.HLIM, MEMORY.data],
    [CSR.HPEAK, 0],
    [CSR.IE, 0],
  ];
  for (const [number, value] of registers) await core.write(SPACE.CSR, number, [raw(value)]);
  await core.fill(SPACE.CSR, CSR.FREE, SIZE_CLASSES.length, raw(0));
  const lines = Array.from({ length: INTERRUPT_LINES }, (_, line) => raw(image.interruptVectors[line] ?? 0n));
  await core.write(SPACE.CSR, CSR.IVEC, lines);
  await core.write(SPACE.CSR, CSR.TROW, image.tagRows.map(raw));
}

async function writeStateRegisters(core: RtlCore, image: Image): Promise<void> {
  const registers: readonly (readonly [number, number])[] = [
    [STATE.PC, image.entry],
    [STATE.SP, image.entryFrame],
    [STATE.FP, 0],
    [STATE.H, 0],
    [STATE.RSP, 1],
    [STATE.RRV, 0],
    [STATE.CYCLE, 0],
    [STATE.INSTRET, 0],
    [STATE.EXIT_CODE, 0],
    [STATE.FAULT_CODE, 0],
    [STATE.FAULT_DETAIL, 0],
    [STATE.CODE_WORDS, image.code.length],
    [STATE.HBASE, image.heapBase],
    [STATE.OVERFLOW, 0],
    [STATE.SP_PEAK, image.entryFrame],
    [STATE.PASS_PC, 0],
  ];
  for (const [number, value] of registers) await core.write(SPACE.STATE, number, [raw(value)]);
  await core.write(SPACE.STATE, STATE.RR, [{ tag: TAG.UNBOUND, payload: 0n }]);
}
