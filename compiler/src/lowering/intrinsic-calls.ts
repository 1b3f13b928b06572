/** Calls of `compiler.intrinsics` and, in the runtime, of `_core`: each is an instruction. */
import { BITFIELD_WIDTHS, CSR, PINS, TAG } from '@pysm/isa';
import type { AsmOperand } from '../assembly/model.js';
import type { Call, Expression } from '../ast/index.js';
import { int, NONE, STACK } from './builder.js';
import { branchIf, unchecked } from './conditions.js';
import { constantOf } from './constants.js';
import { lower, operandOf } from './expressions.js';
import { CORE_INTRINSICS, type Intrinsic, type IntrinsicArgument, TAG_CONDITIONS } from './intrinsics.js';
import type { Lowerer } from './lowerer.js';

/** Functions of `compiler.intrinsics` besides the pin functions, with their argument counts. */
const PUBLIC: Readonly<Record<string, number>> = {
  pyxl_get_cycle_counter: 0,
  gpio_read: 1,
  gpio_write: 2,
  cycle_counter: 0,
};

/** `pyxl_write_gpio_pin7`: direction and pin. */
function pyxlPin(name: string): { write: boolean; pin: number } | undefined {
  const match = /^pyxl_(read|write)_gpio_pin(\d{1,2})$/.exec(name);
  if (!match || Number(match[2]) >= PINS) return undefined;
  return { write: match[1] === 'write', pin: Number(match[2]) };
}

/** Whether `compiler.intrinsics` has the name. */
export const isPublicIntrinsic = (name: string): boolean => Object.hasOwn(PUBLIC, name) || pyxlPin(name) !== undefined;

/** The pin that a call reads through `compiler.intrinsics`, as an expression; undefined where it reads none. */
export function gpioPin(l: Lowerer, call: Call): Expression | undefined {
  const intrinsic = l.context.resolver.intrinsicOf(call.func, l.scope);
  if (intrinsic?.[0] !== 'compiler.intrinsics' || call.keywords.length > 0) return undefined;
  const pin = pyxlPin(intrinsic[1]);
  if (pin && !pin.write && call.args.length === 0)
    return { ...call, kind: 'Constant', value: { type: 'int', value: BigInt(pin.pin) }, kind_: null } as Expression;
  return intrinsic[1] === 'gpio_read' && call.args.length === 1 ? pinNumber(l, call.args[0]!) : undefined;
}

/** A pin argument that is a literal in range; others take the general way through a register address. */
function pinNumber(l: Lowerer, node: Expression): Expression | undefined {
  const value = constantOf(node);
  if (value?.type === 'int' && (value.value < 0n || value.value >= BigInt(PINS))) {
    l.report(node, 'PS3006', `there is no pin ${value.value}: pins are 0 to ${PINS - 1}`);
  }
  return value?.type === 'int' ? node : undefined;
}

export function lowerIntrinsic(l: Lowerer, node: Call, module: string, name: string, to: AsmOperand): void {
  if (module === '_core') lowerCore(l, node, name, to);
  else lowerPublic(l, node, name, to);
}

function lowerPublic(l: Lowerer, node: Call, name: string, to: AsmOperand): void {
  const pin = pyxlPin(name);
  const count = pin ? (pin.write ? 1 : 0) : PUBLIC[name];
  if (count === undefined) {
    l.report(node, 'PS2005', 'compiler.intrinsics', name);
    return;
  }
  if (node.args.length !== count || node.keywords.length > 0) {
    l.report(node, 'PS3008', `${name}()`, `${count} positional argument${count === 1 ? '' : 's'}`);
    return;
  }
  if (name === 'pyxl_get_cycle_counter' || name === 'cycle_counter') {
    l.at(node);
    l.b.emit('RDC', [to]);
  } else if (pin ? pin.write : name === 'gpio_write') {
    const address = pin ? int(pin.pin) : pinOperand(l, node.args[0]!, 'check_output_pin');
    // PyXL's programs never set a direction: a pin that they write is an output from the start (see bootModule).
    if (address.kind === 'int') l.context.outputPins.add(address.value);
    const value = operandOf(l, node.args.at(-1)!);
    l.at(node);
    l.b.emit('IOW', [address, value], l.known({ b: node.args.at(-1)! }));
    if (to.kind !== 'discard') l.move(NONE, to);
  } else {
    const address = pin ? int(pin.pin) : pinOperand(l, node.args[0]!, 'check_pin');
    l.at(node);
    l.b.emit('IOR', [to, address]);
  }
}

/** Register of a pin: pins are the first I/O registers, and a pin that is not known here is checked when the program runs. */
function pinOperand(l: Lowerer, node: Expression, check: 'check_pin' | 'check_output_pin'): AsmOperand {
  if (pinNumber(l, node)) return int(Number((constantOf(node) as { value: bigint }).value));
  lower(l, node, STACK);
  l.at(node);
  l.callRuntime(check, 1, false);
  return STACK;
}

function lowerCore(l: Lowerer, node: Call, name: string, to: AsmOperand): void {
  if (TAG_CONDITIONS.has(name)) {
    const result = l.b.temp();
    const yes = l.b.label('tag');
    l.at(node);
    l.b.emit('MOV', [result, { kind: 'named', name: 'True' }]);
    branchIf(l, node, true, yes);
    l.b.emit('MOV', [result, { kind: 'named', name: 'False' }]);
    l.b.place(yes);
    l.move(result, to);
    l.b.release(result);
    return;
  }
  const reserved = { type_name: '__name__', class_of: '__class__' }[name];
  if (reserved) {
    const a = operandOf(l, node.args[0]!);
    l.at(node);
    l.b.emit('LDA', [to, a, { kind: 'attribute', name: reserved }]);
    return;
  }
  if (name === 'global_names' || name === 'attribute_names' || name === 'function_names') {
    l.at(node);
    l.b.emit('LDG', [to, { kind: 'global', name: `_linker.${name}` }]);
    return;
  }
  const intrinsic: Intrinsic | undefined = CORE_INTRINSICS[name];
  if (!intrinsic || node.args.length !== intrinsic.arguments || node.keywords.length > 0) {
    l.report(
      node,
      'PS3008',
      `_core.${name}`,
      intrinsic ? `${intrinsic.arguments} arguments` : 'nothing: it does not exist',
    );
    return;
  }
  // Arguments that are values go to operands in order; where a later one needs the stack, an earlier one on the stack
  // stays below it, which is the order in which the instruction pops.
  const operands = new Map<number, AsmOperand>();
  for (const entry of intrinsic.operands) {
    if (entry !== 'result' && entry[1] === 'value') operands.set(entry[0], unchecked(l, node.args[entry[0]]!));
  }
  l.at(node);
  l.b.emit(
    intrinsic.mnemonic,
    intrinsic.operands.map((entry) =>
      entry === 'result' ? to : (operands.get(entry[0]) ?? literal(l, node, entry[0], entry[1])),
    ),
  );
  const givesNothing = !intrinsic.operands.includes('result');
  if (intrinsic.noReturn) l.b.emit('RET', [NONE]);
  else if (givesNothing && to.kind !== 'discard') l.move(NONE, to);
}

/** Operand of an intrinsic's literal argument. */
function literal(l: Lowerer, call: Call, index: number, kind: IntrinsicArgument): AsmOperand {
  const node = call.args[index]!;
  const value = constantOf(node);
  switch (kind) {
    case 'int':
      if (value?.type === 'int') return int(Number(value.value));
      break;
    case 'tag':
      if (value?.type === 'str' && value.value in TAG) return int(TAG[value.value as keyof typeof TAG]);
      break;
    case 'csr':
      if (value?.type === 'str' && value.value in CSR)
        return { kind: 'csr', number: CSR[value.value as keyof typeof CSR] };
      if (value?.type === 'int') return { kind: 'csr', number: Number(value.value) };
      break;
    case 'attribute':
      if (value?.type === 'str') return { kind: 'attribute', name: value.value };
      break;
    case 'width': {
      const width = constantOf(call.args[index + 1]!);
      if (
        value?.type === 'int' &&
        width?.type === 'int' &&
        (BITFIELD_WIDTHS as readonly number[]).includes(Number(width.value))
      ) {
        return { kind: 'bitfield', low: Number(value.value), width: Number(width.value) };
      }
      break;
    }
    default:
  }
  l.report(node, 'PS3006', `argument ${index + 1} must be a literal (${kind})`);
  return int(0);
}
