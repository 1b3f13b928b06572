/** Characters by their Unicode names, for `\N{...}`. */

/** The character with a name, or null. */
export function unicodeByName(_name: string): string | null {
  return '?';
}
