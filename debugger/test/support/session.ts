/** Debug sessions on the small machine, and programs that several tests debug. */
import { floatWord, intWord } from '@pysm/isa';
import type { Launcher } from '../../src/launch.js';
import { DebugClient } from './client.js';
import { call, global, halt, layOut, local, Machine, nop, type ProgramText, print, ret, trap } from './machine.js';

/** Path of the program that is debugged. */
export const MAIN = '/project/main.py';

/** A client whose launches run `text`; `breakpoints`: comparators of the machine, without end unless given. */
export function session(text: ProgramText, breakpoints?: number): { client: DebugClient; machine: Machine } {
  const program = layOut(text);
  const machine = new Machine(program, breakpoints);
  const launcher: Launcher = {
    build: async () => ({ image: program.image }),
    createTarget: async (kind) => {
      if (kind !== 'sim') throw new Error(`there is no target ${kind}`);
      return machine;
    },
    readSource: () => Array.from({ length: 40 }, (_, i) => `    line${i + 1}`).join('\n'),
  };
  return { client: new DebugClient(launcher), machine };
}

/** Start code that calls the module and halts with 0. */
export const start = {
  name: '_start',
  file: 1,
  runtime: true,
  code: [
    [0, call('<module>')],
    [0, halt(0)],
  ],
} as const;

/** Module code on lines 1-4 calls f (lines 10-13), which calls g (20-21) and a runtime function. */
export const CALLS: ProgramText = {
  files: [MAIN, '<runtime>'],
  globals: ['n', 'text'],
  functions: [
    start,
    {
      name: '<module>',
      code: [
        [1, global(0, intWord(2))],
        [2, nop],
        [0, call('f')],
        [0, nop],
        [3, call('f')],
        [4, print('done\n')],
        [0, ret],
      ],
    },
    {
      name: 'f',
      locals: ['x', 'y'],
      code: [
        [10, local(0, intWord(7))],
        [11, nop],
        [0, call('g')],
        [0, local(1, floatWord(0.5))],
        [12, trap('_add')],
        [13, nop],
        [0, ret],
      ],
    },
    {
      name: 'g',
      code: [
        [20, nop],
        [21, call('_print')],
        [0, ret],
      ],
    },
    {
      name: '_print',
      file: 1,
      runtime: true,
      code: [
        [0, print('hello\n')],
        [0, ret],
      ],
    },
    {
      name: '_add',
      file: 1,
      runtime: true,
      code: [
        [0, nop],
        [0, call('_print')],
        [0, ret],
      ],
    },
  ],
};
