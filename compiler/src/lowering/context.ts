/** What the lowering of every function of a program shares. */
import type { AsmFunction } from '../assembly/model.js';
import type { Diagnostics } from '../diagnostics/report.js';
import type { BoundProof } from '../program/bound.js';
import type { Resolver } from '../program/resolve.js';
import type { FunctionSymbol, ModuleSymbol, ProgramSymbols } from '../program/symbols.js';
import type { Types } from '../types/infer.js';

export interface ProgramContext {
  readonly program: ProgramSymbols;
  readonly resolver: Resolver;
  readonly types: Types;
  readonly proof: BoundProof;
  readonly diagnostics: Diagnostics;
  /** Globals that some instruction loads, `module.name`: stores of defs to others are left out. */
  readonly loadedGlobals: Set<string>;
  /** Methods of the program by name, for keyword arguments of method calls. */
  readonly methodsByName: ReadonlyMap<string, readonly FunctionSymbol[]>;
  /** Attribute names that instances or class bodies of the program have. */
  readonly attributeNames: ReadonlySet<string>;
  /** Methods that built-in types have in the runtime. */
  readonly builtinMethods: ReadonlySet<string>;
  /** Of the attribute names, the ones that instances hold, so that calling them may call any value. */
  readonly instanceAttributes: ReadonlySet<string>;
  /** Pins that the program writes through `compiler.intrinsics`. */
  readonly outputPins: Set<number>;
  /** Bodies of modules, in the order in which they start to run; undefined while one is being lowered. */
  readonly bodies: Map<ModuleSymbol, AsmFunction | undefined>;
  /** Bodies of classes that evaluate something, by module. */
  readonly classBodies: Map<ModuleSymbol, AsmFunction[]>;
}

/** Assembly name of a global variable. */
export const globalName = (module: ModuleSymbol, name: string): string => `${module.name}.${name}`;
