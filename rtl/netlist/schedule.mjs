/**
 * An order of statements of which many stand under conditions, with those under the same conditions side by side so that
 * they are tested once.
 */

/**
 * @typedef {object} Statement
 * @property {readonly number[]} path literals under which it is executed, from the outermost
 * @property {Set<Statement>} after statements that it must follow
 */

class Region {
  children = new Map();
  ready = [];
  statements = [];

  constructor(literal, parent) {
    this.literal = literal;
    this.parent = parent;
  }

  child(literal) {
    if (!this.children.has(literal)) this.children.set(literal, new Region(literal, this));
    return this.children.get(literal);
  }
}

/**
 * Orders statements. Calls `open(literal)` and `close()` where a test begins and ends, and `emit(statement)`.
 * @param {readonly Statement[]} statements
 * @param {{ open: (literal: number) => void, close: () => void, emit: (statement: Statement) => void }} out
 */
export function schedule(statements, { open, close, emit }) {
  const root = new Region(undefined, undefined);
  const waits = new Map();
  const followers = new Map(statements.map((statement) => [statement, []]));
  const regionOf = new Map();
  const readyIn = new Map();
  const count = (region, change) => {
    for (let at = region; at; at = at.parent) readyIn.set(at, (readyIn.get(at) ?? 0) + change);
  };
  const release = (statement) => {
    const region = regionOf.get(statement);
    region.ready.push(statement);
    count(region, 1);
  };
  for (const statement of statements) {
    let region = root;
    for (const literal of statement.path) region = region.child(literal);
    regionOf.set(statement, region);
    for (let at = region; at; at = at.parent) at.statements.push(statement);
    waits.set(statement, statement.after.size);
    for (const before of statement.after) followers.get(before).push(statement);
  }
  for (const statement of statements) if (statement.after.size === 0) release(statement);

  const done = new Set();
  /** Share of a region's statements that wait for something outside of it, directly or not. */
  const blocked = (region) => {
    region.statements = region.statements.filter((statement) => !done.has(statement));
    const inside = new Set(region.statements);
    const stuck = region.statements.filter(({ after }) => [...after].some((s) => !done.has(s) && !inside.has(s)));
    const all = new Set(stuck);
    for (const statement of all) {
      for (const follower of followers.get(statement)) if (inside.has(follower)) all.add(follower);
    }
    return all.size / inside.size;
  };
  let left = statements.length;
  for (let region = root; left > 0 || region !== root; ) {
    const statement = region.ready.pop();
    if (statement) {
      emit(statement);
      done.add(statement);
      count(region, -1);
      left--;
      for (const follower of followers.get(statement)) {
        waits.set(follower, waits.get(follower) - 1);
        if (waits.get(follower) === 0) release(follower);
      }
      continue;
    }
    const enterable = [...region.children.values()].filter((child) => readyIn.get(child) > 0);
    if (enterable.length === 0) {
      if (region === root) throw new Error('statements wait for each other');
      close();
      region = region.parent;
      continue;
    }
    const scores = enterable.map(blocked);
    const best = enterable[scores.indexOf(Math.min(...scores))];
    // Inside a condition it may pay to go back out and let the others' statements become ready first.
    open(best.literal);
    region = best;
  }
}
