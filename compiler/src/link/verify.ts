/**
 * Checks that a wrong function cannot hurt: at every instruction the operand stack has one depth over all paths, never
 * negative, at most OPERAND_WORDS; frame slots and labels exist; control does not run off the end. Mistakes found here
 * are our code generation's or a hand-written listing's, never the Python program's.
 */
import { OPERAND_WORDS } from '@pysm/isa';
import { CALL_ARGUMENTS_MAX, PARAMETERS_MAX, prologue } from '../assembly/entry.js';
import { type AsmInstruction, isLabel } from '../assembly/model.js';
import { SPECIFIER_LOCALS, writtenOperands } from '../assembly/select.js';
import { countOf, stackEffect } from '../assembly/stack-effect.js';
import type { Problems } from './problems.js';
import type { ReachedFunction } from './reach.js';
import type { Symbols } from './symbols.js';

/** Most words in a frame: FUNC.frame has eight bits. */
export const FRAME_MAX = 255;
/** Most parameters with defaults: a call by value clears a word for each in one instruction, which takes at most 40 cycles. */
const DEFAULTS_MAX = 32;

function verifyHead(reached: ReachedFunction, problems: Problems): void {
  const { fn } = reached;
  const max = fn.parameters.length;
  const say = (message: string): void => problems.add(`${fn.name} ${message}`, reached);
  if (fn.locals.length > FRAME_MAX) say(`needs ${fn.locals.length} frame words and a frame has at most ${FRAME_MAX}`);
  if (max > PARAMETERS_MAX) say(`has ${max} parameters and a function has at most ${PARAMETERS_MAX}`);
  if (max - fn.min > DEFAULTS_MAX) say(`has ${max - fn.min} defaults and a function has at most ${DEFAULTS_MAX}`);
  if (max > SPECIFIER_LOCALS || fn.min < 0 || fn.min > max || fn.locals.length < max) {
    say(`is malformed: ${fn.min} to ${max} arguments in a frame of ${fn.locals.length} words`);
  }
  if (fn.defaults.length !== max - fn.min) {
    say(`has ${fn.defaults.length} defaults for ${max - fn.min} parameters that may be missing`);
  }
  if (fn.interrupt !== undefined && max > 0) say('handles an interrupt and takes arguments; an interrupt passes none');
}

/** Frame slots that operands name; iterator groups take two. */
function verifySlots(reached: ReachedFunction, instruction: AsmInstruction, say: (message: string) => void): void {
  const form = reached.forms.get(instruction)!;
  const frame = reached.fn.locals.length;
  writtenOperands(form).forEach((field, i) => {
    const operand = instruction.operands[i]!;
    if (operand.kind !== 'local') return;
    const last = operand.slot + (field.kind === 'local-group' ? 1 : 0);
    if (last >= frame) say(`local ${last} is beyond the frame of ${frame} words`);
  });
}

function verifyCall(
  symbols: Symbols,
  reached: ReachedFunction,
  instruction: AsmInstruction,
  say: (message: string) => void,
): void {
  const callee = instruction.operands.find((operand) => operand.kind === 'function');
  if (!callee) return;
  const target = symbols.functions.get(callee.name)?.fn;
  const n = countOf(reached.forms.get(instruction)!, instruction.operands, 'n');
  if (!target) return;
  if (n < target.min || n > target.parameters.length) {
    say(`${callee.name} takes ${target.min} to ${target.parameters.length} arguments, not ${n}`);
  } else if (n > CALL_ARGUMENTS_MAX) say(`a direct call passes at most ${CALL_ARGUMENTS_MAX} arguments; use CALLV`);
}

/** Checks one function. Instructions that no row takes have been reported already and end the check. */
export function verifyFunction(symbols: Symbols, reached: ReachedFunction, problems: Problems): void {
  verifyHead(reached, problems);
  const { fn, items, forms } = reached;
  const code = items.filter((item): item is AsmInstruction => !isLabel(item));
  if (code.some((instruction) => !forms.has(instruction))) return;

  const labels = new Map<string, number>();
  let at = 0;
  for (const item of items) {
    if (!isLabel(item)) at++;
    else if (labels.has(item.label)) problems.add(`${fn.name}: the label ${item.label} is defined twice`, reached);
    else labels.set(item.label, at);
  }
  const handlers = new Set(fn.handlers.map((h) => h.name));
  for (const handler of fn.handlers) {
    const where = `${fn.name}: handler ${handler.name}`;
    for (const label of [handler.start, handler.end, handler.target]) {
      if (!labels.has(label)) problems.add(`${where} names the label ${label}, which does not exist`, reached);
    }
    if (handler.outer !== undefined && !handlers.has(handler.outer)) {
      problems.add(`${where} has the outer handler ${handler.outer}, which does not exist`, reached);
    }
    const target = labels.get(handler.target);
    if (target !== undefined && code[target]?.mnemonic !== 'CATCH') {
      problems.add(`${where} leads to ${code[target]?.mnemonic ?? 'the end'}; a handler begins with CATCH`, reached);
    }
  }

  // Depth before each instruction, by worklist; code that nothing leads to is never visited and needs no depth. What the
  // prologue pushes are locals: the operand stack begins, empty, behind it.
  const depths = new Map<number, number>();
  const queue: [index: number, depth: number][] = [];
  const flow = (from: number, to: number, depth: number): void => {
    const known = depths.get(to);
    if (to >= code.length) problems.instruction(reached, from, code[from]!, 'control runs off the end of the function');
    else if (known === undefined) {
      depths.set(to, depth);
      queue.push([to, depth]);
    } else if (known !== depth) {
      problems.instruction(reached, to, code[to]!, `the operand stack holds ${known} or ${depth} words, by the path`);
    }
  };
  const start = prologue(fn).length;
  if (start >= code.length) {
    problems.add(`${fn.name} has no instructions`, reached);
    return;
  }
  flow(start, start, 0);
  for (const handler of fn.handlers) {
    const target = labels.get(handler.target);
    if (target !== undefined) flow(target, target, 0);
  }
  for (let next = queue.pop(); next; next = queue.pop()) {
    const [index, before] = next;
    const instruction = code[index]!;
    const form = forms.get(instruction)!;
    const say = (message: string): void => problems.instruction(reached, index, instruction, message);
    verifySlots(reached, instruction, say);
    verifyCall(symbols, reached, instruction, say);
    const effect = stackEffect(instruction, form);
    if (effect.pops > before) {
      say(`it takes ${effect.pops} operand words and the stack holds ${before}`);
      continue;
    }
    let after = before - effect.pops + effect.pushes;
    if (form.mnemonic === 'CATCH') {
      const n = countOf(form, instruction.operands, 'n');
      if (n !== fn.locals.length) say(`it keeps ${n} words and the frame has ${fn.locals.length}`);
      after = 1;
    }
    if (form.mnemonic === 'DUP' && countOf(form, instruction.operands, 'k') >= before) {
      say(`it copies operand ${countOf(form, instruction.operands, 'k')} and the stack holds ${before}`);
    }
    if (after > OPERAND_WORDS) say(`it makes ${after} operand words; a frame has at most ${OPERAND_WORDS}`);
    if (effect.continues) flow(index, index + 1, after);
    if (form.mnemonic === 'SETH') {
      const handler = instruction.operands[0];
      if (handler?.kind === 'label' && !handlers.has(handler.name)) say(`there is no handler ${handler.name}`);
      continue;
    }
    for (const operand of instruction.operands) {
      if (operand.kind !== 'label') continue;
      const target = labels.get(operand.name);
      if (target === undefined) say(`there is no label ${operand.name}`);
      else flow(index, target, before - effect.pops + effect.pushesTaken);
    }
  }
}
