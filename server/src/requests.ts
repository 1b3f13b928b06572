/** Requests between the extension and the server that the language server protocol does not have. */

/** The program that a file or folder stands for, to run or debug it. */
export const PROGRAM_REQUEST = 'pysm/program';

export interface ProgramParams {
  /** URI of the file in front of the user. */
  readonly file?: string;
  /** URI of the workspace folder. */
  readonly folder?: string;
  /** The user has asked for PySM by a command: a file that is nobody's becomes PySM's until the server ends. */
  readonly optIn?: boolean;
}

export interface ProgramResult {
  /** Path of the entry, null where neither file nor folder is PySM's. */
  readonly program: string | null;
}

/** The assembly of a file, for reading. */
export const ASSEMBLY_REQUEST = 'pysm/assembly';

export interface AssemblyParams {
  readonly uri: string;
}

export interface AssemblyResult {
  /** PySM assembly with the source lines as comments, or a comment that says why there is none. */
  readonly text: string;
}
