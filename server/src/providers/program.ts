/** Which program a file or a folder stands for, and what it compiles to. */
import { printProgram } from '@pysm/compiler';
import { PROJECT_FILE } from '../project.js';
import type { Workspace } from '../workspace.js';

/**
 * Entry of a program that the file is part of, itself where it is an entry; for a file that is nobody's, or none, the
 * first entry of the folder's project. Undefined where nothing is PySM's.
 */
export function programFor(
  workspace: Workspace,
  file: string | undefined,
  folder: string | undefined,
): string | undefined {
  const entries = file === undefined ? [] : workspace.programsOf(file).map((program) => program.entry);
  if (file !== undefined && entries.includes(file)) return file;
  if (entries.length > 0 || folder === undefined) return entries[0];
  const { projects, files } = workspace;
  const project = projects.of(files.host.join(folder, PROJECT_FILE));
  return project?.entries[0];
}

/** Assembly of one file with its source, or a comment that says why there is none. */
export function assemblyText(workspace: Workspace, path: string): string {
  const [program] = workspace.programsOf(path);
  if (!program) return '# This file is not part of a PySM program.\n';
  const { compilation } = program;
  if (!compilation.program) {
    const error = compilation.diagnostics.find((d) => d.severity === 'error');
    return `# There is no assembly before the errors are mended.\n# ${error ? `${error.path}:${error.range.line}: ${error.message}` : ''}\n`;
  }
  const modules = compilation.program.modules.filter((module) => module.path === path);
  const source = (of: string): readonly string[] | undefined => workspace.files.readText(of)?.split(/\r\n|\r|\n/);
  return printProgram({ ...compilation.program, modules }, { source });
}
