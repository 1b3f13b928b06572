/** A checked program to assembly: every function, constructor and module body, and the code that starts it. */
import { HALT_CODE, IO } from '@pysm/isa';
import type { AsmAttribute, AsmClass, AsmFunction, AsmItem, AsmModule, AsmProgram } from '../assembly/model.js';
import { isLabel } from '../assembly/model.js';
import { type Node, visitChildren, walk } from '../ast/index.js';
import { isPrintable } from '../ast/printable.js';
import type { Diagnostics } from '../diagnostics/report.js';
import { assignSlots } from '../program/attributes.js';
import { BoundProof } from '../program/bound.js';
import { Resolver } from '../program/resolve.js';
import { checkSpecialMethods } from '../program/special-methods.js';
import {
  type ClassSymbol,
  constantBinding,
  type FunctionSymbol,
  type ModuleSymbol,
  type ProgramSymbols,
} from '../program/symbols.js';
import { inferTypes } from '../types/infer.js';
import { int, STACK } from './builder.js';
import { constructorName } from './calls.js';
import { constantOf } from './constants.js';
import { globalName, type ProgramContext } from './context.js';
import { lowerConstructor, lowerFunction, lowerModuleBody } from './functions.js';

/** Name of the function that the core enters. */
export const START = '_boot.start';

/** Variable of the runtime that holds the code points beyond Latin-1 that repr() escapes. */
const ESCAPED = '_output._escaped';

/** Lowers a program. Where diagnostics has errors afterwards, the result is not to be linked. */
export function lowerProgram(program: ProgramSymbols, diagnostics: Diagnostics): AsmProgram {
  const resolver = new Resolver(program);
  const slots = assignSlots(program, resolver, diagnostics);
  checkSpecialMethods(program, diagnostics);
  const classes = program.modules.flatMap((m) => m.classes).filter((c) => c.tags.length === 0);
  const context: ProgramContext = {
    program,
    resolver,
    types: inferTypes(program, resolver, slots),
    proof: new BoundProof(program, resolver),
    diagnostics,
    loadedGlobals: new Set(),
    methodsByName: methodsByName(program),
    instanceAttributes: slots,
    attributeNames: new Set([...slots, ...classes.flatMap((c) => [...c.methods.keys(), ...c.values.keys()])]),
    outputPins: new Set(),
    builtinMethods: new Set(
      program.modules.flatMap((m) => m.classes).flatMap((c) => (c.tags.length > 0 ? [...c.methods.keys()] : [])),
    ),
    bodies: new Map(),
    classBodies: new Map(),
  };
  const lowered = new Map<ModuleSymbol, AsmFunction[]>();
  for (const module of program.modules)
    lowered.set(
      module,
      module.functions.map((f) => lowerFunction(context, f)),
    );
  const constructors = new Map<ModuleSymbol, AsmFunction[]>();
  const classesOf = new Map<ModuleSymbol, AsmClass[]>();
  for (const module of program.modules) {
    const made: AsmFunction[] = [];
    classesOf.set(module, module.classes.map(lowerClass));
    for (const c of module.classes) if (c.tags.length === 0) made.push(lowerConstructor(context, c));
    constructors.set(module, made);
  }
  // Bodies last: they leave out the stores that no function needs.
  lowerModuleBody(context, program.builtins);
  lowerModuleBody(context, program.main);
  const modules = program.modules.map((module): AsmModule => {
    const body = context.bodies.get(module);
    return {
      name: module.name,
      path: module.source.path,
      runtime: module.runtime,
      functions: [
        ...lowered.get(module)!,
        ...constructors.get(module)!,
        ...(context.classBodies.get(module) ?? []),
        ...(body ? [withoutUnusedDefinitions(body, module, context)] : []),
      ],
      classes: classesOf.get(module)!,
      globals: globalsOf(module),
    };
  });
  return { modules: [...modules, bootModule(program, context.outputPins)], start: START };
}

function methodsByName(program: ProgramSymbols): ReadonlyMap<string, readonly FunctionSymbol[]> {
  const byName = new Map<string, FunctionSymbol[]>();
  for (const module of program.modules) {
    for (const c of module.classes) {
      for (const [name, method] of c.methods) byName.set(name, [...(byName.get(name) ?? []), method]);
    }
  }
  return byName;
}

function lowerClass(cls: ClassSymbol): AsmClass {
  const attributes: AsmAttribute[] = [...cls.methods].map(([name, f]) => ({ name, kind: 'method', function: f.name }));
  for (const value of cls.values.values()) {
    const constant = value.value && constantOf(value.value);
    if (value.global === undefined && constant) attributes.push({ name: value.name, kind: 'value', initial: constant });
    // The class body stores it when it runs.
    else attributes.push({ name: value.name, kind: 'value', initial: { type: 'unbound' } });
  }
  // The report of an uncaught exception and the default texts name the module of the class.
  if (isImported(cls)) {
    attributes.push({ name: '__module__', kind: 'value', initial: { type: 'str', value: cls.module.name } });
  }
  return {
    name: cls.name,
    pythonName: cls.pythonName,
    base: cls.base?.name,
    slots: cls.slots,
    attributes,
    constructor_: cls.tags.length === 0 ? constructorName(cls) : undefined,
    tags: cls.tags as AsmClass['tags'],
  };
}

/** Whether the class comes from an imported module of the program, or derives from one that does. */
function isImported(cls: ClassSymbol): boolean {
  for (let c: ClassSymbol | undefined = cls; c; c = c.base) {
    if (!c.module.runtime && c.module.name !== '__main__') return true;
  }
  return false;
}

/** Leaves out the stores of defs, classes and imports to variables that nothing loads: direct calls need none. */
function withoutUnusedDefinitions(body: AsmFunction, module: ModuleSymbol, context: ProgramContext): AsmFunction {
  const unused = new Set(
    [...module.globals.values()]
      .filter((g) => constantBinding(g) && !context.loadedGlobals.has(globalName(module, g.name)))
      .map((g) => globalName(module, g.name)),
  );
  const items: AsmItem[] = [];
  for (const item of body.items) {
    const target = !isLabel(item) && item.mnemonic === 'STG' ? item.operands[0] : undefined;
    if (target?.kind === 'global' && unused.has(target.name)) {
      items.pop();
      continue;
    }
    items.push(item);
  }
  return { ...body, items };
}

function globalsOf(module: ModuleSymbol): readonly string[] {
  const names = new Set(module.globals.keys());
  for (const f of module.functions) for (const g of f.defaultGlobals.values()) names.add(g);
  for (const c of module.classes) for (const v of c.values.values()) if (v.global !== undefined) names.add(v.global);
  return [...names];
}

/** Makes pins outputs that `compiler.intrinsics` writes, runs the modules, then main() where the program defines one and never names it, and stops. */
function bootModule(program: ProgramSymbols, outputPins: ReadonlySet<number>): AsmModule {
  const main = constantBinding(program.main.globals.get('main'))?.symbol;
  const callsMain = main?.kind === 'function' && main.min === 0 && !namesMain(program.main);
  const call = (name: string, drop: boolean): AsmItem => ({
    mnemonic: 'CALL',
    operands: [{ kind: 'function', name }, int(0), { kind: 'clear' }],
    drop,
  });
  const start: AsmFunction = {
    name: START,
    qualname: '<start>',
    module: '_boot',
    parameters: [],
    min: 0,
    locals: [],
    defaults: [],
    items: [
      ...[...outputPins]
        .sort((a, b) => a - b)
        .map((pin): AsmItem => ({ mnemonic: 'IOW', operands: [int(IO.PIN_DIRECTION + pin), int(1)] })),
      call(program.builtins.body!.name, true),
      ...escapedCharacters(program),
      call(program.main.body!.name, true),
      ...(callsMain
        ? [call(main.name, false)]
        : [{ mnemonic: 'MOV', operands: [STACK, { kind: 'named', name: 'None' } as const] }]),
      { mnemonic: 'HALT', operands: [int(HALT_CODE.FINISHED), STACK] },
    ],
    handlers: [],
    runtime: true,
    vectors: [],
  };
  return { name: '_boot', path: '', runtime: true, functions: [start], classes: [], globals: [] };
}

/**
 * Tells the runtime which characters beyond Latin-1 `repr` escapes. All characters of a program come from its literals, so
 * those among them that are not printable are all there can be.
 */
function escapedCharacters(program: ProgramSymbols): readonly AsmItem[] {
  const found = new Set<string>();
  for (const module of program.modules) {
    if (module.runtime) continue;
    walk(module.tree, (node) => {
      if (node.kind !== 'Constant' || node.value.type !== 'str') return;
      for (const char of node.value.value.match(/[^\0-\xff]/gu) ?? []) if (!isPrintable(char)) found.add(char);
    });
  }
  if (found.size === 0) return [];
  const items = [...found].sort().map((char) => ({ type: 'int', value: BigInt(char.codePointAt(0)!) }) as const);
  return [
    { mnemonic: 'LDK', operands: [STACK, { kind: 'constant', value: { type: 'tuple', items } }] },
    { mnemonic: 'STG', operands: [{ kind: 'global', name: ESCAPED }, STACK] },
  ];
}

/** Whether the module uses the name `main` anywhere. */
function namesMain(module: ModuleSymbol): boolean {
  const work: Node[] = [...module.tree.body];
  for (let node = work.pop(); node; node = work.pop()) {
    if (node.kind === 'Name' && node.id === 'main') return true;
    visitChildren(node, (child) => work.push(child));
  }
  return false;
}
