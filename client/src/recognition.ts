/**
 * The cheap question that the extension asks of every folder and Python file: is this PySM's at all? The language server
 * decides the details; here a few small files are read, and nothing else happens in a folder that is not ours.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toolTable } from '@pysm/server/recognition';

/** Folders above a file that are looked at. */
const HEIGHT_LIMIT = 100;

/** Whether the text of a pyproject.toml declares a PySM project. */
export const declaresProject = (text: string): boolean => toolTable(text) !== undefined;

/** Whether a PySM project is at or above a folder. */
export function isInProject(folder: string): boolean {
  let current = folder;
  for (let height = 0; height < HEIGHT_LIMIT; height++) {
    if (declaresProject(read(join(current, 'pyproject.toml')))) return true;
    const parent = dirname(current);
    if (parent === current) return false;
    current = parent;
  }
  return false;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // No such file: the usual case.
  }
}
