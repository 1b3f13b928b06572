/** Builds the assembly of one function: items, labels, frame slots, source places. Knows no Python. */
import type { SourceRange } from '@pysm/isa';
import type { AsmInstruction, AsmItem, AsmOperand, ConstantValue, KnownTags, LoopBound } from '../assembly/model.js';

/** Frame slots that specifiers reach. */
export const MAX_LOCALS = 110;

export const STACK: AsmOperand = { kind: 'stack' };
export const DISCARD: AsmOperand = { kind: 'discard' };
export const NONE: AsmOperand = { kind: 'named', name: 'None' };
export const int = (value: number): AsmOperand => ({ kind: 'int', value });
export const local = (slot: number): AsmOperand => ({ kind: 'local', slot });
export const labelRef = (name: string): AsmOperand => ({ kind: 'label', name });

export interface EmitOptions {
  readonly drop?: boolean;
  readonly variant?: number;
  readonly known?: KnownTags;
  readonly loopBound?: LoopBound;
  readonly attribute?: SourceRange;
}

/** Constants that the outermost loop being built wants in locals. */
interface HoistSite {
  readonly index: number;
  readonly range: SourceRange | undefined;
  readonly loads: Map<string, { readonly slot: number; readonly value: ConstantValue }>;
}

export class FunctionBuilder {
  readonly items: AsmItem[] = [];
  readonly locals: string[] = [];
  private readonly slots = new Map<string, number>();
  private readonly freeTemps: number[] = [];
  private temps = 0;
  private labels = 0;
  private range: SourceRange | undefined;
  private pendingStatement = false;
  private readonly deferred: (() => void)[] = [];
  private hoist: HoistSite | undefined;
  private inDeferred = false;

  /** Slot of a named local, made on first use. */
  slot(name: string): number {
    let slot = this.slots.get(name);
    if (slot === undefined) {
      slot = this.locals.length;
      this.locals.push(name);
      this.slots.set(name, slot);
    }
    return slot;
  }

  /** A hidden local for an intermediate value; release it when done. */
  temp(): AsmOperand & { kind: 'local' } {
    const free = this.freeTemps.pop();
    if (free !== undefined) return { kind: 'local', slot: free };
    return { kind: 'local', slot: this.slot(`.t${this.temps++}`) };
  }

  release(operand: AsmOperand): void {
    if (
      operand.kind === 'local' &&
      this.locals[operand.slot]!.startsWith('.t') &&
      !this.freeTemps.includes(operand.slot)
    ) {
      this.freeTemps.push(operand.slot);
    }
  }

  /** Takes a released hidden local back, so that the value in it outlives what is built next; release it when done. */
  retain(operand: AsmOperand): void {
    const index = operand.kind === 'local' ? this.freeTemps.indexOf(operand.slot) : -1;
    if (index >= 0) this.freeTemps.splice(index, 1);
  }

  /** `count` hidden locals in a row, for loop state; they are not given back, so that nested loops keep theirs. */
  group(name: string, count: number): number {
    const first = this.locals.length;
    for (let i = 0; i < count; i++) this.slot(`.${name}${first}_${i}`);
    return first;
  }

  label(hint: string): string {
    return `${hint}${this.labels++}`;
  }

  place(label: string): void {
    this.items.push({ label });
  }

  /** Source place of the instructions that follow. */
  at(range: SourceRange | undefined): void {
    this.range = range;
  }

  get currentRange(): SourceRange | undefined {
    return this.range;
  }

  /** The next instruction begins a statement. */
  beginStatement(range: SourceRange): void {
    this.range = range;
    this.pendingStatement = true;
  }

  emit(mnemonic: string, operands: readonly AsmOperand[], options: EmitOptions = {}): void {
    const instruction: AsmInstruction = {
      mnemonic,
      operands,
      ...(options.drop ? { drop: true } : {}),
      ...(options.variant ? { variant: options.variant } : {}),
      ...(this.range ? { range: this.range } : {}),
      ...(this.pendingStatement ? { statement: true } : {}),
      ...(options.known ? { known: options.known } : {}),
      ...(options.attribute ? { attribute: options.attribute } : {}),
      ...(options.loopBound ? { loopBound: options.loopBound } : {}),
    };
    this.pendingStatement = false;
    this.items.push(instruction);
  }

  /** Runs `build` at the end of the function, for code that is rarely reached. */
  defer(build: () => void): void {
    const { range } = this;
    this.deferred.push(() => {
      this.range = range;
      build();
    });
  }

  finish(): void {
    this.inDeferred = true;
    for (let build = this.deferred.shift(); build; build = this.deferred.shift()) build();
  }

  /** Opens a loop; constants asked for inside the outermost one are loaded once before it. */
  enterLoop(): void {
    if (this.loopDepth++ === 0 && !this.inDeferred)
      this.hoist = { index: this.items.length, range: this.range, loads: new Map() };
  }

  private loopDepth = 0;

  leaveLoop(): void {
    if (--this.loopDepth > 0 || !this.hoist) return;
    const { index, loads, range } = this.hoist;
    this.hoist = undefined;
    const code = [...loads.values()].map(
      ({ slot, value }): AsmInstruction => ({
        mnemonic: fitsLdi(value) ? 'LDI' : 'LDK',
        operands: [local(slot), fitsLdi(value) ? int(Number(value.value)) : { kind: 'constant', value }],
        ...(range ? { range } : {}),
      }),
    );
    this.items.splice(index, 0, ...code);
  }

  /** Operand of a constant that has no specifier: a local filled before the loop, or a load onto the stack. */
  constant(value: ConstantValue): AsmOperand {
    if (this.hoist && this.loopDepth > 0 && !this.inDeferred && this.locals.length < MAX_LOCALS - 20) {
      const key = constantKey(value);
      let load = this.hoist.loads.get(key);
      if (!load) {
        load = { slot: this.slot(`.k${this.locals.length}`), value };
        this.hoist.loads.set(key, load);
      }
      return local(load.slot);
    }
    this.loadConstant(value, STACK);
    return STACK;
  }

  loadConstant(value: ConstantValue, destination: AsmOperand): void {
    if (fitsLdi(value)) this.emit('LDI', [destination, int(Number(value.value))]);
    else this.emit('LDK', [destination, { kind: 'constant', value }]);
  }

  /** Whether control can come to the end of what was built so far. */
  get reachable(): boolean {
    const last = this.items.at(-1);
    if (!last || 'label' in last) return true;
    return !['RET', 'JMP', 'RAISE', 'RERAISE', 'HALT', 'FAULT', 'UNW'].includes(last.mnemonic);
  }
}

const fitsLdi = (value: ConstantValue): value is { type: 'int'; value: bigint } =>
  value.type === 'int' && value.value >= -65536n && value.value < 65536n;

/** A key that two constants share only where they are the same word: -0.0 is not 0.0. */
function constantKey(value: ConstantValue): string {
  switch (value.type) {
    case 'int':
    case 'raw':
      return `${value.type}${value.value}`;
    case 'float':
      return `float${Object.is(value.value, -0) ? '-0' : value.value}`;
    case 'tuple':
      return `(${value.items.map(constantKey).join()})`;
    case 'str':
      return JSON.stringify(value.value);
    case 'function':
    case 'class':
      return `${value.type} ${value.name}`;
    case 'entry':
      return `entry ${value.class}.${value.attribute}`;
    case 'bool':
      return `bool${value.value}`;
    default:
      return value.type;
  }
}
