/** Paths as editors send them (plain, or as `file:` URIs) compared with those of the debug information. */

/** The plain path of a `file:` URI; anything else is a path already. */
export function plainPath(path: string): string {
  if (!path.startsWith('file://')) return path;
  try {
    const decoded = decodeURIComponent(path.slice('file://'.length).replace(/^[^/]*/, ''));
    return /^\/[A-Za-z]:/.test(decoded) ? decoded.slice(1) : decoded;
  } catch {
    return path; // Not a well-formed URI, so it may as well be a strange path.
  }
}

/** Whether two spellings name the same file: `file:` URIs, either slash, and Windows drive letters in either case. */
export const samePath = (a: string, b: string): boolean => comparable(a) === comparable(b);

function comparable(path: string): string {
  const slashed = plainPath(path).replaceAll('\\', '/');
  return /^[A-Za-z]:/.test(slashed) ? slashed.toLowerCase() : slashed;
}

/** Last component of a path. */
export const baseName = (path: string): string => plainPath(path).split(/[\\/]/).pop() ?? path;
