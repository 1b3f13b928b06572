/**
 * Units that other units stand in: loops, branches, regions with a handler; and what raises in them. `unitsIn` makes
 * the units inside: `(frame, count) => nodes`.
 */
import { TAG_NAME } from '@pysm/isa';
import { leaf } from './stream.mjs';

const BRANCHES = [
  'LT',
  'LE',
  'EQ',
  'NE',
  'GT',
  'GE',
  'NLT',
  'NLE',
  'NGT',
  'NGE',
  'NEQ',
  'NNE',
  'IS',
  'NIS',
  'IN',
  'NIN',
];
const TAGS = [...TAG_NAME.values()];

/** Raises, or writes a value that the I/O space does not take; depends on a bit, so that what follows is reached. */
export function raise(operands, frame) {
  const c = operands.choices;
  const skip = operands.label();
  const raising = c.weighted([
    [4, [`RAISE ${c.pick(frame.any)}`]],
    [2, [`RERAISE ${c.pick(frame.any)}`]],
    [1, ['LDG S,@__main__.obj', 'IOW IO.PIN+4,S']],
    [1, ['LDI S,132', 'LDG S,@__main__.tup', 'IOW S,S']],
  ]);
  return leaf(`BBS ${c.pick(frame.ints)},${c.below(6)},${skip}`, ...raising, `${skip}:`);
}

/** A loop over an iterator. */
export function iteration(operands, frame, unitsIn) {
  const c = operands.choices;
  const push = [];
  const [group] = frame.groups;
  const source = c.chance(80)
    ? operands.object(push, 'lst', 'tup', 'byt', 'bar', 'gen', 'lst2')
    : operands.any(frame, push);
  const inner = { ...frame, groups: frame.groups.slice(1), depth: frame.depth + 1 };
  const [top, test] = [operands.label(), operands.label()];
  const fresh = c.chance(30) ? ['CALL gen0,0', 'STG @__main__.gen,S'] : [];
  const item = c.chance(80) ? c.pick(frame.any) : 'S';
  return {
    head: [
      ...fresh,
      ...push,
      `GETITER ${group},${source}`,
      `JMP ${test}`,
      `${top}:`,
      ...(item === 'S' ? ['POP 1'] : []),
    ],
    body: unitsIn(inner, c.between(1, 3)),
    tail: [`${test}:`, `FORITER ${item},${group},${top}`],
  };
}

/** A loop that counts. */
export function loop(operands, frame, unitsIn) {
  const c = operands.choices;
  const [counter] = frame.counters;
  const inner = { ...frame, counters: frame.counters.slice(1), depth: frame.depth + 1 };
  const top = operands.label();
  if (c.chance(60)) {
    const last = c.pick(['1', '2', '3']);
    return {
      head: [`MOV ${counter},0`, `${top}:`],
      body: unitsIn(inner, c.between(1, 4)),
      tail: [`FORR ${counter},${last},${top}`],
    };
  }
  const [group] = frame.groups;
  const step = c.pick([1, 2, 5, -1, -3]);
  const nested = { ...inner, groups: frame.groups.slice(1) };
  return {
    head: [
      `LDI ${counter},${c.between(-2, 2)}`,
      `LDI ${group},${step}`,
      `LDI ${group}b,${step > 0 ? c.between(0, 9) : c.between(-9, 0)}`,
      `${top}:`,
    ],
    body: unitsIn(nested, c.between(1, 3)),
    tail: [`FORS ${counter},${group},${top}`],
  };
}

/** A forward branch over a few units, some of them calls. */
export function condition(operands, frame, unitsIn) {
  const c = operands.choices;
  const push = [];
  const [skip, end] = [operands.label(), operands.label()];
  const test = c.weighted([
    [
      6,
      () => {
        const a = operands.any(frame, push);
        return `B${c.pick(BRANCHES)} ${a},${operands.any(frame, push)},${skip}`;
      },
    ],
    [3, () => `${c.pick(['BT', 'BF'])} ${operands.any(frame, push)},${skip}`],
    [2, () => `${c.pick(['BBS', 'BBC'])} ${operands.any(frame, push)},${c.below(64)},${skip}`],
    [1, () => `${c.pick(['BTAG', 'BNTAG'])} ${operands.any(frame, push)},${c.pick(TAGS)},${skip}`],
    [1, () => `${c.pick(['BUNB', 'BBND'])} ${operands.any(frame, push)},${skip}`],
  ])();
  const inner = { ...frame, depth: frame.depth + 1 };
  const body = unitsIn(inner, c.between(1, 3));
  if (c.chance(70)) return { head: [...push, test], body, tail: [`${skip}:`] };
  return {
    head: [...push, test],
    body: [...body, { head: [`JMP ${end}`, `${skip}:`], body: unitsIn(inner, 1), tail: [`${end}:`] }],
  };
}

/** A region with a handler of its own. */
export function attempt(operands, frame, unitsIn) {
  const c = operands.choices;
  const [name, start, end, target, out] = ['T', 'S', 'E', 'H', 'X'].map((prefix) => operands.label(`${prefix}_`));
  const inner = { ...frame, handler: name, depth: frame.depth + 1 };
  const outer = frame.handler === '0' ? '' : ` ${frame.handler}`;
  return {
    directives: [`handler ${name} ${start} ${end} ${target}${outer}`],
    head: [`SETH ${name}`, `${start}:`],
    body: [...unitsIn(inner, c.between(1, 3)), raise(operands, inner)],
    tail: [
      `${end}:`,
      `SETH ${frame.handler}`,
      `JMP ${out}`,
      `${target}:`,
      `CATCH ${frame.words}`,
      c.pick(['POP 1', `MOV ${c.pick(frame.any)},S`]),
      `SETH ${frame.handler}`,
      `${out}:`,
    ],
  };
}
