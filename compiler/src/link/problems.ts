/** What is wrong with a program that cannot be linked, as plain data. */
import type { SourceRange } from '@pysm/isa';
import type { AsmFunction, AsmInstruction } from '../assembly/model.js';

export interface LinkDiagnostic {
  readonly message: string;
  /** Path of the module at fault; empty where the program as a whole is. */
  readonly path: string;
  readonly range?: SourceRange;
}

/** A function with the path of its module. */
export interface Placed {
  readonly fn: AsmFunction;
  readonly path: string;
}

/** Collects diagnostics while the linker goes on as far as it can. */
export class Problems {
  readonly list: LinkDiagnostic[] = [];

  add(message: string, at?: Placed, range: SourceRange | undefined = at?.fn.range): void {
    this.list.push({ message, path: at?.path ?? '', ...(range === undefined ? {} : { range }) });
  }

  /** A mistake of whoever made the assembly: a person who wrote it by hand, or our code generation. */
  instruction(at: Placed, index: number, instruction: AsmInstruction, message: string): void {
    this.add(
      `${at.fn.name}, instruction ${index} (${instruction.mnemonic}): ${message}`,
      at,
      instruction.range ?? at.fn.range,
    );
  }
}
