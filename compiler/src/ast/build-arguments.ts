/** The parameters of functions and lambdas. */

import { type BuildContext, Hole, identifier, only, required, without } from './build-context.js';
import { buildElement, buildExpression } from './build-expressions.js';
import { type CstNode, childInField } from './cst.js';
import type { Arg, Arguments, Expression } from './nodes.js';

/** The parameters in a `parameters` or `lambda_parameters` node; none if there is no node. */
export function buildArguments(b: BuildContext, node: CstNode | null): Arguments {
  const out: Arguments = {
    kind: 'arguments',
    posonlyargs: [],
    args: [],
    vararg: null,
    kwonlyargs: [],
    kw_defaults: [],
    kwarg: null,
    defaults: [],
  };
  let isKeywordOnly = false;
  for (const child of node === null ? [] : without(node, '(', ')', ',')) {
    switch (child.type) {
      case 'positional_separator':
        out.posonlyargs = out.args;
        out.args = [];
        break;
      case 'keyword_separator':
        isKeywordOnly = true;
        break;
      default: {
        const { name, type, value } = parameterParts(child);
        if (name.type === 'list_splat_pattern') {
          out.vararg = buildArg(b, only(name, '*'), type);
          isKeywordOnly = true;
        } else if (name.type === 'dictionary_splat_pattern') out.kwarg = buildArg(b, only(name, '**'), type);
        else if (isKeywordOnly) {
          out.kwonlyargs.push(buildArg(b, name, type));
          out.kw_defaults.push(value === null ? null : buildExpression(b, value));
        } else {
          out.args.push(buildArg(b, name, type));
          if (value !== null) out.defaults.push(buildExpression(b, value));
        }
      }
    }
  }
  return out;
}

function parameterParts(node: CstNode): { name: CstNode; type: CstNode | null; value: CstNode | null } {
  switch (node.type) {
    case 'identifier':
    case 'list_splat_pattern':
    case 'dictionary_splat_pattern':
      return { name: node, type: null, value: null };
    case 'typed_parameter':
      return { name: required(node.children[0]), type: childInField(node, 'type'), value: null };
    case 'default_parameter':
    case 'typed_default_parameter':
      return {
        name: required(childInField(node, 'name')),
        type: childInField(node, 'type'),
        value: childInField(node, 'value'),
      };
    default:
      throw new Hole();
  }
}

function buildArg(b: BuildContext, name: CstNode, type: CstNode | null): Arg {
  const annotation: Expression | null = type === null ? null : buildElement(b, type);
  const at = b.span(name.start, type === null ? name.end : type.end);
  return { kind: 'arg', arg: identifier(b, name), annotation, type_comment: null, ...at };
}
