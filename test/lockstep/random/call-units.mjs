/** Units that enter other functions: calls, generators, and what a closure reads of its environment. */
import { ATTRIBUTES, SMALL } from './operands.mjs';
import { leaf } from './stream.mjs';

/** A call of a function, a word, a method or an attribute, with a fitting number of arguments or another. */
export function call(operands, frame) {
  const c = operands.choices;
  const pushes = (count) => operands.pushers(frame, count);
  const drop = c.chance(40);
  const after = drop ? [] : [c.pick(['POP 1', `MOV ${c.pick(frame.any)},S`])];
  const tail = drop ? ',drop' : '';
  return c.weighted([
    [
      frame.callees.length > 0 ? 6 : 0,
      () => {
        const { name, min, max } = c.pick(frame.callees);
        const n = c.between(min, max);
        return leaf(...pushes(n), `CALL ${name},${n}${tail}`, ...after);
      },
    ],
    [
      2,
      () => {
        const n = c.below(6);
        return leaf(`LDK S,func ${c.pick(['sink', 'meth'])}`, ...pushes(n), `CALLV ${n}${tail}`, ...after);
      },
    ],
    [
      2,
      () => {
        const n = c.below(4);
        return leaf(
          `LDG S,@__main__.${c.pick(['clo', 'sinkclosure', 'bound'])}`,
          ...pushes(n),
          `CALLV ${n}${tail}`,
          ...after,
        );
      },
    ],
    [
      1,
      () => {
        const n = c.below(4);
        return leaf(operands.pusher(frame), ...pushes(n), `CALLV ${n}${tail}`, ...after);
      },
    ],
    [1, () => leaf(`LDK S,class ${c.pick(['C0', 'C1'])}`, ...pushes(2), `CALLV 2${tail}`, ...after)],
    [
      4,
      () => {
        const n = c.below(4);
        const attribute = c.pick(ATTRIBUTES);
        return leaf(
          `LDG S,@__main__.${c.pick(['obj', 'objx', 'sub'])}`,
          ...pushes(n),
          `CALLM ${attribute},${n}${tail}`,
          ...after,
        );
      },
    ],
    [
      1,
      () => {
        const n = c.below(3);
        return leaf(operands.pusher(frame), ...pushes(n), `CALLM ${c.pick(ATTRIBUTES)},${n}${tail}`, ...after);
      },
    ],
    [1, () => leaf(operands.pusher(frame), ...pushes(2), 'CALLKW 2,("p",)', 'POP 1')],
  ])();
}

/** Resumes a generator or makes a new one. */
export function generator(operands, frame) {
  const c = operands.choices;
  const [d, after] = operands.destination(frame);
  const push = [];
  const g = c.chance(85) ? operands.object(push, 'gen') : operands.any(frame, push);
  const v = operands.any(frame, push);
  return c.weighted([
    [4, () => leaf(...push, `GRES ${d},${g},${v}`, ...after)],
    [1, () => leaf(...push, `GRES.throw ${d},${g},${v}`, ...after)],
    [2, () => leaf(`CALL gen${c.below(2)},0`, 'STG @__main__.gen,S')],
    [1, () => leaf('LDG S,@__main__.cell', 'LDK S,func gen2', 'MKCLO S,S,1', 'CALLV 0', 'STG @__main__.gen,S')],
  ])();
}

/** Suspends the generator that it stands in. */
export function suspend({ choices }, frame) {
  return leaf(`YIELD ${choices.pick([...frame.any, '_'])},${choices.pick([...frame.any, ...SMALL])}`);
}

/** Reads and writes what the closure that it stands in has captured. */
export function closure(operands, frame) {
  const c = operands.choices;
  const [d, after] = operands.destination(frame);
  return c.weighted([
    [2, () => leaf(`LDENV ${d},${c.pick([0, 1, 2, 3])}`, ...after)],
    [2, () => leaf(`LDDEREF ${d},${c.pick([1, 2])}`, ...after)],
    [1, () => leaf(`STDEREF 1,${c.pick(frame.any)}`)],
  ])();
}
