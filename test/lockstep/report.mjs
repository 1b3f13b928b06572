/** The first difference, for people: what the instruction was, what both sides say, and how they came there. */

import { instructionPrinter } from '@pysm/compiler';
import { TAG_NAME } from '@pysm/isa';
import { RETIRE } from '@pysm/rtl';
import { SPACES } from './shadow.mjs';

const KIND = [];
KIND[RETIRE.INSTRUCTION] = '';
KIND[RETIRE.TRAP] = 'trap';
KIND[RETIRE.INTERRUPT] = 'interrupt';
KIND[RETIRE.EXIT] = 'exit';
KIND[RETIRE.FAULT] = 'fault';

/** A word, number or text. */
export function valueText(value) {
  if (typeof value !== 'object' || value === null) return String(value);
  const { tag, payload } = value;
  const bits = BigInt.asUintN(64, payload).toString(16);
  return `${TAG_NAME.get(tag) ?? `tag 0x${tag.toString(16)}`} ${payload}${payload > 9 || payload < 0 ? ` (0x${bits})` : ''}`;
}

function recordLines(record, number, print) {
  const kind = KIND[record.kind] ?? `kind ${record.kind}`;
  const vector = record.kind === RETIRE.TRAP ? ` vector ${record.vector}` : '';
  const pending = record.resumePending ? ` RRV ${record.resumePending} RR ${valueText(record.resume)}` : '';
  const { sp, fp, handler, rsp } = record;
  const head = [
    String(number).padStart(9),
    String(record.cycle).padStart(9),
    String(record.pc).padStart(6),
    print(record.instruction, record.pc).padEnd(28),
    `${kind}${vector}`.padEnd(12),
    `-> ${record.nextPc}`.padEnd(9),
    `SP ${sp} FP ${fp} RSP ${rsp}${handler ? ` H ${handler}` : ''}${record.interruptsEnabled ? ' IE' : ''}${pending}`,
  ].join(' ');
  return [
    head,
    ...record.beats.map(
      ({ space, address, word }) => `${' '.repeat(27)}${SPACES[space]} ${address} := ${valueText(word)}`,
    ),
  ];
}

/**
 * @param {import('./compare.mjs').Difference} difference
 * @param {import('@pysm/isa').Image} image
 * @returns {string}
 */
export function differenceText({ record, field, core, simulator, history }, image) {
  const print = instructionPrinter(image);
  const last = history.at(-1);
  const place = last ? ` at pc ${last.pc}: ${print(last.instruction, last.pc)}` : ' before the first record';
  const first = record - history.length + 1;
  return [
    `The core and the simulator differ in ${field}, record ${record}${place}`,
    `  core       ${valueText(core)}`,
    `  simulator  ${valueText(simulator)}`,
    '',
    '   record     cycle     pc instruction',
    ...history.flatMap((r, i) => recordLines(r, Math.max(0, first + i), print)),
  ].join('\n');
}
