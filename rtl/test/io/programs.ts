/**
 * Random programs of accesses to the I/O space, straight through but for interrupts, with what the world around does.
 *
 * An access is one instruction of one cycle; filling in between decides in which. Nothing of a program depends on what it
 * reads, so the cycle of each access is known but for the interrupts.
 */
import {
  BY_MNEMONIC,
  encode,
  FUNC,
  type Image,
  INTERRUPT_LINES,
  IO,
  ISA_VERSION,
  intSpecifier,
  intWord,
  PINS,
  packFields,
  RUNTIME_CELLS,
  SPECIFIER,
  UART_DIVISOR_MIN,
  UART_FIFO,
} from '@pysm/isa';
import { Random } from './random.js';

/** What an instruction does to the I/O space. */
export interface Access {
  readonly write: boolean;
  readonly address: bigint;
  /** Value written, 0 for a read. */
  readonly value: bigint;
  /** Frame slot that a read's result goes to. */
  readonly slot: number;
}

/** What happens outside before the instruction that begins in the cycle of a step. */
export type Event =
  | { readonly kind: 'drive'; readonly pin: number; readonly level: 0 | 1 }
  | { readonly kind: 'wire'; readonly from: number; readonly to: number }
  | { readonly kind: 'input'; readonly bytes: readonly number[] }
  /** The core stands still for so many clocks. */
  | { readonly kind: 'halt'; readonly clocks: number };

export interface Program {
  readonly image: Image;
  /** First words of the entry frame. */
  readonly locals: readonly bigint[];
  /** Accesses by pc. */
  readonly accesses: ReadonlyMap<number, Access>;
  /** Lines that have a handler, one bit each, and the line of each handler's first pc. */
  readonly handled: number;
  readonly lineOf: ReadonlyMap<number, number>;
  /** Events by the number of the step that they come before. */
  readonly events: ReadonlyMap<number, readonly Event[]>;
}

/** What a program is made of. */
export interface Profile {
  readonly instructions: number;
  readonly pins: boolean;
  readonly timer: boolean;
  readonly uart: boolean;
  readonly interrupts: boolean;
  /** With halts the UART's registers are only written, with no more bytes than the transmitter has room for. */
  readonly halts: boolean;
  /** Much input, which nobody reads for most of the program: the receiver fills up. */
  readonly flood: boolean;
  /** Last instruction of the program: an access to this address, where given. */
  readonly last?: { readonly address: bigint; readonly write: boolean };
}

const QUIET: Profile = {
  instructions: 0,
  pins: false,
  timer: false,
  uart: false,
  interrupts: false,
  halts: false,
  flood: false,
};

/** Slots of the entry frame: constants, then a value of the moment, two numbers to divide, and what is read. */
const CONSTANT_SLOTS = 104;
const MOMENT = 104;
const DIVIDEND = 105;
const DIVIDER = 106;
const RESULT = 108;
const FRAME = 109;
/** Slots of a handler's frame. */
const HANDLER_FRAME = 2;
const HANDLER_RESULT = 1;

const MAX_GLOBALS = 1800;
/** Cycles of FLOOR on two INTs; the shape of programs depends on it, their correctness does not. */
const FLOOR_CYCLES = 36;

const instruction = (name: string, fields: Readonly<Record<string, number>> = {}): number => {
  const found = BY_MNEMONIC.get(name);
  if (!found) throw new Error(`no instruction ${name}`);
  return encode(found, fields);
};

const READABLE: readonly number[] = [...Object.values(IO)];
const IMMEDIATE_MAX = 511n;

class Maker {
  readonly code: number[] = [];
  readonly accesses = new Map<number, Access>();
  readonly globals: bigint[] = [];
  readonly locals: bigint[] = [];
  readonly #slots = new Map<bigint, number>();
  /** Cycle of the next instruction if no interrupt comes. */
  cycle = 0;
  /** Bytes written to the transmitter so far. */
  sent = 0;

  constructor(
    readonly random: Random,
    readonly profile: Profile,
  ) {}

  /** Whether received bytes may be read. */
  get reading(): boolean {
    const { flood, halts, instructions } = this.profile;
    return !halts && (!flood || this.code.length > 0.7 * instructions);
  }

  emit(word: number, cycles = 1): void {
    this.code.push(word);
    this.cycle += cycles;
  }

  /** Specifier of an INT in the entry frame; where its slots are used up the value is loaded into one first. */
  #operand(value: bigint): number {
    const constant = value >= -1n && value <= 9n ? intSpecifier(value) : undefined;
    if (constant !== undefined && this.random.chance(0.5)) return constant;
    const known = this.#slots.get(value);
    if (known !== undefined) return known;
    if (this.locals.length < CONSTANT_SLOTS) {
      this.#slots.set(value, this.locals.length);
      return this.locals.push(value) - 1;
    }
    this.#loadGlobal(MOMENT, value);
    return MOMENT;
  }

  #loadGlobal(slot: number, value: bigint): void {
    if (this.globals.length >= MAX_GLOBALS) throw new Error('too many constants for a program');
    this.emit(instruction('LDG', { d: slot, k: this.globals.push(value) - 1 }));
  }

  #note(access: Access): void {
    this.accesses.set(this.code.length, access);
  }

  write(address: bigint | number, value: bigint): void {
    const to = BigInt(address);
    if (to >= 0n && to <= IMMEDIATE_MAX && this.random.chance(0.8)) {
      const source = this.#operand(value);
      this.#note({ write: true, address: to, value, slot: 0 });
      this.emit(instruction('IOWI', { imm: Number(to), a: source }));
      return;
    }
    // Both operands may need the one slot for values of the moment; the address then goes to the result's.
    let where = this.#operand(to);
    if (where === MOMENT) {
      this.#loadGlobal(RESULT, to);
      where = RESULT;
    }
    const source = this.#operand(value);
    this.#note({ write: true, address: to, value, slot: 0 });
    this.emit(instruction('IOW', { a: where, b: source }));
  }

  read(address: bigint | number): void {
    const from = BigInt(address);
    const access = { write: false, address: from, value: 0n, slot: RESULT };
    if (from >= 0n && from <= IMMEDIATE_MAX && this.random.chance(0.8)) {
      this.#note(access);
      this.emit(instruction('IORI', { d: RESULT, imm: Number(from) }));
      return;
    }
    const where = this.#operand(from);
    this.#note(access);
    this.emit(instruction('IOR', { d: RESULT, a: where }));
  }

  /** As {@link write} and {@link read}, in a handler's frame. */
  handlerWrite(address: number, value: bigint): void {
    this.#loadGlobal(0, value);
    this.#note({ write: true, address: BigInt(address), value, slot: 0 });
    this.emit(instruction('IOWI', { imm: address, a: 0 }));
  }

  handlerRead(address: number): void {
    this.#note({ write: false, address: BigInt(address), value: 0n, slot: HANDLER_RESULT });
    this.emit(instruction('IORI', { d: HANDLER_RESULT, imm: address }));
  }

  /** Lets `cycles` pass, in instructions of one cycle with longer ones among them: `long` is the chance of each. */
  wait(cycles: number, long = 0.7): void {
    let left = cycles;
    for (; left >= FLOOR_CYCLES && this.random.chance(long); left -= FLOOR_CYCLES) {
      this.emit(instruction('FLOOR', { d: SPECIFIER.DISCARD, a: DIVIDEND, b: DIVIDER }), FLOOR_CYCLES);
    }
    for (; left > 0; left--) this.emit(instruction('NOP'));
  }
}

/** A value whose truth and low bits matter. */
function anyValue(random: Random): bigint {
  return random.pick([
    0n,
    0n,
    1n,
    1n,
    2n,
    3n,
    -1n,
    1n << 32n,
    1n << 63n,
    random.word(),
    BigInt(random.bits()),
  ]) as bigint;
}

const signed = (value: bigint): bigint => BigInt.asIntN(64, value);

function pinAccess(maker: Maker, hot: readonly number[]): void {
  const { random } = maker;
  const pin = random.chance(0.9) ? random.pick(hot) : random.below(PINS);
  const action = random.below(10);
  if (action < 4) maker.write(IO.PIN + pin, signed(anyValue(random)));
  else if (action < 5) maker.write(IO.PIN_DIRECTION + pin, signed(anyValue(random)));
  else if (action < 6) maker.write(IO.PIN_PULL + pin, signed(anyValue(random)));
  else if (action < 7)
    maker.write(IO.IRQ_PINS, signed(random.chance(0.5) ? -1n : anyValue(random) | (1n << BigInt(pin))));
  else maker.read(random.pick([IO.PIN, IO.PIN, IO.PIN, IO.PIN_DIRECTION, IO.PIN_PULL]) + pin);
}

function timerAccess(maker: Maker): void {
  const { random } = maker;
  const near = BigInt(maker.cycle + random.between(-10, 60));
  const action = random.below(8);
  if (action < 2) maker.write(IO.TIMER_COMPARE, random.chance(0.9) ? near : signed(anyValue(random)));
  else if (action < 4) {
    const period = random.pick([
      0n,
      0n,
      1n,
      2n,
      3n,
      BigInt(random.below(50)),
      signed(random.word()),
      -5n,
      (1n << 63n) - 1n,
    ]);
    maker.write(IO.TIMER_PERIOD, period);
  } else if (action < 6) maker.write(IO.TIMER_ENABLE, random.chance(0.8) ? 1n : signed(anyValue(random)));
  else maker.read(random.pick([IO.TIMER_COMPARE, IO.TIMER_PERIOD, IO.TIMER_ENABLE, IO.IRQ_PENDING]));
}

function uartAccess(maker: Maker): void {
  const { random, profile } = maker;
  if (profile.halts) {
    if (maker.sent++ < UART_FIFO) maker.write(IO.UART_TX, BigInt(random.below(256)));
    return;
  }
  const action = random.below(12);
  if (action < 2) maker.write(IO.UART_TX, signed(random.word()));
  else if (action < 4) maker.read(maker.reading ? IO.UART_RX : IO.UART_STATUS);
  else if (action < 6) maker.read(IO.UART_STATUS);
  else if (action < 7) {
    const usual = BigInt(random.between(0, random.pick([3, 8, 30])));
    maker.write(IO.UART_DIVISOR, usual | (random.chance(0.2) ? 5n << 32n : 0n));
  } else if (action < 8) maker.read(IO.UART_DIVISOR);
  else if (action < 9) maker.write(IO.CONSOLE_ERR, signed(random.word()));
  else if (action < 10) {
    if (maker.reading) for (let n = random.between(1, 70); n > 0; n--) maker.read(IO.UART_RX);
  } else {
    // Fills the transmitter, looking at its status where it is about to be full.
    for (let n = random.between(1, 80); n > 0; n--) {
      maker.write(IO.UART_TX, BigInt(random.below(256)));
      if (random.chance(0.1)) maker.read(IO.UART_STATUS);
    }
  }
}

function interruptAccess(maker: Maker): void {
  const { random } = maker;
  const action = random.below(8);
  if (action < 2) maker.write(IO.IRQ_ENABLE, random.chance(0.7) ? 7n : signed(anyValue(random)));
  else if (action < 4) maker.write(IO.IRQ_PENDING, signed(random.chance(0.5) ? 7n : anyValue(random)));
  else if (action < 5) maker.read(random.pick([IO.IRQ_ENABLE, IO.IRQ_PINS]));
  else maker.read(IO.IRQ_PENDING);
}

function otherAccess(maker: Maker): void {
  const { random, profile } = maker;
  const refused = new Set<number>([...(profile.halts ? [IO.UART_STATUS] : []), ...(maker.reading ? [] : [IO.UART_RX])]);
  const readable = READABLE.filter((address) => !refused.has(address));
  const action = random.below(4);
  if (action < 1) maker.read(random.pick(readable));
  else if (action < 3) maker.read(random.pick([IO.TIME_US, IO.CYCLE]));
  else {
    const readOnly = [IO.UART_STATUS, IO.UART_RX, IO.TIME_US, IO.CYCLE, IO.CLOCK_HZ];
    maker.write(random.pick(readOnly), signed(random.word()));
  }
}

/** A handler with a few accesses of its own. */
function handler(maker: Maker, line: number): void {
  const { random, profile } = maker;
  for (let n = random.below(5); n > 0; n--) {
    const action = random.below(6);
    if (action < 1) maker.handlerWrite(IO.IRQ_PENDING, BigInt(random.below(8)));
    else if (action < 2) maker.handlerRead(IO.IRQ_PENDING);
    else if (action < 3) maker.handlerRead(random.pick([IO.TIMER_COMPARE, IO.TIMER_ENABLE, IO.CYCLE, IO.TIME_US]));
    else if (action < 4 && profile.timer) maker.handlerWrite(IO.TIMER_PERIOD, BigInt(random.below(100)));
    else if (action < 5 && profile.pins) maker.handlerWrite(IO.PIN + random.below(4), BigInt(random.below(2)));
    else maker.wait(random.below(4));
  }
  if (line === 2 && profile.uart && !profile.halts && !profile.flood) maker.handlerRead(IO.UART_RX);
  maker.emit(instruction('RET', { a: SPECIFIER.NONE }), 2);
}

function eventsOf(random: Random, profile: Profile, hot: readonly number[]): Map<number, Event[]> {
  const events = new Map<number, Event[]>();
  const wires = profile.pins ? random.below(5) : 0;
  const first: Event[] = [];
  for (let n = 0; n < wires; n++) {
    const [from, to] = [random.pick(hot), random.pick(hot)];
    if (from !== to) first.push({ kind: 'wire', from, to });
  }
  if (profile.flood)
    first.push({ kind: 'input', bytes: Array.from({ length: 2 * UART_FIFO }, () => random.below(256)) });
  events.set(0, first);
  const rate = random.pick([0.01, 0.05, 0.2]);
  for (let step = 0; step < profile.instructions * 1.5; step++) {
    if (!random.chance(rate)) continue;
    const at: Event[] = events.get(step) ?? [];
    for (let n = random.between(1, 2); n > 0; n--) {
      const action = random.below(3);
      if (action < 1 && profile.halts) at.push({ kind: 'halt', clocks: random.between(1, random.pick([3, 300])) });
      else if (action < 2 && profile.uart && !profile.halts) {
        const count = random.pick([1, 1, 2, 5, 100]);
        at.push({ kind: 'input', bytes: Array.from({ length: count }, () => random.below(256)) });
      } else if (profile.pins) {
        at.push({ kind: 'drive', pin: random.pick(hot), level: random.below(2) as 0 | 1 });
      }
    }
    events.set(step, at);
  }
  return events;
}

/** Waits until the receiver is full; then bytes are read one by one, so that the sender begins and stops again. */
function fillReceiver(maker: Maker): void {
  const divisor = UART_DIVISOR_MIN + maker.random.below(3);
  maker.write(IO.UART_DIVISOR, BigInt(divisor));
  maker.wait(UART_FIFO * 10 * divisor, 1);
  for (let n = 3; n > 0; n--) {
    maker.read(IO.UART_RX);
    maker.read(IO.UART_STATUS);
    maker.wait(maker.random.between(0, 12 * divisor));
  }
}

/** Interrupts and events of a program. */
type Surroundings = Pick<Program, 'handled' | 'lineOf' | 'events'> & Pick<Image, 'interruptVectors'>;

const NOTHING: Surroundings = {
  interruptVectors: Array.from({ length: INTERRUPT_LINES }, () => 0n),
  handled: 0,
  lineOf: new Map(),
  events: new Map(),
};

function program(maker: Maker, { interruptVectors, ...surroundings }: Surroundings): Program {
  const locals: bigint[] = Array.from({ length: FRAME }, () => 0n);
  for (const [slot, value] of maker.locals.entries()) locals[slot] = value;
  locals[DIVIDEND] = 1_000_000_007n;
  locals[DIVIDER] = 7n;
  return {
    image: {
      version: ISA_VERSION,
      code: Uint32Array.from(maker.code),
      entry: 0,
      entryFrame: FRAME,
      data: [],
      globals: maker.globals.map(intWord),
      dispatch: [],
      vectors: [],
      tagRows: Array(32).fill(0),
      heapBase: RUNTIME_CELLS,
      interruptVectors,
      debug: { files: [], functions: [], lines: [], globals: [], classes: [], attributes: [] },
    },
    locals,
    accesses: maker.accesses,
    ...surroundings,
  };
}

/** A program of one access, which faults where there is no such register. */
export function singleAccess(address: bigint, write: boolean): Program {
  const maker = new Maker(new Random(0), QUIET);
  if (write) maker.write(address, 1n);
  else maker.read(address);
  maker.emit(instruction('HALT', { a: SPECIFIER.NONE }));
  return program(maker, NOTHING);
}

/** The random program of `profile`. */
export function randomProgram(random: Random, profile: Profile): Program {
  const maker = new Maker(random, profile);
  const hot = Array.from({ length: random.between(2, 6) }, () => random.below(PINS));
  const kinds: ((maker: Maker) => void)[] = [otherAccess];
  if (profile.pins)
    kinds.push(
      (m) => pinAccess(m, hot),
      (m) => pinAccess(m, hot),
    );
  if (profile.timer) kinds.push(timerAccess, timerAccess);
  if (profile.uart) kinds.push(uartAccess, uartAccess);
  kinds.push(interruptAccess);
  // How far apart accesses lie, most of them.
  const longest = random.pick([0, 2, 5, 30, 200]);
  if (profile.uart) maker.write(IO.UART_DIVISOR, BigInt(UART_DIVISOR_MIN + random.below(random.pick([1, 3, 10]))));
  if (profile.interrupts) {
    maker.write(IO.IRQ_ENABLE, 7n);
    maker.emit(instruction('IEN', { k: 1 }));
  }
  let flooding = profile.flood;
  while (maker.code.length < profile.instructions) {
    if (flooding && maker.reading) {
      flooding = false;
      fillReceiver(maker);
    }
    random.pick(kinds)(maker);
    if (longest > 0 && random.chance(0.5)) maker.wait(random.between(0, longest));
    if (profile.interrupts && random.chance(0.02)) maker.emit(instruction('IEN', { k: random.below(2) }));
  }
  if (profile.last?.write) maker.write(profile.last.address, 0n);
  else if (profile.last) maker.read(profile.last.address);
  maker.emit(instruction('HALT', { a: SPECIFIER.NONE }));

  const lineOf = new Map<number, number>();
  const interruptVectors: bigint[] = Array.from({ length: INTERRUPT_LINES }, () => 0n);
  let handled = 0;
  for (let line = 0; profile.interrupts && line < 3; line++) {
    if (random.chance(0.15)) continue;
    handled |= 1 << line;
    lineOf.set(maker.code.length, line);
    interruptVectors[line] = packFields([
      [FUNC.entry, maker.code.length],
      [FUNC.frame, HANDLER_FRAME],
    ]);
    handler(maker, line);
  }
  return program(maker, { interruptVectors, handled, lineOf, events: eventsOf(random, profile, hot) });
}
