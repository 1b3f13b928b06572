/**
 * Which rows of the instruction table a comparison has been over: each outcome, each trap and the re-issue behind it,
 * and each kind of specifier of each operand. What happened is told from the operands' tags before a step and what the
 * step cost, so it counts for any program.
 */
import {
  BY_MNEMONIC,
  CLASS,
  CSR,
  DISPATCH_KIND,
  decode,
  getField,
  HDR,
  INSTRUCTIONS,
  isTraced,
  MEMORY,
  REF,
  SPECIFIER,
  SYSTEM_CAUSE,
  TAG,
  TIMING,
  TRAP_OPERATION,
} from '@pysm/isa';
import { BEAT, RETIRE } from '@pysm/rtl';
import { memoriesOf } from './shadow.mjs';

/** Tags of each tag class of the table. @type {Readonly<Record<string, ReadonlySet<number>>>} */
export const TAG_CLASS = {
  int: new Set([TAG.INT, TAG.BOOL]),
  float: new Set([TAG.FLOAT]),
  none: new Set([TAG.NONE]),
  str7: new Set([TAG.STR7]),
  str: new Set([TAG.STR]),
  list: new Set([TAG.LIST]),
  tuple: new Set([TAG.TUPLE]),
  bytes: new Set([TAG.BYTES]),
  bytearray: new Set([TAG.BYTEARRAY]),
  range: new Set([TAG.RANGE]),
  generator: new Set([TAG.GEN]),
  dict: new Set([TAG.DICT]),
  set: new Set([TAG.SET]),
  function: new Set([TAG.FUNC, TAG.CLASS]),
  closure: new Set([TAG.CLOSURE]),
  bound: new Set([TAG.BOUND]),
  object: new Set([TAG.OBJ, TAG.OBJX]),
  any: new Set(Object.values(TAG)),
};

/** Traps that no program can bring about yet: there are no soft interrupts. */
const UNREACHED = new Set(['SAFE_POINT']);

/** Traps whose handler's return makes the instruction issue again with a result. */
const reissues = ({ resume }) => resume !== 'retry' && resume !== 'none';

const trapName = ({ operation, cause }) => (operation === 'SYSTEM' ? `SYSTEM ${cause}` : operation);

/** Kind of a specifier, by whether the operand is read or written. */
function specifierKind(value, kind) {
  if (value <= SPECIFIER.LOCAL_MAX) return 'local';
  if (value === SPECIFIER.STACK) return 'stack';
  if (value === SPECIFIER.ENVIRONMENT) return kind === 'destination' ? 'discard' : 'environment';
  return 'constant';
}

const KINDS = { source: ['local', 'constant', 'stack', 'environment'], destination: ['local', 'stack', 'discard'] };

/**
 * Rows by name.
 * @param {(instruction: import('@pysm/isa').Instruction, outcome?: import('@pysm/isa').Outcome) => boolean} wanted
 * @returns {{ outcomes: string[], traps: string[], specifiers: string[] }}
 */
export function rowsOf(wanted = () => true) {
  const outcomes = [];
  const traps = [];
  const specifiers = [];
  for (const i of INSTRUCTIONS.filter((instruction) => wanted(instruction))) {
    // CATCH is only ever the re-issue behind UNW; what always faults has no row.
    for (const o of i.outcomes) if (wanted(i, o)) outcomes.push(`${i.mnemonic}: ${o.name}`);
    if (i.branch) outcomes.push(`${i.mnemonic}: taken`, `${i.mnemonic}: not taken`);
    for (const t of i.traps.filter((row) => !UNREACHED.has(row.cause))) {
      traps.push(`${i.mnemonic}: trap ${trapName(t)}`);
      if (reissues(t)) traps.push(`${i.mnemonic}: re-issue`);
    }
    for (const operand of i.operands) {
      for (const kind of KINDS[operand.kind] ?? []) specifiers.push(`${i.mnemonic}: ${operand.name} ${kind}`);
    }
  }
  return { outcomes, traps: [...new Set(traps)], specifiers };
}

const BRK = BY_MNEMONIC.get('BRK').opcode;
const nameOfOperation = new Map(Object.entries(TRAP_OPERATION).map(([name, number]) => [number, name]));
const nameOfCause = new Map(Object.entries(SYSTEM_CAUSE).map(([name, number]) => [number, name]));

/** A trap's name by its vector. */
function vectorName(vector) {
  const operation = nameOfOperation.get(vector >> 6);
  return operation === 'SYSTEM' ? `SYSTEM ${nameOfCause.get(vector & 63)}` : operation;
}

/** Watches the simulator's steps: {@link before} and {@link after} each of them. */
export class Coverage {
  /** Times that each row was met. @type {Map<string, number>} */
  hits = new Map();
  #memories;
  #stepper;
  #decoded = new Map();
  /** The step under way: what it issued with. */
  #now;
  /** The step before, whose cost shows when the next one begins. */
  #last;

  /** @param {import('@pysm/simulator').Stepper} stepper */
  constructor(stepper) {
    this.#stepper = stepper;
    this.#memories = memoriesOf(stepper);
  }

  #hit(row) {
    this.hits.set(row, (this.hits.get(row) ?? 0) + 1);
  }

  before() {
    const { core } = this.#stepper;
    if (this.#last) this.#settle(Number(core.cycles()) - this.#last.cycle, core.pc());
    this.#now = undefined;
    let pc = core.pc();
    let word = this.#stepper.code(pc);
    // The step passes over a BRK, which is no record.
    while (word >>> 24 === BRK && core.resumePending() === 0) word = this.#stepper.code(++pc);
    let decoded = this.#decoded.get(word);
    if (!decoded) {
      decoded = decode(word) ?? {};
      this.#decoded.set(word, decoded);
    }
    if (!decoded.instruction) return;
    const reissue = core.resumePending() !== 0;
    this.#now = {
      pc,
      decoded,
      reissue,
      cycle: Number(core.cycles()),
      operands: reissue ? {} : this.#operands(decoded),
    };
  }

  /** @param {import('@pysm/simulator').StepRecord} step */
  after(step) {
    const now = this.#now;
    if (!now || step.kind === RETIRE.INTERRUPT) return;
    const { mnemonic } = now.decoded.instruction;
    if (step.kind === RETIRE.FAULT) return this.#hit(`fault ${this.#stepper.core.faultCode()}`);
    if (step.kind === RETIRE.TRAP) {
      this.#specifiers(now);
      if (step.vector >= 0) this.#hit(`${mnemonic}: trap ${vectorName(step.vector)}`);
      else this.#hit(`${mnemonic}: getter`);
      return;
    }
    if (now.reissue && mnemonic !== 'CATCH') {
      this.#hit(`${mnemonic}: re-issue`);
      if (!now.decoded.instruction.branch) return;
    } else this.#specifiers(now);
    this.#last = { ...now, step: { ...step } };
    if (step.kind === RETIRE.EXIT) this.#settle(Number(this.#stepper.core.cycles()) - now.cycle, step.nextPc);
  }

  /** A new program begins: the last step of the one before has no cost to tell. */
  restart() {
    this.#last = undefined;
  }

  #specifiers({ decoded: { instruction, fields } }) {
    for (const { name, kind, field } of instruction.operands) {
      if (KINDS[kind]) this.#hit(`${instruction.mnemonic}: ${name} ${specifierKind(fields[field], kind)}`);
    }
  }

  /** Words of the operands by name; `callee` and `receiver` for the word below the arguments. */
  #operands({ instruction, fields }) {
    const { core } = this.#stepper;
    const stack = this.#memories[BEAT.STACK];
    const at = (slot) => (slot >= 0 && slot < stack.words ? stack.word(slot) : { tag: TAG.UNBOUND, payload: 0n });
    let sp = core.sp();
    const operands = {};
    for (const { name, kind, field } of [...instruction.operands].sort((x, y) => (x.field < y.field ? 1 : -1))) {
      const value = fields[field];
      if (kind === 'local' || kind === 'local-group') operands[name] = at(core.fp() + value);
      if (kind === 'immediate') operands[name] = { tag: TAG.INT, payload: BigInt(value) };
      if (kind !== 'source') continue;
      if (value <= SPECIFIER.LOCAL_MAX) operands[name] = at(core.fp() + value);
      else if (value === SPECIFIER.STACK) operands[name] = at(--sp);
      else if (value === SPECIFIER.ENVIRONMENT) operands[name] = at(core.fp() - 1);
      else operands[name] = { tag: constantTag(value), payload: 0n };
    }
    if (instruction.format === 'M') operands.callee = at(core.sp() - fields.n - 1);
    return operands;
  }

  /** Entry of the dispatch table that an attribute of a word is found in, or undefined. */
  #probe({ tag, payload }, attribute) {
    let row = Number(this.#stepper.core.control(CSR.TROW + (tag & 31)));
    if (tag === TAG.OBJX) {
      row = getField(this.#memories[BEAT.DATA].payload(getField(payload, REF.address)), HDR.row);
    } else if (isTraced(tag)) row = getField(payload, REF.row);
    else if (tag === TAG.CLASS) row = getField(payload, CLASS.row);
    const index = row + attribute;
    if (index >= MEMORY.dispatch) return undefined;
    const table = this.#memories[BEAT.DISPATCH];
    const key = (offset) => table.view.getUint32(index * table.layout.stride + offset, true);
    const slotAt = getField(payload, REF.address) + key(8);
    const slot = isTraced(tag) && slotAt < MEMORY.data ? this.#memories[BEAT.DATA].word(slotAt) : undefined;
    return key(0) === attribute ? { kind: key(4), slot, value: table.word(index) } : undefined;
  }

  /** Outcome of an attribute instruction, which its cycles alone do not tell. */
  #attributeOutcome(mnemonic, operands, fields) {
    const entry = this.#probe(operands.callee ?? operands.a, fields.attr);
    const { SLOT, SLOT_ELSE_CLASS, METHOD } = DISPATCH_KIND;
    const inSlot =
      entry && (entry.kind === SLOT || entry.kind === SLOT_ELSE_CLASS) && entry.slot && entry.slot.tag !== TAG.UNBOUND;
    if (mnemonic === 'LDA') return inSlot ? 'slot' : 'class value';
    if (entry?.kind === METHOD) return 'method';
    const tag = (inSlot ? entry.slot : entry?.value)?.tag;
    return `attribute holding a ${tag === TAG.CLOSURE ? 'closure' : tag === TAG.BOUND ? 'bound' : 'function'}`;
  }

  #settle(cost, pc) {
    const { decoded, operands, pc: from, reissue } = this.#last;
    const { instruction, fields } = decoded;
    const { mnemonic } = instruction;
    this.#last = undefined;
    if (instruction.branch) {
      const taken = pc === from + fields.offset;
      if (fields.offset !== 1) this.#hit(`${mnemonic}: ${taken ? 'taken' : 'not taken'}`);
      if (taken !== fields.offset <= 0) cost -= TIMING.mispredicted;
      if (reissue) return;
    }
    if (mnemonic === 'LDA' || mnemonic === 'CALLM') {
      return this.#hit(`${mnemonic}: ${this.#attributeOutcome(mnemonic, operands, fields)}`);
    }
    // Of STA's operands it is the object that counts, not the value.
    const late = operands.a?.tag === TAG.OBJX && 'attr' in fields;
    if (late) cost -= TIMING.headerRow;
    for (const outcome of instruction.outcomes) {
      const tags = Object.entries(outcome.tags ?? {}).every(([name, c]) => TAG_CLASS[c].has(operands[name]?.tag));
      const waits = mnemonic === 'WAITP' && outcome.cycles === 1 && cost <= 32;
      if (tags && (waits || (outcome.extra ? cost >= outcome.cycles : cost === outcome.cycles))) {
        return this.#hit(`${mnemonic}: ${outcome.name}`);
      }
    }
    this.#hit(`${mnemonic}: in no row of the table (${cost} cycles)`);
  }

  /** Takes over the hits of another. @param {Coverage} other */
  add(other) {
    for (const [row, count] of other.hits) this.hits.set(row, (this.hits.get(row) ?? 0) + count);
  }

  /**
   * @param {readonly string[]} rows
   * @returns {string[]} those never met
   */
  missing(rows) {
    return rows.filter((row) => !this.hits.has(row));
  }
}

/** Instructions, and outcomes of others, that only a core with floats has; the same for multiply and divide. */
const FLOATS = new Set(['FSQRT', 'CVT']);
const MULTIPLY = new Set(['MUL', 'MULI', 'FLOOR', 'FLOORI', 'MOD', 'MODI', 'DIV', 'DIVI', 'RMUL', 'MULHU']);

/**
 * Whether a core with some features has an instruction, and an outcome of it.
 * @param {{ floats?: boolean, multiply?: boolean }} features
 */
export const inFeatures =
  ({ floats = true, multiply = true }) =>
  (instruction, outcome) =>
    (floats || (!FLOATS.has(instruction.mnemonic) && !Object.values(outcome?.tags ?? {}).includes('float'))) &&
    (multiply || !MULTIPLY.has(instruction.mnemonic));

/** How much of the table was met, and what was not. */
export function summary(coverage, features) {
  const rows = rowsOf(inFeatures(features));
  return Object.entries(rows)
    .map(([kind, names]) => {
      const missing = coverage.missing(names);
      const list = missing.length > 0 ? `; never met: ${missing.join(', ')}` : '';
      return `${kind}: ${names.length - missing.length} of ${names.length}${list}`;
    })
    .join('\n');
}

function constantTag(specifier) {
  if (specifier === SPECIFIER.NONE) return TAG.NONE;
  if (specifier === SPECIFIER.FALSE || specifier === SPECIFIER.TRUE) return TAG.BOOL;
  if (specifier === SPECIFIER.UNBOUND) return TAG.UNBOUND;
  return specifier === SPECIFIER.NOTIMPLEMENTED ? TAG.NOTIMPLEMENTED : TAG.INT;
}
