/** `pysm run FILE`: runs a program on a target, with its console on standard output and standard error. */
import { faultMessage, formatTraceback, Symbols, shownFrames, tracebackFrames, Values } from '@pysm/debugger';
import { HALT_CODE, type Image } from '@pysm/isa';
import type { StopReason, Target } from '@pysm/simulator';
import { CommandError, EXIT } from '../exit-codes.js';
import { readBytes, writeBytes } from '../files.js';
import { readSource } from '../launcher.js';
import type { Jumper } from '../main.js';
import { loadImage } from '../program.js';
import { type Outcome, resultJson, statisticsJson } from '../statistics.js';
import { createTarget, type TargetName } from '../targets.js';
import { type Terminal, writeLine } from '../terminal.js';

export interface RunOptions {
  readonly target: TargetName;
  readonly jumper?: readonly Jumper[];
  readonly stats?: string;
  readonly maxCycles?: number;
  readonly input?: string;
}

/** How a run ended, for the user: outcome for --stats, exit code, and what to say on standard error. */
interface Ending {
  readonly outcome: Outcome;
  readonly exitCode: number;
  readonly message?: string;
}

function describeEnd(stop: StopReason, cycles: number): Ending {
  switch (stop.kind) {
    case 'exited':
      if (stop.code === HALT_CODE.EXIT) return { outcome: 'finished', exitCode: Number(stop.value.payload) };
      return stop.code === HALT_CODE.FINISHED
        ? { outcome: 'finished', exitCode: EXIT.OK }
        : { outcome: 'exception', exitCode: EXIT.FAILED };
    case 'cycle-limit':
      return {
        outcome: 'cycle limit',
        exitCode: EXIT.CYCLE_LIMIT,
        message: `stopped at the limit of ${cycles} cycles`,
      };
    case 'halted':
      return { outcome: 'interrupted', exitCode: EXIT.INTERRUPTED, message: `interrupted after ${cycles} cycles` };
    case 'break-instruction':
      return {
        outcome: 'break instruction',
        exitCode: EXIT.FAILED,
        message: `stopped at a BRK instruction at code address ${stop.pc}; \`pysm dap\` debugs the program`,
      };
    case 'fault':
      return { outcome: 'fault', exitCode: EXIT.FAILED, message: faultMessage(stop.fault, stop.pc, stop.detail) };
    case 'breakpoint':
    case 'step':
      throw new Error(`a run without breakpoints stopped with ${stop.kind}`);
  }
}

/** Runs until the program ends, the limit is reached or Ctrl-C is pressed. */
async function runUntilEnd(target: Target, maxCycles: number | undefined): Promise<StopReason> {
  const interrupt = (): void => target.halt();
  process.on('SIGINT', interrupt);
  try {
    return await target.run(maxCycles === undefined ? {} : { untilCycle: maxCycles });
  } finally {
    process.off('SIGINT', interrupt);
  }
}

/** Traceback of the uncaught exception that ended the program, without its last line. */
async function traceback(target: Target, symbols: Symbols): Promise<string> {
  const frames = shownFrames(await target.state(), await target.returnStack(), symbols);
  return formatTraceback(tracebackFrames(frames, symbols), readSource);
}

async function loadTarget(terminal: Terminal, path: string, image: Image, options: RunOptions): Promise<Target> {
  const target = await createTarget(options.target, (line) => writeLine(terminal.stderr, `pysm: ${line}`));
  try {
    await target.load(image);
  } catch (error) {
    throw new CommandError(`${path}: ${(error as Error).message}`, EXIT.REJECTED);
  }
  for (const { from, to } of options.jumper ?? []) await target.jumper(from, to);
  if (options.input !== undefined) await target.input(readBytes(options.input));
  return target;
}

export async function run(terminal: Terminal, path: string, options: RunOptions): Promise<number> {
  const image = await loadImage(terminal, path);
  const symbols = new Symbols(image);
  const target = await loadTarget(terminal, path, image, options);
  try {
    // The last line of an uncaught exception (`Type: message`) comes from the program; the traceback goes before it.
    const errors: Uint8Array[] = [];
    target.onConsole((stream, bytes) => {
      if (stream === 'stdout') terminal.stdout.write(bytes.slice());
      else errors.push(bytes.slice());
    });
    const stop = await runUntilEnd(target, options.maxCycles);
    const statistics = await target.statistics();
    const { outcome, exitCode, message } = describeEnd(stop, statistics.cycles);
    if (outcome === 'exception') terminal.stderr.write(await traceback(target, symbols));
    for (const bytes of errors) terminal.stderr.write(bytes);
    if (message) writeLine(terminal.stderr, `pysm: ${path}: ${message}`);
    if (options.stats !== undefined) {
      const result =
        stop.kind === 'exited' && stop.code === HALT_CODE.FINISHED
          ? await resultJson(stop.value, new Values(target, symbols))
          : 'null';
      writeBytes(options.stats, statisticsJson(options.target, target.clockHz, statistics, outcome, exitCode, result));
    }
    return exitCode;
  } finally {
    await target.dispose();
  }
}
