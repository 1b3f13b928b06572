/** Registers and control registers of both sides while the core under test stands still. */
import { CSR, INTERRUPT_LINES, SIZE_CLASSES } from '@pysm/isa';
import { BEAT, SPACE, STATE } from '@pysm/rtl';

import { memoriesOf, SPACES } from './shadow.mjs';

/** State registers that are compared at a halt, and besides them at the end of a program. */
const AT_HALT = ['PC', 'SP', 'FP', 'H', 'RSP', 'RRV', 'CYCLE', 'INSTRET', 'OVERFLOW'];
const AT_EXIT = ['PC', 'CYCLE', 'INSTRET', 'EXIT_CODE', 'SP_PEAK'];
const AT_FAULT = ['FAULT_CODE'];

/**
 * A state register of the simulator, as the debug bus numbers it.
 * @param {import('@pysm/simulator').Stepper['core']} core
 * @param {number} number one of STATE
 * @returns {bigint}
 */
export function stateRegister(core, number) {
  switch (number) {
    case STATE.PC:
      return BigInt(core.pc());
    case STATE.SP:
      return BigInt(core.sp());
    case STATE.FP:
      return BigInt(core.fp());
    case STATE.H:
      return BigInt(core.handler());
    case STATE.RSP:
      return BigInt(core.rsp());
    case STATE.RRV:
      return BigInt(core.resumePending());
    case STATE.CYCLE:
      return core.cycles();
    case STATE.INSTRET:
      return core.retired();
    case STATE.EXIT_CODE:
      return BigInt(core.exitCode());
    case STATE.FAULT_CODE:
      return BigInt(core.faultCode());
    case STATE.OVERFLOW:
      return BigInt(core.overflowing());
    case STATE.SP_PEAK:
      return BigInt(core.stackPeak());
    default:
      throw new RangeError(`the simulator does not show state register ${number}`);
  }
}

/** Control registers: names and numbers. */
const CONTROL = [
  ...['SLIM', 'RLIM', 'HTOP', 'HLIM', 'IE', 'IPEND', 'HPEAK'].map((name) => [name, CSR[name]]),
  ...SIZE_CLASSES.map((_, i) => [`FREE+${i}`, CSR.FREE + i]),
  ...Array.from({ length: INTERRUPT_LINES }, (_, i) => [`IVEC+${i}`, CSR.IVEC + i]),
  ...Array.from({ length: 32 }, (_, i) => [`TROW+${i}`, CSR.TROW + i]),
];

/** Debug spaces of the memories by the number of their beats. */
const SPACE_OF_MEMORY = [];
SPACE_OF_MEMORY[BEAT.STACK] = SPACE.STACK;
SPACE_OF_MEMORY[BEAT.DATA] = SPACE.DATA;
SPACE_OF_MEMORY[BEAT.GLOBALS] = SPACE.GLOBALS;
SPACE_OF_MEMORY[BEAT.RETURN_STACK] = SPACE.RETURN_STACK;
SPACE_OF_MEMORY[BEAT.DISPATCH] = SPACE.DISPATCH_VALUE;

const mask = (word) => BigInt.asUintN(64, word.payload);

/**
 * Compares registers, pins and console bytes while the core stands still.
 * @param {import('./cores.mjs').CoreUnderTest} core
 * @param {import('@pysm/simulator').Stepper} stepper
 * @param {'halt' | 'exit' | 'fault'} why
 * @param {boolean} receives whether bytes come in: those go on while the core stands still, and with them pending lines
 * @returns {Promise<{ field: string, core: unknown, simulator: unknown } | undefined>}
 */
export async function compareRegisters(core, stepper, why, receives) {
  const names = why === 'halt' ? AT_HALT : why === 'exit' ? AT_EXIT : AT_FAULT;
  for (const name of names) {
    const [word] = await core.read(SPACE.STATE, STATE[name], 1);
    const expected = BigInt.asUintN(64, stateRegister(stepper.core, STATE[name]));
    if (mask(word) !== expected) return { field: `register ${name}`, core: mask(word), simulator: expected };
  }
  if (why === 'fault') return undefined;
  for (const [name, number] of CONTROL) {
    if (receives && number === CSR.IPEND) continue;
    const [word] = await core.read(SPACE.CSR, number, 1);
    const expected = BigInt.asUintN(64, stepper.core.control(number));
    if (mask(word) !== expected) return { field: `control register ${name}`, core: mask(word), simulator: expected };
  }
  const pads = await core.pads();
  const expected = stepper.core.padLevels() >>> 0;
  if (pads !== expected) return { field: 'pins', core: pads.toString(2), simulator: expected.toString(2) };
  return compareConsole(await core.console(), stepper.takeConsole());
}

function compareConsole(written, expected) {
  for (let i = 0; i < Math.max(written.length, expected.length); i++) {
    const [a, b] = [written[i], expected[i]];
    if (a?.stream !== b?.stream || a?.byte !== b?.byte) {
      return { field: `console byte ${i}`, core: JSON.stringify(a), simulator: JSON.stringify(b) };
    }
  }
  return undefined;
}

/** Words between two written ones that are read with them rather than in a request of their own. */
const GAP = 16;

/** Runs of words that were written, below `live`. @param {Uint8Array} written */
function* runs(written, live) {
  for (let from = 0; from < live; from++) {
    if (!written[from]) continue;
    let end = from + 1;
    for (let at = end; at < Math.min(live, end + GAP); at++) if (written[at]) end = at + 1;
    yield [from, end];
    from = end;
  }
}

/**
 * Reads the live words that the program wrote from the core itself and compares them: what its write beats said need not
 * be what it wrote.
 * @param {import('./cores.mjs').CoreUnderTest} core
 * @param {import('./compare.mjs').Comparator} comparator
 */
export async function compareMemories(core, { stepper, written }) {
  for (const [space, memory] of memoriesOf(stepper).entries()) {
    const live =
      space === BEAT.STACK ? stepper.core.sp() : space === BEAT.RETURN_STACK ? stepper.core.rsp() : memory.words;
    for (const [from, end] of runs(written[space], live)) {
      const words = await core.read(SPACE_OF_MEMORY[space], from, end - from);
      for (const [i, word] of words.entries()) {
        const address = from + i;
        if (word.payload !== memory.payload(address) || word.tag !== memory.tag(address)) {
          const field = `${SPACES[space]} word ${address}, read from the core at the end`;
          return { field, core: word, simulator: memory.word(address) };
        }
      }
    }
  }
  return undefined;
}
