/** Generators and exceptions: MKGEN, YIELD, GRES, FORITER; RAISE, HSEL, UNW, CATCH, and both together. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  ENTRY_KIND,
  FAULT,
  GEN,
  getField,
  intWord,
  NONE_WORD,
  REF,
  SYSTEM_CAUSE,
  TRAP_OPERATION,
  UNBOUND_WORD,
  vectorIndex,
} from '@pysm/isa';
import { descriptor, HEAP, HEAP_END, heap, word } from './support/heap.js';
import { type Labels, machine, resultOf, run, type Setup } from './support/machine.js';

const I = intWord;

/** `def g(n): for i in range(n): got = yield i` over frame n, i, last, got. */
const GENERATOR = `
g:    MKGEN
      SUBI L2,L0,1
      LDI L1,0
loop: YIELD L3,L1
      FORR L1,L2,loop
      RET 7`;

describe('generators', () => {
  test('a for loop over a generator runs it to its end, at the costs of the table', async () => {
    const source = `main: MOV S,3
      CALL g,1,3
      GETITER L0,S
      JMP test
body: ADD L3,L3,L2
      ADDI L4,L4,1
test: FORITER L2,L0,body
      HALT 0,L3
${GENERATOR}`;
    const outcome = await run(source, { locals: [NONE_WORD, NONE_WORD, NONE_WORD, I(0), I(0)] });
    assert.deepEqual(resultOf(outcome), I(3));
    const setUp = 1 + (1 + 2) + (6 + 4) + 2 + 1;
    const enter = 5 + 2; // four words
    const suspend = 2 + 4;
    const first = enter + 1 + 1 + suspend + 1; // SUBI, LDI, YIELD, re-issue of FORITER
    const others = enter + 1 + 1 + suspend + 1; // re-issue of YIELD, FORR
    const last = enter + 1 + 3 + 3 + 3; // FORR falls out, RET from a generator, FORITER ends
    assert.equal(outcome.cycles, setUp + first + 2 * others + last + 3 * 2 + 1);
    const generator = (await outcome.simulator.read('stack', 0, 1))[0]!;
    const at = getField(generator.payload, REF.address);
    const [state, result] = await outcome.simulator.read('data', at + 1, 2);
    assert.equal(getField(state!.payload, GEN.state), 3);
    assert.deepEqual(result, I(7), 'its result is kept');
  });

  test('GRES sends: the value arrives at the YIELD; a fresh generator takes none', async () => {
    const source = `main: MOV S,0
      CALL g,1,1
      MOV L0,S
      GRES L1,L0,None
      GRES L2,L0,5
      HALT 0,L2
g:    MKGEN
      YIELD L1,1
      YIELD L1,L1
      RET None`;
    const outcome = await run(source, { locals: [NONE_WORD, NONE_WORD, NONE_WORD] });
    assert.deepEqual(resultOf(outcome), I(5));
  });

  test('GRES throws: the exception is raised at the pc of the YIELD, or of the first instruction', async () => {
    for (const [started, pc] of [
      [true, 'yielding'],
      [false, 'first'],
    ] as const) {
      const source = `main: MOV S,0
      CALL g,1,1
      MOV L0,S
      ${started ? 'GRES L1,L0,None' : 'NOP'}
      GRES L2,L0,L3,~1
      HALT 0,L2
g:    MKGEN
first: NOP
yielding: YIELD L1,1
      RET None
handler: RSRD S,0
      EXT S,S,0:16
      HALT 5,S`;
      const vectors = [{ index: SYSTEM_CAUSE.RAISE, handler: 'handler' }];
      const labels: Labels = { first: 7, yielding: 8 };
      const { reason } = await run(source, { locals: [NONE_WORD, NONE_WORD, NONE_WORD, I(99)], vectors });
      assert.deepEqual(reason, { kind: 'exited', code: 5, value: I(labels[pc]!) });
    }
  });

  test('a closure generator finds its environment below its frame at every entry', async () => {
    const source = `main: MOV S,6
      CALLV 1
      MOV L0,S
      MOV S,8               ; something else on the stack
      GRES L1,L0,None
      GRES L2,L0,None
      ADD S,L1,L2
      HALT 0,S
callee: MKGEN
      LDENV S,0
      YIELD _,S
      LDENV S,0
      YIELD _,S
      RET None`;
    const setup: Setup = {
      data: heap,
      heapBase: HEAP_END,
      locals: [NONE_WORD, NONE_WORD, NONE_WORD],
      stack: [HEAP.closure],
    };
    const outcome = await run(source, setup);
    assert.deepEqual(resultOf(outcome), I(6));
    assert.equal((await outcome.simulator.state()).sp, 4);
  });

  test('a generator that runs or is done cannot be entered', async () => {
    const next = Array.from({ length: 8 }, (_, group) => vectorIndex(TRAP_OPERATION.NEXT, group, 0));
    const source = `main: MOV S,0
      CALL g,1,0
      GETITER L0,S
again: FORITER L2,L0,again
      FORITER L2,L0,again
      HALT 0,1
g:    MKGEN
      RET 7
handler: HALT 4,L0`;
    const { reason } = await run(source, {
      locals: [NONE_WORD, NONE_WORD, NONE_WORD],
      vectors: next.map((index) => ({ index, handler: 'handler' })),
    });
    assert.equal(reason.kind === 'exited' && reason.code, 4);
  });

  test('YIELD outside a generator, and a frame beyond 32 words, fault', async () => {
    const outside = await run('CALL f,0,1\nf: YIELD L0,1');
    assert.equal(outside.reason.kind === 'fault' && outside.reason.fault, FAULT.RESUME);
    const large = await run('CALL f,0,15\nf: CLRL 20\nMKGEN');
    assert.equal(large.reason.kind === 'fault' && large.reason.fault, FAULT.FIELD);
  });

  test('a generator yields inside a handler region, and raises in it when entered again', async () => {
    const source = `main: MOV S,0
      CALL g,1,1
      MOV L0,S
      GRES L1,L0,None
      SETH 0
      GRES L2,L0,None
      HALT 0,L2
g:    MKGEN
      SETH 300
start: YIELD L1,1
      RAISE L1
end:  RET 9
caught: CATCH 2
      YIELD _,S
      RET None
handler: LDI S,0
      RSRD L1,S
      EXT L2,L1,28:16
      HSEL L3,L1,L2
      BNTAG L3,INT,none
      UNW 0,L0,L3
none: FAULT 2`;
    const outcome = await run(source, {
      locals: [NONE_WORD, NONE_WORD, NONE_WORD],
      data: (l) => [{ ...descriptor(l['start']!, l['end']!, l['caught']!), address: 300 }],
      heapBase: HEAP_END,
      vectors: [{ index: SYSTEM_CAUSE.RAISE, handler: 'handler', clear: 3 }],
    });
    // What was raised is what the second GRES sent: None.
    assert.deepEqual(resultOf(outcome), NONE_WORD);
  });
});

describe('exceptions', () => {
  /** The unwinder: searches frames and dead regions outwards, as the runtime's does. */
  const UNWINDER = `
handler: LDI L1,0
frame: RSRD L2,L1
      EXT L3,L2,28:16
ask:  HSEL L3,L2,L3
      BTAG L3,INT,found
      EXT L3,L3,0:16
      BNE L3,0,ask
      ADDI L1,L1,1
      JMP frame
found: UNW L1,L0,L3`;
  const vectors = [
    { index: SYSTEM_CAUSE.RAISE, handler: 'handler', clear: 3 },
    { index: SYSTEM_CAUSE.RERAISE, handler: 'handler', clear: 3 },
  ];
  const regions =
    (list: (l: Labels) => [address: number, ...range: [number, number, number, number?]][]) => (l: Labels) =>
      list(l).map(([address, start, end, target, outer]) => ({ ...descriptor(start, end, target, outer), address }));

  test('an exception is caught one frame up, in the region of the call', async () => {
    const source = `main: SETH 300
try:  MOV S,5
      CALL thrower,1,0
end:  HALT 0,1
caught: CATCH 1
      HALT 0,S
thrower: RAISE L0
${UNWINDER}`;
    const outcome = await run(source, {
      locals: [NONE_WORD],
      data: regions((l) => [[300, l['try']!, l['end']!, l['caught']!]]),
      heapBase: HEAP_END,
      vectors,
    });
    assert.deepEqual(resultOf(outcome), I(5));
    const { sp, rsp, handler } = await outcome.simulator.state();
    assert.deepEqual([sp, rsp, handler], [1, 1, 300]);
  });

  test('a raise behind an inner region goes to the outer one; a CALL entry counts as the pc before', async () => {
    const source = `main: SETH 300
outer: NOP
      SETH 301
inner: CALL nothing,0,0
leave: RAISE L0
end:  HALT 0,1
nothing: RET None
wrong: FAULT 1
caught: CATCH 1
      HALT 0,S
${UNWINDER}`;
    const outcome = await run(source, {
      locals: [I(3)],
      data: regions((l) => [
        [300, l['outer']!, l['end']!, l['caught']!],
        [301, l['inner']!, l['leave']!, l['wrong']!, 300],
      ]),
      heapBase: HEAP_END,
      vectors,
    });
    assert.deepEqual(resultOf(outcome), I(3));
  });

  test('a raise in the handler of an operation is caught around the operation', async () => {
    const source = `main: SETH 300
try:  ADD S,L0,L0
end:  HALT 0,1
caught: CATCH 1
      HALT 0,S
adder: RAISE 4
${UNWINDER}`;
    const outcome = await run(source, {
      locals: [HEAP.object],
      data: (l) =>
        [
          ...heap(l).filter((w) => w.address !== 300),
          { ...descriptor(l['try']!, l['end']!, l['caught']!), address: 300 },
        ].sort((a, b) => a.address - b.address),
      heapBase: HEAP_END,
      vectors: [...vectors, { index: vectorIndex(TRAP_OPERATION.ADD, 5, 5), handler: 'adder' }],
    });
    assert.deepEqual(resultOf(outcome), I(4));
  });

  test('UNW ends the use of the stack reserve', async () => {
    const source = `main: LDI L0,3
      SETH 300
try:  CALL deep,0,0
end:  HALT 0,1
caught: CATCH 1
      BEQ L0,0,done
      SUBI L0,L0,1
      POP 1
      JMP try
done: HALT 0,L0
deep: CALL deep,0,9
overflow: RAISE 1
${UNWINDER}`;
    const outcome = await run(source, {
      locals: [NONE_WORD],
      data: regions((l) => [[300, l['try']!, l['end']!, l['caught']!]]),
      heapBase: HEAP_END,
      vectors: [...vectors, { index: SYSTEM_CAUSE.STACK, handler: 'overflow' }],
    });
    assert.deepEqual(resultOf(outcome), I(0), 'four overflows, each caught');
  });

  test('RSRD gives the entry as a RAW word; HSEL without a descriptor has none', async () => {
    const simulator = await machine('CALL f,0,1\nf: RSRD L0,0\nHSEL S,L0,0\nHALT 0,S');
    assert.deepEqual(await simulator.run(), { kind: 'exited', code: 0, value: word('RAW', 0) });
    const [entry] = await simulator.read('stack', 0, 1);
    assert.equal(getField(entry!.payload, [44, 3]), ENTRY_KIND.CALL);
    assert.notDeepEqual(entry, UNBOUND_WORD);
  });
});
