/** Units on objects: attributes, items, and what is allocated. */
import { TAG } from '@pysm/isa';
import { ATTRIBUTES } from './operands.mjs';
import { leaf } from './stream.mjs';

/** Size classes that units put blocks on the free lists of, with a block's words; `reset` empties them. */
const FREED = [
  [1, 3],
  [4, 6],
  [5, 8],
  [9, 24],
];

/** Reads, writes, deletes an attribute or tests for one. */
export function attribute(operands, frame) {
  const c = operands.choices;
  const push = [];
  const o = c.chance(75) ? operands.object(push, 'obj', 'objx', 'sub', 'obj') : operands.any(frame, push);
  const attribute = c.pick(ATTRIBUTES);
  return c.weighted([
    [
      5,
      () => {
        const [d, after] = operands.destination(frame);
        return leaf(...push, `LDA ${d},${o},${attribute}`, ...after);
      },
    ],
    [
      3,
      () => {
        const v = operands.any(frame, push);
        return leaf(...push, `STA ${o},${attribute},${v}`);
      },
    ],
    [1, () => leaf(...push, `DELA ${o},${attribute}`)],
    [
      2,
      () => {
        const [d, after] = operands.destination(frame);
        return leaf(...push, `ISA ${d},${o},${c.pick(['.isa C0', '.isa C1', '.x', '.none'])}`, ...after);
      },
    ],
  ])();
}

/** Reads, writes, deletes, appends or unpacks items. */
export function item(operands, frame) {
  const c = operands.choices;
  const push = [];
  const container = c.chance(80)
    ? operands.object(push, 'lst', 'lst', 'lst2', 'tup', 'byt', 'bar')
    : operands.any(frame, push);
  const index = () => (c.chance(75) ? String(c.between(-1, 2)) : operands.any(frame, push));
  return c.weighted([
    [
      5,
      () => {
        const b = index();
        const [d, after] = operands.destination(frame);
        return leaf(...push, `LDX ${d},${container},${b}`, ...after);
      },
    ],
    [
      3,
      () => {
        const b = index();
        const v = operands.any(frame, push);
        return leaf(...push, `STX ${container},${b},${v}`);
      },
    ],
    [
      1,
      () => {
        const b = index();
        return leaf(...push, `DELX ${container},${b}`);
      },
    ],
    [
      3,
      () => {
        const v = operands.any(frame, push);
        return leaf(...push, `LAPP ${container},${v}`);
      },
    ],
    [
      2,
      () => {
        const n = c.below(4);
        return leaf(...push, `UNPACK ${container},${n}`, ...(n > 0 ? [`POP ${n}`] : []));
      },
    ],
  ])();
}

/** Makes an object. */
export function build(operands, frame) {
  const c = operands.choices;
  const [d, after] = operands.destination(frame);
  const items = (count) => operands.pushers(frame, count);
  const n = c.weighted([
    [8, c.below(5)],
    [1, c.between(5, 32)],
  ]);
  return c.weighted([
    [2, () => leaf(`NEW ${d},class ${c.pick(['C0', 'C1'])}`, ...after)],
    [3, () => leaf(...items(n), `BTUP ${d},${n}`, ...after)],
    [3, () => leaf(...items(n), `BLIST ${d},${n}`, ...after)],
    [
      2,
      () => {
        const push = [];
        const a = operands.any(frame, push);
        return leaf(...push, `MKCELL ${d},${a}`, ...after);
      },
    ],
    [
      1,
      () =>
        leaf(
          ...items(2),
          'LDG S,@__main__.cell',
          'LDG S,@__main__.ucell',
          'LDK S,func clo',
          `MKCLO ${d},S,4`,
          ...after,
        ),
    ],
    [1, () => leaf(...items(n), `BSET ${d},${n}`, ...after)],
    [1, () => leaf(...items(4), `BMAP ${d},2`, ...after)],
    [1, () => leaf(...items(3), `BSLICE ${d}`, ...after)],
    [
      1,
      () =>
        leaf(
          `LDI S,${c.weighted([
            [6, c.between(1, 40)],
            [1, c.between(41, 700)],
            [1, 40000],
          ])}`,
          `ALLOC ${d},S`,
          ...after,
        ),
    ],
    [1, () => free(operands, frame)],
  ])();
}

/** Takes a block and puts it on its free list. */
function free(operands, frame) {
  const c = operands.choices;
  const [sizeClass, words] = c.pick(FREED);
  const [block, header] = [c.pick(frame.any), c.pick(frame.ints)];
  const kept = `LDI ${header},0`;
  return leaf(
    `LDI S,${words}`,
    `ALLOC ${block},S`,
    `CSRR ${header},FREE+${sizeClass}`,
    `LDI S,48`,
    `RSHL ${header},${header},S`,
    `TAGW S,${header},${TAG.HDR}`,
    `MOV ${header},S`,
    `STW ${block},0,${header}`,
    `EXT ${header},${block},0:24`,
    `CSRW FREE+${sizeClass},${header}`,
    kept,
  );
}
