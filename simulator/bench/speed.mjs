/**
 * Speed of the simulator on hand-written loops, in millions of cycles and instructions a second of
 * processor time, with a breakpoint set
 * beside the loop.
 *
 *     node simulator/bench/speed.mjs [name]
 *
 * Needs a build; the loops are assembled by the tests' own assembler.
 */
import { floatWord, intWord } from '@pysm/isa';
import { machine } from '../dist/test/support/machine.js';

const N = intWord(1_000_000_000);

/** Each runs `L0` iterations or until the cycle limit. Locals are given from L0 on. */
const LOOPS = {
  'for i in range(n): pass': { source: 'loop: FORR L1,L0,loop\n HALT 0,None', locals: [N, intWord(0)] },
  'while i < n: i += 1': {
    source: 'JMP test\nloop: ADDI L1,L1,1\ntest: BLT L1,L0,loop\n HALT 0,None',
    locals: [N, intWord(0)],
  },
  'fib(32)': {
    source: `main: MOV S,L0
      CALL fib,1,0
      RET S
fib:  BLE 2,L0,more
      RET L0
more: SUBI S,L0,1
      CALL fib,1,0
      SUBI S,L0,2
      CALL fib,1,0
      ADD S,S,S
      RET S
      HALT 0,None`,
    locals: [intWord(32)],
  },
  crc16: {
    source: `outer: ANDI S,L1,255
      SHLI S,S,8
      XOR L2,L2,S
      LDI L3,0
      LDI L4,7
bit:  BBC L2,15,even
      SHLI S,L2,1
      XOR S,S,L5
      ZXTI L2,S,16
      FORR L3,L4,bit
      JMP done
even: SHLI S,L2,1
      ZXTI L2,S,16
      FORR L3,L4,bit
done: FORR L1,L0,outer
      HALT 0,None`,
    locals: [N, intWord(0), intWord(0xffff), intWord(0), intWord(0), intWord(0x1021)],
  },
  'float x*y + x': {
    source: `loop: MUL S,L2,L3
      ADD L2,S,L3
      SUB L2,L2,L3
      FORR L1,L0,loop
      HALT 0,None`,
    locals: [N, intWord(0), floatWord(1.5), floatWord(1.0)],
  },
  'list load and compare': {
    source: `main: MOV S,1
      MOV S,2
      MOV S,3
      MOV S,4
      BLIST L2,4
loop: ANDI L3,L1,3
      LDX S,L2,L3
      LDX S,L2,0
      BGT S,S,skip
      ADD L4,L4,L3
skip: FORR L1,L0,loop
      HALT 0,None`,
    locals: [N, intWord(0), intWord(0), intWord(0), intWord(0)],
  },
};

const only = process.argv[2];
const rows = [];
for (const [name, { source, locals }] of Object.entries(LOOPS)) {
  if (only && !name.includes(only)) continue;
  const simulator = await machine(source, { locals });
  await simulator.setBreakpoints([source.split('\n').length - 1]);
  await simulator.run({ untilCycle: 3_000_000 });
  const before = await simulator.state();
  const start = process.cpuUsage();
  await simulator.run({ untilCycle: before.cycles + 60_000_000 });
  const seconds = process.cpuUsage(start).user / 1e6;
  const after = await simulator.state();
  rows.push({
    loop: name,
    'Mcycles/s': Math.round((after.cycles - before.cycles) / seconds / 1e6),
    'Minstructions/s': Math.round((after.instructions - before.instructions) / seconds / 1e6),
  });
}
console.table(rows);
