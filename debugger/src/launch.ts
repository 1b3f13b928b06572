/** What the debugger is given by whoever embeds it, and the launch configuration that it takes. */
import type { Image, SourceRange } from '@pysm/isa';
import type { Target } from '@pysm/simulator';
import type { Evaluator } from './evaluator.js';

/** A compiler's message, as far as a debugger passes it on. */
export interface LaunchDiagnostic {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
  readonly path: string;
  readonly range: SourceRange;
}

export type BuildResult = { readonly image: Image } | { readonly diagnostics: readonly LaunchDiagnostic[] };

/** The world outside the debugger: compiler, targets, files. */
export interface Launcher {
  /** Compiles and links the program whose entry file is `program`. */
  build(program: string): Promise<BuildResult>;
  /** A new target of a kind (`sim`); rejects with the reason where there is none. */
  createTarget(kind: string): Promise<Target>;
  /** Text of a source file, undefined where it cannot be read. */
  readSource(path: string): string | undefined;
  /** For watches, hovers and the console; without it names, attributes and indices are known. */
  readonly evaluator?: Evaluator;
}

/** A launch configuration after its check. */
export interface LaunchConfiguration {
  readonly program: string;
  /** Pins joined by a wire, an output and an input each. */
  readonly jumpers: readonly (readonly [from: number, to: number])[];
  readonly stopOnEntry: boolean;
  /** Cycle at which the program is stopped, or undefined for none. */
  readonly maxCycles: number | undefined;
  readonly target: string;
  /** Run without stopping at breakpoints. */
  readonly noDebug: boolean;
}

/** An error whose message is for the person who debugs. */
export class DebuggerError extends Error {}

/** Checks a launch request's arguments; throws a {@link DebuggerError} that names the wrong one. */
export function readLaunchConfiguration(args: Readonly<Record<string, unknown>>): LaunchConfiguration {
  const { program, jumpers = [], stopOnEntry = false, maxCycles, target = 'sim', noDebug = false } = args;
  if (typeof program !== 'string' || program === '') {
    throw new DebuggerError('`program` must be the path of a Python or .pysm file.');
  }
  if (!Array.isArray(jumpers) || !jumpers.every(isPinPair)) {
    throw new DebuggerError('`jumpers` must be a list of pin pairs, for example [[1, 2]].');
  }
  if (typeof stopOnEntry !== 'boolean') throw new DebuggerError('`stopOnEntry` must be true or false.');
  if (
    maxCycles !== undefined &&
    maxCycles !== null &&
    !(Number.isSafeInteger(maxCycles) && (maxCycles as number) > 0)
  ) {
    throw new DebuggerError('`maxCycles` must be a whole number above 0.');
  }
  if (typeof target !== 'string') throw new DebuggerError('`target` must be a name, for example "sim".');
  return {
    program,
    jumpers,
    stopOnEntry,
    maxCycles: typeof maxCycles === 'number' ? maxCycles : undefined,
    target,
    noDebug: noDebug === true,
  };
}

function isPinPair(value: unknown): value is [number, number] {
  return (
    Array.isArray(value) && value.length === 2 && value.every((pin) => Number.isInteger(pin) && pin >= 0 && pin < 32)
  );
}
