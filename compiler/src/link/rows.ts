/**
 * Row displacement: dispatch rows laid over each other in one table, so that attribute `a` of the class with row `r` is
 * entry `r + a`, and an entry belongs to the row exactly where its attribute number is `a`.
 *
 * An entry with attribute a at index i can only be of row i - a, so distinct rows can never be confused; two rows cannot
 * coincide because every row has an entry for the reserved attribute 1.
 */

/** Attribute numbers of each class's row, which must contain ATTR_CLASS. */
export type RowContents = ReadonlyMap<string, readonly number[]>;

/**
 * Row of each class (from 1; row 0 is invalid), by first fit in order of decreasing size, or undefined where the table
 * of `capacity` entries is too small.
 */
export function displaceRows(contents: RowContents, capacity: number): Map<string, number> | undefined {
  const used = new Uint8Array(capacity);
  const rows = new Map<string, number>();
  const order = [...contents].sort((x, y) => y[1].length - x[1].length);
  for (const [name, attributes] of order) {
    const last = capacity - 1 - Math.max(...attributes);
    let row = 1;
    while (row <= last && attributes.some((attribute) => used[row + attribute] === 1)) row++;
    if (row > last) return undefined;
    for (const attribute of attributes) used[row + attribute] = 1;
    rows.set(name, row);
  }
  return rows;
}

/**
 * Numbers for attribute names from `first` on: names that many rows hold come first, which packs rows tightly and keeps
 * the table short. `uses` gives the number of rows by name.
 */
export function numberAttributes(uses: ReadonlyMap<string, number>, first: number): Map<string, number> {
  const order = [...uses].map(([name, count], i) => ({ name, count, i }));
  order.sort((x, y) => y.count - x.count || x.i - y.i);
  return new Map(order.map(({ name }, i) => [name, first + i]));
}
