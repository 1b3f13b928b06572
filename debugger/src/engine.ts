/**
 * Running and stepping a program on a Target: what "over", "into" and "out" mean on a machine with traps and a return
 * stack of its own. Knows no protocol.
 *
 * Steps run at full speed between breakpoints: a step sets one on every statement that it could end at, and looks at the
 * depth of the return stack where one is hit. A target with few comparators is stepped instruction by instruction.
 */
import type { Image } from '@pysm/isa';
import type { CoreState, StopReason, Target } from '@pysm/simulator';
import { type Frame, shownFrames } from './frames.js';
import { Symbols } from './symbols.js';

export type StepMode = 'continue' | 'over' | 'into' | 'out' /** To the first statement. */ | 'entry';

/** Why the program stands still. */
export type EngineStop =
  | { readonly kind: 'breakpoint'; readonly pc: number }
  | { readonly kind: 'step' }
  | { readonly kind: 'pause' }
  | Extract<StopReason, { kind: 'exited' | 'fault' | 'cycle-limit' | 'break-instruction' }>;

/** Places where a step may end, and whether it ends in this state. */
interface Plan {
  readonly places: ReadonlySet<number>;
  ends(state: CoreState): boolean;
}

/** Instructions that are stepped before pause requests get their turn. */
const STEPS_BETWEEN_TURNS = 1000;

export class Engine {
  readonly target: Target;
  readonly symbols: Symbols;
  readonly #maxCycles: number | undefined;
  #breakpoints: ReadonlySet<number> = new Set();
  #running = false;
  #pauseRequested = false;
  /** Requests so far that a running program has to stop for. */
  #requests = 0;

  /** `maxCycles`: the program is stopped once the cycle counter reaches it. The target must have the image loaded. */
  constructor(target: Target, image: Image, maxCycles?: number) {
    this.target = target;
    this.symbols = new Symbols(image);
    this.#maxCycles = maxCycles;
  }

  get isRunning(): boolean {
    return this.#running;
  }

  /** Replaces all breakpoints; they take effect at once, also while the program runs. */
  setBreakpoints(pcs: Iterable<number>): void {
    this.#breakpoints = new Set(pcs);
    // A running target has the old ones: let it stop, and resume() goes on with the new ones.
    if (this.#running) this.#interrupt();
  }

  /** Stops a running program at the next instruction. */
  pause(): void {
    if (!this.#running) return;
    this.#pauseRequested = true;
    this.#interrupt();
  }

  #interrupt(): void {
    this.#requests++;
    this.target.halt();
  }

  /** Frames of a halted program, innermost first, without those of the runtime. */
  async frames(): Promise<Frame[]> {
    return shownFrames(await this.target.state(), await this.target.returnStack(), this.symbols);
  }

  /** Runs until the step ends or something else stops the program. Only one call at a time. */
  async resume(mode: StepMode): Promise<EngineStop> {
    if (this.#running) throw new Error('The program runs already.');
    this.#running = true;
    this.#pauseRequested = false;
    try {
      return await this.#advance(await this.#plan(mode));
    } finally {
      this.#running = false;
      await this.target.setBreakpoints([]);
    }
  }

  async #advance(plan: Plan): Promise<EngineStop> {
    const limit = this.#maxCycles === undefined ? {} : { untilCycle: this.#maxCycles };
    let installed: string | undefined;
    for (let steps = 1; ; steps++) {
      // One instruction alone, so that a breakpoint at the present place does not fire again.
      const stepped = await this.#judge(await this.target.stepInstruction(), plan);
      if (stepped) return stepped;

      const pcs = [...new Set([...this.#breakpoints, ...plan.places])];
      if (pcs.length > this.target.capabilities.breakpoints) {
        if (steps % STEPS_BETWEEN_TURNS === 0) await new Promise((resolve) => setTimeout(resolve, 0));
        continue;
      }
      const key = pcs.join();
      const requests = this.#requests;
      if (key !== installed) await this.target.setBreakpoints(pcs);
      installed = key;
      // A request that came meanwhile found no run to halt.
      if (requests !== this.#requests) continue;
      const stopped = await this.#judge(await this.target.run(limit), plan);
      if (stopped) return stopped;
    }
  }

  /** What a stop of the target means to the person who debugs; undefined where the program is to go on. */
  async #judge(reason: StopReason, plan: Plan): Promise<EngineStop | undefined> {
    if (reason.kind === 'exited' || reason.kind === 'fault' || reason.kind === 'break-instruction') return reason;
    if (reason.kind === 'cycle-limit') return reason;
    const state = await this.target.state();
    // A run that follows a step passes a BRK at the place where the step ended.
    if (reason.kind === 'step' && state.resumePending === 0 && this.symbols.isBreak(state.pc)) {
      return { kind: 'break-instruction', pc: state.pc };
    }
    // Between a trap handler's RET and the re-issue the instruction has begun already: no place to stop at.
    if (state.resumePending === 0) {
      if (this.#breakpoints.has(state.pc)) return { kind: 'breakpoint', pc: state.pc };
      if (plan.places.has(state.pc) && plan.ends(state)) return { kind: 'step' };
    }
    if (this.#pauseRequested) return { kind: 'pause' };
    if (this.#maxCycles !== undefined && state.cycles >= this.#maxCycles) return { kind: 'cycle-limit' };
    return undefined;
  }

  async #plan(mode: StepMode): Promise<Plan> {
    const everywhere = this.symbols.userStatements;
    if (mode === 'continue') return { places: new Set(), ends: () => false };
    const frames = mode === 'entry' ? [] : await this.frames();
    const top = frames[0];
    // Before the first statement (and after the last) there is no frame to step in: any statement will do.
    if (!top) return { places: new Set(everywhere), ends: () => true };

    const targets = mode === 'out' ? frames.slice(1) : frames;
    const places = new Set<number>();
    const seen = new Set<unknown>();
    for (const frame of targets) {
      if (frame.returnPc !== undefined) places.add(frame.returnPc);
      if (seen.has(frame.fn)) continue;
      seen.add(frame.fn);
      for (const pc of this.symbols.statementsOf(frame.fn)) places.add(pc);
    }
    if (mode === 'into') for (const pc of everywhere) places.add(pc);

    // Depth, not address, tells the frames of a recursive function apart.
    const byDepth = new Map(targets.map((frame) => [frame.depth, frame]));
    const isBackIn = (state: CoreState): boolean => {
      const frame = byDepth.get(state.rsp);
      return frame?.fp === state.fp && frame.fn === this.symbols.functionAt(state.pc);
    };
    const ends = (state: CoreState): boolean => isBackIn(state) || (mode === 'into' && state.rsp > top.depth);
    return { places, ends };
  }
}
