/** Debug information of a linked program: files, functions, lines, globals, classes and attribute names. */

import type { DebugClass, DebugFunction, DebugGlobal, DebugInfo, DebugLine, SourceRange } from '@pysm/isa';
import type { AsmInstruction, AsmProgram } from '../assembly/model.js';
import type { LaidOut } from './code.js';

const sameRange = (a: SourceRange | undefined, b: SourceRange | undefined): boolean =>
  a?.line === b?.line && a?.column === b?.column && a?.endLine === b?.endLine && a?.endColumn === b?.endColumn;

/** Lines of one function. What has no place of its own belongs to what comes before it, at the start to the `def`. */
function linesOf(placed: LaidOut, file: number): DebugLine[] {
  const lines: DebugLine[] = [];
  const { code, start } = placed;
  const { fn } = placed.reached;
  const first = fn.range ?? code.find((instruction) => instruction.range)?.range;
  if (!first) return lines;
  let current: SourceRange | undefined;
  const place = (instruction: AsmInstruction, pc: number): void => {
    const range = instruction.range ?? current ?? first;
    const statement = instruction.statement === true;
    const { attribute } = instruction;
    if (sameRange(range, current) && !statement && !attribute && !lines.at(-1)?.attribute) return;
    lines.push({ pc, file, range, statement, ...(attribute ? { attribute } : {}) });
    current = range;
  };
  code.forEach((instruction, i) => {
    place(instruction, start + i);
  });
  return lines;
}

export function debugInfo(
  program: AsmProgram,
  functions: ReadonlyMap<string, LaidOut>,
  globals: readonly DebugGlobal[],
  classes: readonly DebugClass[],
  attributes: readonly string[],
): DebugInfo {
  const sources = program.modules.filter((module) => module.path !== '');
  const files = sources.map(({ path, name, runtime }) => ({ path, module: name, runtime }));
  const placed = [...functions.values()];
  const lines: DebugLine[] = [];
  const debugFunctions = placed.map((item): DebugFunction => {
    const { fn, module } = item.reached;
    const file = sources.indexOf(module);
    if (file >= 0) lines.push(...linesOf(item, file));
    return {
      name: fn.name,
      qualname: fn.qualname,
      file,
      start: item.start,
      entry: item.entry,
      end: item.end,
      frame: fn.locals.length,
      locals: fn.locals.map((name, slot) => ({ name, slot, parameter: slot < fn.parameters.length })),
      runtime: fn.runtime,
      ...(fn.role === undefined ? {} : { role: fn.role }),
      ...(fn.range === undefined ? {} : { range: fn.range }),
    };
  });
  return { files, functions: debugFunctions, lines, globals, classes, attributes };
}
