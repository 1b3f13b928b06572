/** "Did you mean": names near a misspelt one. */

/** Number of letters to insert, delete or replace to make one name of the other. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(previous[j]! + 1, row[j - 1]! + 1, replaced));
    }
    previous = row;
  }
  return previous[b.length]!;
}

/** Most letters in which a name may differ to be proposed, and most names that are. */
const DISTANCE = 2;
const PROPOSALS = 3;

/** `; did you mean ADD or AND?`, or nothing where no name is near. */
export function didYouMean(name: string, names: Iterable<string>): string {
  const near: [distance: number, name: string][] = [];
  for (const other of names) {
    if (Math.abs(other.length - name.length) > DISTANCE) continue;
    const distance = editDistance(name, other);
    if (distance <= DISTANCE && distance < Math.max(name.length, other.length)) near.push([distance, other]);
  }
  near.sort((x, y) => x[0] - y[0]);
  const proposals = near.slice(0, PROPOSALS).map(([, other]) => other);
  return proposals.length > 0 ? `; did you mean ${proposals.join(' or ')}?` : '';
}
