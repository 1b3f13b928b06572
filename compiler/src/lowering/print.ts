/** `print()`: its arguments are evaluated first, then written piece by piece, so that printing takes no memory. */
import type { AsmOperand } from '../assembly/model.js';
import type { Call, Expression } from '../ast/index.js';
import { STACK } from './builder.js';
import { constantOf } from './constants.js';
import { lower } from './expressions.js';
import type { Lowerer } from './lowerer.js';

/** A piece of output: text known now, or a value. */
type Piece = { readonly text: string } | { readonly operand: AsmOperand } | { readonly node: Expression };

export function lowerPrint(l: Lowerer, node: Call): void {
  const options = { sep: ' ', end: '\n' };
  for (const keyword of node.keywords) {
    if (keyword.arg !== 'sep' && keyword.arg !== 'end') {
      l.report(keyword, 'PS3008', 'print()', 'the keywords sep and end on PySM');
      return;
    }
    const value = constantOf(keyword.value);
    if (value?.type !== 'str' && value?.type !== 'none') {
      l.report(keyword.value, 'PS3007', keyword.arg);
      return;
    }
    if (value.type === 'str') options[keyword.arg] = value.value;
  }
  const pieces: Piece[] = [];
  const held: AsmOperand[] = [];
  const dynamic = node.args.filter((a) => literalText(a) === undefined);
  node.args.forEach((arg, i) => {
    if (i > 0) pieces.push({ text: options.sep });
    const text = literalText(arg);
    if (text !== undefined) pieces.push({ text });
    else if (dynamic.length === 1) pieces.push({ node: arg });
    else {
      const temp = l.b.temp();
      lower(l, arg, temp);
      held.push(temp);
      pieces.push({ operand: temp });
    }
  });
  pieces.push({ text: options.end });
  l.at(node);
  let text = '';
  const flush = () => {
    if (text === '') return;
    l.moveConstant({ type: 'str', value: text }, STACK);
    l.callRuntime('print_text', 1, true);
    text = '';
  };
  // A single value is evaluated where it is printed only if nothing has been written before it: it may raise.
  const single = pieces.findIndex((p) => 'node' in p);
  if (single >= 0) {
    const temp = l.b.temp();
    const piece = pieces[single] as { node: Expression };
    if (single === 0) {
      lower(l, piece.node, STACK);
      l.at(node);
      l.callRuntime('print_value', 1, true);
      pieces.shift();
    } else {
      lower(l, piece.node, temp);
      pieces[single] = { operand: temp };
      l.at(node);
    }
    l.b.release(temp);
  }
  for (const piece of pieces) {
    if ('text' in piece) text += piece.text;
    else if ('operand' in piece) {
      flush();
      l.b.emit('MOV', [STACK, piece.operand]);
      l.callRuntime('print_value', 1, true);
    }
  }
  flush();
  for (const operand of held) l.b.release(operand);
}

/** Text that a literal argument prints as. */
function literalText(node: Expression): string | undefined {
  const value = constantOf(node);
  switch (value?.type) {
    case 'str':
      return value.value;
    case 'int':
      return String(value.value);
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'none':
      return 'None';
    default:
      return undefined;
  }
}
