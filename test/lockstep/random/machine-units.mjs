/** Units of what the runtime and the drivers use: raw memory, tables and control registers; I/O and interrupts. */
import { IO, TAG } from '@pysm/isa';
import { READABLE } from './operands.mjs';
import { leaf } from './stream.mjs';
import { harmless } from './value-units.mjs';

/** Pins that only the outside drives. */
export const OUTSIDE_PINS = [1, 2, 3];

/** Raw memory within the blocks that are there for it, the tables, cells and control registers. */
export function raw(operands, frame) {
  const c = operands.choices;
  const block = () => `LDG S,@__main__.${c.pick(['scr', 'scr2'])}`;
  const off = c.between(1, 31);
  const push = [];
  return c.weighted([
    [
      2,
      () => {
        const [d, after] = operands.destination(frame);
        return leaf(block(), `LDW ${d},S,${off}`, ...after);
      },
    ],
    [2, () => leaf(block(), operands.pusher(frame), `STW S,${off},S`)],
    [
      2,
      () => {
        const [d, after] = operands.destination(frame);
        return leaf(block(), `AND S,${c.pick(frame.ints)},31`, `LDXR ${d},S,S`, ...after);
      },
    ],
    [2, () => leaf(block(), `AND S,${c.pick(frame.ints)},15`, 'ADD S,S,1', operands.pusher(frame), 'STXR S,S,S')],
    [2, () => leaf(block(), `AND S,${c.pick(frame.ints)},255`, `LDB ${operands.intDestination(frame)},S,S`)],
    [
      2,
      () => leaf(block(), `AND S,${c.pick(frame.ints)},127`, 'ADD S,S,8', `MOV S,${c.pick(frame.ints)}`, 'STB S,S,S'),
    ],
    [
      1,
      () => {
        const [d, after] = operands.destination(frame);
        return leaf('LDG S,@__main__.tab', `MOV S,${c.pick(frame.ints)}`, `LDHX ${d},S,S`, ...after);
      },
    ],
    // Both blocks have 32 words; word 0, the header, stays.
    [
      1,
      () =>
        leaf(
          'LDG S,@__main__.scr',
          'RADD S,S,1',
          `TAGW S,S,${TAG.RAW}`,
          'LDG S,@__main__.scr2',
          'RADD S,S,2',
          `TAGW S,S,${TAG.RAW}`,
          `MCPY S,S,${c.between(1, 16)}`,
        ),
    ],
    [1, () => leaf(block(), 'RADD S,S,1', `TAGW S,S,${TAG.RAW}`, `MCLR S,${c.between(1, 30)}`)],
    [
      1,
      () => {
        const [d, after] = operands.destination(frame);
        return leaf(`AND S,${c.pick(frame.ints)},255`, `${c.pick(['DTRD', 'DTKD'])} ${d},S`, ...after);
      },
    ],
    [1, () => leaf('LDK S,entry C1 .k', operands.pusher(frame), 'DTWR S,S')],
    [
      1,
      () => {
        const [d, after] = operands.destination(frame);
        return leaf(`AND S,${c.pick(frame.ints)},7`, `GLRD ${d},S`, ...after);
      },
    ],
    [
      1,
      () => {
        const a = operands.any(frame, push);
        const [d, after] = operands.destination(frame);
        return leaf(...push, `HASH ${d},${a}`, ...after);
      },
    ],
    [
      1,
      () => {
        const [d, after] = operands.destination(frame);
        return leaf(`LDG S,@__main__.${c.pick(['cell', 'ucell'])}`, `LDCELL ${d},S`, ...after);
      },
    ],
    [1, () => leaf('LDG S,@__main__.cell', operands.pusher(frame), 'STCELL S,S')],
    [1, () => leaf(`UNB ${c.pick(frame.any)}`)],
    [1, () => leaf(`CSRR S,${c.pick(['TROW+5', 'TROW+7'])}`, `CSRW ${c.pick(['TROW+31', 'TROW+6'])},S`)],
    [1, () => leaf(`LDI S,${c.below(2000)}`, 'CSRW HPEAK,S')],
    [1, () => leaf('SPAN')],
    [1, () => leaf(`CHKSP ${c.below(60)}`)],
  ])();
}

/** Pins, UART, console, timer and interrupts. */
export function io(operands, frame) {
  const c = operands.choices;
  const [out, into] = c.pick([
    [4, 5],
    [6, 7],
  ]);
  const level = c.below(2);
  const skip = operands.label();
  return c.weighted([
    [3, () => leaf(`IOW IO.PIN+${out},${level}`)],
    [
      2,
      () =>
        leaf(
          `IOW IO.PIN+${out},${level}`,
          ...Array.from({ length: c.below(4) }, () => 'NOP'),
          `IOR ${operands.intDestination(frame)},IO.PIN+${into}`,
        ),
    ],
    [2, () => leaf(`IOW IO.PIN+${out},${level}`, `WAITP ${into},${level}`)],
    [2, () => ({ head: [`IOB ${into},${level},${skip}`], body: [harmless(operands, frame)], tail: [`${skip}:`] })],
    [
      1,
      () => ({
        head: [`IOB ${c.pick(OUTSIDE_PINS)},${level},${skip}`],
        body: [harmless(operands, frame)],
        tail: [`${skip}:`],
      }),
    ],
    [2, () => leaf(`IOR ${operands.intDestination(frame)},${c.pick(READABLE)}`)],
    [1, () => leaf(`LDI S,${c.between(32, 126)}`, `IOW IO.${c.pick(['UART_TX', 'CONSOLE_ERR'])},S`)],
    [1, () => leaf(`IOW IO.PIN_PULL+${c.between(8, 11)},${c.below(3)}`)],
    [1, () => leaf(`IOW IO.PIN_DIRECTION+${c.between(8, 11)},${c.below(2)}`)],
    [1, () => leaf(`LDI S,${c.pick([IO.TIME_US, IO.CYCLE, IO.CLOCK_HZ])}`, `IOR ${operands.intDestination(frame)},S`)],
    [1, () => leaf('RDC S', `ADD S,S,${c.between(1, 500)}`, 'IOW IO.TIMER_COMPARE,S', 'IOW IO.TIMER_ENABLE,1')],
    [1, () => ({ head: [`IEN ${c.below(2)}`], body: [harmless(operands, frame)], tail: ['IEN 1'] })],
    [1, () => leaf(`LDI S,${c.pick([0, 1, 3, 7])}`, 'IOW IO.IRQ_ENABLE,S')],
  ])();
}
