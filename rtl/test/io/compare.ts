/**
 * Runs a program on the simulator, and what it did, access by access in the same cycles, on the Verilog; says where the
 * two differ. The simulator decides what is right.
 */
import { CSR, TAG } from '@pysm/isa';
import { RECORD_KIND, type Stepper } from '@pysm/simulator';
import { runBench } from './bench.js';
import type { Access, Event, Program } from './programs.js';

/** Bytes of a word's cell in the simulator's memory. */
const CELL_BYTES = 16;
/** Clocks in which everything that waits in the transmitter leaves, at the divisors that programs use. */
const DRAIN = 25_000;

/** A line that the bench must print, and what it is about. */
interface Expected {
  readonly line: (got: string) => boolean;
  readonly wanted: string;
  readonly about: string;
}

/** A script for the bench, and what the simulator says that it prints. */
interface Recording {
  readonly script: string[];
  readonly expected: Expected[];
  /** Console bytes in order: stream and byte. */
  readonly console: (readonly [stream: number, byte: number])[];
  readonly accesses: number;
  readonly interrupts: number;
  /** The cycle counter never stood still. */
  readonly steady: boolean;
}

const hex = (value: bigint | number): string => BigInt.asUintN(64, BigInt(value)).toString(16);
const lowest = (lines: number): number => lines & -lines;

const exactly = (wanted: string, about: string): Expected => ({ line: (got) => got === wanted, wanted, about });

class Recorder implements Recording {
  readonly script: string[] = ['r'];
  readonly expected: Expected[] = [];
  console: (readonly [number, number])[] = [];
  accesses = 0;
  interrupts = 0;
  steady = true;
  /** Cycle that the script has come to. */
  #cycle = 0n;

  constructor(
    private readonly stepper: Stepper,
    private readonly program: Program,
    /** How often to look at lines and pins: it makes the simulator work them out, which it would do later otherwise. */
    private readonly looks: () => boolean,
  ) {}

  /** Lets the script come to the core's present cycle. */
  #follow(): void {
    const now = this.stepper.core.cycles();
    if (now > this.#cycle) this.script.push(`n ${now - this.#cycle}`);
    this.#cycle = now;
  }

  #happen(event: Event): void {
    const { core } = this.stepper;
    switch (event.kind) {
      case 'drive':
        core.drivePin(event.pin, event.level === 1);
        this.script.push(`d ${hex(event.pin)} ${event.level}`);
        break;
      case 'wire':
        core.wirePins(event.from, event.to);
        this.script.push(`j ${hex(event.from)} ${hex(event.to)}`);
        break;
      case 'input':
        for (const byte of event.bytes) {
          core.giveInput(byte);
          this.script.push(`u ${hex(byte)}`);
        }
        break;
      case 'halt':
        this.script.push(`h ${event.clocks}`);
        this.steady = false;
        break;
    }
  }

  /** What interrupt lines and pads must be at this boundary; called before the step, `taken` is what the step then did. */
  #look(taken: number | undefined, pending: number | undefined, pads: number, where: string): void {
    const { handled } = this.program;
    this.script.push('i');
    this.expected.push({
      line: (got) => {
        const [kind, irq, lines, , levels] = got.split(' ');
        const takeable = Number.parseInt(irq!, 16) & handled;
        return (
          kind === 'i' &&
          (taken === undefined || lowest(takeable) === taken) &&
          (pending === undefined || Number.parseInt(lines!, 16) === pending) &&
          Number.parseInt(levels!, 16) === pads
        );
      },
      wanted: `takeable ${taken ?? 'any'} pending ${pending ?? 'any'} pads ${hex(pads)}`,
      about: where,
    });
  }

  #perform({ write, address, value, slot }: Access, fp: number, faulted: boolean, where: string): void {
    this.accesses++;
    this.#cycle++;
    if (write) {
      this.script.push(`w ${hex(address)} ${hex(value)}`);
      this.expected.push(exactly(`w ${faulted ? 1 : 0}`, `${where}: store to ${address}`));
      return;
    }
    const cells = this.stepper.cells('stack');
    const cell = new DataView(cells.buffer, cells.byteOffset + (fp + slot) * CELL_BYTES);
    const result = faulted ? 0n : cell.getBigInt64(0, true);
    this.script.push(`g ${hex(address)}`);
    this.expected.push(exactly(`g ${hex(result)} ${faulted ? 1 : 0}`, `${where}: read of ${address}`));
  }

  /** Runs the program, at most `steps` steps. */
  record(steps: number): void {
    const { stepper, program } = this;
    const { core } = stepper;
    stepper.load(program.image);
    const cells = stepper.cells('stack');
    const view = new DataView(cells.buffer, cells.byteOffset);
    program.locals.forEach((value, slot) => {
      view.setBigInt64(slot * CELL_BYTES, value, true);
      view.setUint32(slot * CELL_BYTES + 8, TAG.INT, true);
    });
    for (let step = 0; step < steps; step++) {
      this.#follow();
      for (const event of program.events.get(step) ?? []) this.#happen(event);
      const pc = core.pc();
      const fp = core.fp();
      const where = `step ${step}, pc ${pc}, cycle ${core.cycles()}`;
      const enabled = core.interruptsEnabled() === 1;
      const pending = this.looks() ? Number(core.control(CSR.IPEND)) : undefined;
      const pads = core.padLevels() >>> 0;
      const record = stepper.step();
      const line = record.kind === RECORD_KIND.interrupt ? program.lineOf.get(record.nextPc)! : undefined;
      if (enabled || pending !== undefined) {
        this.#look(enabled ? (line === undefined ? 0 : 1 << line) : undefined, pending, pads, where);
      }
      if (line !== undefined) {
        this.interrupts++;
        this.script.push(`t ${hex(1 << line)}`);
        this.#cycle++;
        continue;
      }
      const access = program.accesses.get(pc);
      const faulted = record.kind === RECORD_KIND.fault;
      if (access) this.#perform(access, fp, faulted, where);
      if (stepper.ended) break;
    }
    this.console = stepper.takeConsole().map(({ stream, byte }) => [stream, byte] as const);
    if (this.console.length > 0) this.script.push(`n ${DRAIN}`);
  }
}

/** What a comparison has found. */
export interface Comparison {
  /** The first difference, for people; undefined where there is none. */
  readonly difference: string | undefined;
  /** The simulator's program ended with a fault. */
  readonly faults: boolean;
  readonly accesses: number;
  readonly interrupts: number;
  /** Bytes that left on the UART line. */
  readonly sent: number;
}

/** Console bytes in the order of the simulator, and each byte of the output on the line, one right after the other. */
function consoleDifference(lines: readonly string[], recording: Recorder): string | undefined {
  const accepted = lines.filter((l) => l.startsWith('o ')).map((l) => l.split(' '));
  const got = accepted.map(([, , stream, byte]) => `${stream} ${byte}`);
  const wanted = recording.console.map(([stream, byte]) => `${stream} ${hex(byte)}`);
  const at = Math.max(got.length, wanted.length);
  for (let i = 0; i < at; i++) {
    if (got[i] !== wanted[i]) return `console byte ${i}: ${got[i]}, the simulator has ${wanted[i]}`;
  }
  const output = accepted.filter(([, , stream]) => stream === '0');
  const sent = lines.filter((l) => l.startsWith('x ')).map((l) => l.split(' '));
  if (sent.length !== output.length) return `${sent.length} bytes left on the line and ${output.length} were accepted`;
  let free = 0;
  for (const [i, [, clock, byte, divisor]] of sent.entries()) {
    const [, cycle, , wantedByte] = output[i]!;
    if (byte !== wantedByte) return `byte ${i} on the line is ${byte}, accepted was ${wantedByte}`;
    const start = Math.max(Number(cycle), free);
    if (recording.steady && Number(clock) !== start) return `byte ${i} begins in ${clock} and not in ${start}`;
    free = Number(clock) + 10 * Number(divisor);
  }
  return undefined;
}

/** Where the Verilog's answers differ from what the simulator did. */
function firstDifference(lines: readonly string[], recording: Recorder): string | undefined {
  const wrong = lines.find((l) => l.startsWith('torn') || l.startsWith('seen'));
  const answers = lines.filter((l) => /^[wgi] /.test(l));
  for (const [i, { line, wanted, about }] of recording.expected.entries()) {
    const got = answers[i];
    if (got === undefined || !line(got)) return `${about}: "${got}", the simulator has "${wanted}"`;
  }
  if (wrong !== undefined) return `the bench reports "${wrong}"`;
  return consoleDifference(lines, recording);
}

/**
 * Compares a program of at most `steps` steps on both. `looks`: whether to look at lines and pads before a step.
 * `seed`: of the Verilog's registers before its reset.
 */
export async function compare(
  bench: string,
  stepper: Stepper,
  program: Program,
  steps: number,
  looks: () => boolean,
  seed: number,
): Promise<Comparison> {
  const recording = new Recorder(stepper, program, looks);
  recording.record(steps);
  const lines = await runBench(bench, recording.script, seed);
  return {
    difference: firstDifference(lines, recording),
    faults: stepper.record.kind === RECORD_KIND.fault,
    accesses: recording.accesses,
    interrupts: recording.interrupts,
    sent: lines.filter((l) => l.startsWith('x ')).length,
  };
}
