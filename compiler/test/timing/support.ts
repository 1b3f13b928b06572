/** Assembly programs written by hand in a line an instruction, for tests of the cycle analysis. */
import { BY_MNEMONIC, type TagClass } from '@pysm/isa';
import type { CostReport, FunctionCost, LineCost, LoopCost } from '../../src/api.js';
import type {
  AsmClass,
  AsmFunction,
  AsmInstruction,
  AsmItem,
  AsmOperand,
  AsmProgram,
} from '../../src/assembly/model.js';
import { analyseCosts } from '../../src/timing/index.js';

const NAMED = ['None', 'False', 'True', 'UNBOUND', 'NotImplemented'] as const;

function operandOf(text: string, kind: string | undefined, slots: readonly string[]): AsmOperand {
  if (text === 'S') return { kind: 'stack' };
  if (text === '_') return { kind: 'discard' };
  if (text.startsWith('.')) return { kind: 'attribute', name: text.slice(1) };
  if (text.startsWith('@')) {
    const name = text.slice(1);
    return kind === 'function' ? { kind: 'function', name } : { kind: 'constant', value: { type: 'function', name } };
  }
  if (text.startsWith('#')) return { kind: 'constant', value: { type: 'class', name: text.slice(1) } };
  if (text === '*') return { kind: 'clear' };
  if (kind === 'label') return { kind: 'label', name: text };
  if (kind === 'global') return { kind: 'global', name: text };
  const named = NAMED.find((n) => n === text);
  if (named) return { kind: 'named', name: named };
  if (/^-?\d+$/.test(text)) return { kind: 'int', value: Number(text) };
  const slot = slots.indexOf(text);
  if (slot < 0) throw new Error(`no local ${text}`);
  return { kind: 'local', slot };
}

/**
 * One function. A line is `label:` or `LINE MNEMONIC operands ; notes`, with notes `a=int|float` (known tags) and
 * `loop=MIN..MAX` (MAX may be `?`).
 */
export function fn(
  signature: string,
  text: string,
  more: Partial<Pick<AsmFunction, 'vectors' | 'runtime' | 'defaults' | 'module'>> & { locals?: readonly string[] } = {},
): AsmFunction {
  const [, name = '', list = ''] = /^(\w+)\((.*)\)$/.exec(signature) ?? [];
  const parameters = list === '' ? [] : list.split(/,\s*/);
  const slots = [...parameters, ...(more.locals ?? [])];
  const items = text
    .split('\n')
    .map((l) => l.trim())
    .filter((l) => l !== '')
    .map((l): AsmItem => {
      if (l.endsWith(':')) return { label: l.slice(0, -1) };
      const [code = '', notes = ''] = l.split(';').map((part) => part.trim());
      const [line = '', mnemonic = '', ...rest] = code.split(/\s+/);
      const instruction = BY_MNEMONIC.get(mnemonic);
      if (!instruction) throw new Error(`no instruction ${mnemonic}`);
      const operands = rest
        .join(' ')
        .split(/,\s*/)
        .filter((o) => o !== '')
        .map((o, i) => operandOf(o, instruction.operands[i]?.kind, slots));
      const known: Record<string, TagClass[]> = {};
      let loop: AsmInstruction['loopBound'];
      for (const note of notes.split(/\s+/).filter((n) => n !== '')) {
        const [key = '', value = ''] = note.split('=');
        if (key === 'loop') {
          const [min = '0', max = '?'] = value.split('..');
          const most = max === '?' ? undefined : Number(max);
          loop = { min: Number(min), max: most, reason: most === undefined ? 'length of the text' : `range(${max})` };
        } else {
          known[key] = value.split('|') as TagClass[];
        }
      }
      const n = Number(line);
      return {
        mnemonic,
        operands,
        ...(n > 0 ? { range: { line: n, column: 0, endLine: n, endColumn: 1 } } : {}),
        ...(Object.keys(known).length > 0 ? { known } : {}),
        ...(loop ? { loopBound: loop } : {}),
      };
    });
  const module = more.module ?? '__main__';
  return {
    name: `${module}.${name}`,
    qualname: name,
    module,
    parameters,
    min: parameters.length - (more.defaults?.length ?? 0),
    locals: slots,
    defaults: more.defaults ?? [],
    items,
    handlers: [],
    runtime: more.runtime ?? false,
    vectors: more.vectors ?? [],
  };
}

/** A class with methods and slots. */
export function cls(name: string, more: Partial<AsmClass> = {}): AsmClass {
  return {
    name: `__main__.${name}`,
    pythonName: name,
    base: undefined,
    slots: [],
    attributes: [],
    constructor_: undefined,
    tags: [],
    ...more,
  };
}

/** A program of one module; functions marked as runtime are in a second one. */
export function program(functions: readonly AsmFunction[], classes: readonly AsmClass[] = []): AsmProgram {
  const module = (name: string, path: string, runtime: boolean) => ({
    name,
    path,
    runtime,
    functions: functions.filter((f) => f.runtime === runtime),
    classes: runtime ? [] : classes,
    globals: [],
  });
  return {
    modules: [module('__main__', 'main.py', false), module('_builtins', 'builtins.py', true)],
    start: functions[0]!.name,
  };
}

export class Report {
  readonly report: CostReport;

  constructor(functions: readonly AsmFunction[], classes: readonly AsmClass[] = []) {
    this.report = analyseCosts(program(functions, classes));
  }

  function(name: string): FunctionCost {
    return this.report.functions.find((f) => f.name === `__main__.${name}`)!;
  }

  line(line: number): LineCost {
    return this.report.lines.find((l) => l.line === line)!;
  }

  loop(line: number): LoopCost {
    return this.report.loops.find((l) => l.range.line === line)!;
  }
}

/** `best..worst` cycles, one number where they are equal, `?` for an unknown worst. */
export function cycles(cost: { cycles: { best: number; worst: number | null } }): string {
  const { best, worst } = cost.cycles;
  return best === worst ? String(best) : `${best}..${worst ?? '?'}`;
}
