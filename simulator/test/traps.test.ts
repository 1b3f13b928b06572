/** The trap and resume contract: one test for each of its rules. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  boolWord,
  ENTRY_KIND,
  FAULT,
  INSTRUCTIONS,
  intWord,
  SYSTEM_CAUSE,
  str7Word,
  TIMING,
  TRAP_OPERATION,
  UNBOUND_WORD,
  vectorIndex,
  type Word,
} from '@pysm/isa';
import { ATTRIBUTES, dispatch, func, HEAP, HEAP_END, heap } from './support/heap.js';
import { machine, resultOf, run, type Setup } from './support/machine.js';

const I = intWord;
/** Vectors of an operation for all groups. */
const all = (operation: keyof typeof TRAP_OPERATION, handler = 'handler', clear = 0) =>
  Array.from({ length: 64 }, (_, i) => ({ index: vectorIndex(TRAP_OPERATION[operation], 0, 0) + i, handler, clear }));
const system = (cause: keyof typeof SYSTEM_CAUSE, handler = 'handler', clear = 0) => [
  { index: SYSTEM_CAUSE[cause], handler, clear },
];
const OBJECTS: Setup = { data: heap, dispatch, heapBase: HEAP_END };

describe('trap and resume', () => {
  test('rule 1, clean point: a FORITER that faults on its item has not advanced the iterator', async () => {
    const setup: Setup = { ...OBJECTS, locals: [HEAP.dict, I(5), UNBOUND_WORD], vectors: all('NEXT') };
    const simulator = await machine('FORITER L2,L0,end\nend: NOP\nhandler: NOP', setup);
    await simulator.stepInstruction();
    assert.deepEqual(await simulator.read('stack', 0, 3), [HEAP.dict, I(5), UNBOUND_WORD]);
  });

  test('rule 2, operands: values are pushed a, b, v, and the stack operands are gone', async () => {
    for (const [text, stack] of [
      ['STX S,S,S', [HEAP.dict, I(1), I(2)]],
      ['STX L0,S,S', [I(1), I(2)]],
      ['STX L0,S,L2', [I(1)]],
      ['STX L0,L1,S', [I(2)]],
    ] as [string, Word[]][]) {
      const setup = { ...OBJECTS, locals: [HEAP.dict, I(1), I(2)], stack, vectors: all('STORE_ITEM') };
      const simulator = await machine(`${text}\nhandler: NOP`, setup);
      await simulator.stepInstruction();
      const { fp, sp } = await simulator.state();
      assert.equal(fp, 3, text);
      assert.deepEqual(await simulator.read('stack', fp, sp - fp), [HEAP.dict, I(1), I(2)], text);
    }
  });

  test('rule 3, entry: H is 0, the other locals are cleared, the entry holds pc, FP and H', async () => {
    const setup = { ...OBJECTS, locals: [HEAP.object], vectors: all('NEG', 'handler', 7) };
    const simulator = await machine('SETH 370\nNEG S,L0\nhandler: NOP', setup);
    await simulator.stepInstruction();
    await simulator.stepInstruction();
    const state = await simulator.state();
    assert.deepEqual([state.handler, state.sp - state.fp, state.cycles], [0, 8, 1 + 1 + 3 + 5]);
    assert.deepEqual(await simulator.read('stack', state.fp + 1, 7), Array(7).fill(UNBOUND_WORD));
    const [entry] = await simulator.returnStack();
    assert.deepEqual([entry!.pc, entry!.fp, entry!.handler, entry!.kind], [1, 0, 370, ENTRY_KIND.RESUME]);
  });

  test('rule 4, handler: TINS gives the trapped word, in nested traps as well', async () => {
    const source = `ADD S,L0,1
      HALT 0,S
outer: NEG _,L0
      TINS S
      RET S
inner: TINS S
      RET S`;
    const setup = { ...OBJECTS, locals: [HEAP.object], vectors: [...all('ADD', 'outer'), ...all('NEG', 'inner')] };
    const simulator = await machine(source, setup);
    const reason = await simulator.run();
    assert.equal(reason.kind === 'exited' && Number(reason.value.payload) >>> 24, 0x20);
  });

  test('rule 5, RET on a RESUME entry: the value waits in RR, FP, SP and H are those of before', async () => {
    const setup = { ...OBJECTS, locals: [HEAP.object], stack: [I(9)], vectors: all('NEG', 'handler', 4) };
    const simulator = await machine('SETH 370\nNEG S,L0\nHALT 0,S\nhandler: RET L0', setup);
    for (let i = 0; i < 3; i++) await simulator.stepInstruction();
    const state = await simulator.state();
    assert.deepEqual(
      [state.pc, state.sp, state.fp, state.handler, state.resumePending, state.resume],
      [1, 2, 0, 370, 1, HEAP.object],
    );
  });

  test('rule 6, re-issue: only the destination phase, in one cycle; branches by their prediction', async () => {
    const value = await run('NEG S,L0\nHALT 0,S\nhandler: RET 7', {
      ...OBJECTS,
      locals: [HEAP.object],
      vectors: all('NEG'),
    });
    assert.deepEqual(resultOf(value), I(7));
    // Trap 4, RET 2, re-issue 1, HALT 1.
    assert.equal(value.cycles, 8);
    for (const [answer, backward, cycles] of [
      ['True', true, 1],
      ['False', true, 3],
      ['True', false, 3],
      ['False', false, 1],
    ] as const) {
      const source = `main: JMP test
there: ${backward ? 'HALT 0,1' : 'NOP'}
test: BLT L0,L0,${backward ? 'there' : 'ahead'}
      HALT 0,2
ahead: HALT 0,1
handler: RET ${answer}`;
      const outcome = await run(source, { ...OBJECTS, locals: [HEAP.object], vectors: all('LT_BRANCH') });
      assert.deepEqual(resultOf(outcome), I(answer === 'True' ? 1 : 2));
      assert.equal(outcome.cycles, 1 + 4 + 2 + cycles + 1, `${answer} ${backward}`);
    }
  });

  test('rule 6: a compare-branch with both operands on the stack leaves the live word below, taken or not', async () => {
    for (const answer of ['True', 'False']) {
      const source = `BLE S,S,there\nHALT 0,S\nthere: HALT 1,S\nhandler: RET ${answer}`;
      const setup = { ...OBJECTS, stack: [I(42), HEAP.object, HEAP.object], vectors: all('LE_BRANCH') };
      const outcome = await run(source, setup);
      assert.deepEqual(resultOf(outcome), I(42));
      assert.equal(outcome.reason.kind === 'exited' && outcome.reason.code, answer === 'True' ? 1 : 0);
    }
  });

  test('rule 6: the answer to BF and to the negated branches is the truth, which they invert', async () => {
    for (const [text, operation] of [
      ['BF L0,there', 'TRUTH'],
      ['BNLT L0,L0,there', 'LT_BRANCH'],
      ['BNNE L0,L0,there', 'NE_BRANCH'],
    ] as const) {
      const source = `${text}\nHALT 0,1\nthere: HALT 0,2\nhandler: RET True`;
      const outcome = await run(source, { ...OBJECTS, locals: [HEAP.object], vectors: all(operation) });
      assert.deepEqual(resultOf(outcome), I(1), text);
    }
  });

  test('rule 6: destination phases of the other forms', async () => {
    const cases: [
      text: string,
      operation: keyof typeof TRAP_OPERATION,
      answer: string,
      result: Word,
      stack?: Word[],
    ][] = [
      ['LDA S,L0,50', 'LOAD_ATTR', '7', I(7)],
      ['LDX S,L0,1', 'LOAD_ITEM', '7', I(7)],
      ['LEN S,L0', 'LEN', '7', I(7)],
      ['CIN S,L0,L0', 'IN', 'True', boolWord(true)],
      ['GETITER L1,L0\nMOV S,L1', 'ITER', '7', I(7)],
      ['UNPACK L0,2', 'UNPACK', 'L1', I(7)],
      ['BMAP S,1', 'BUILD_MAP', '7', I(7), [I(1), I(2)]],
      ['BSLICE S', 'BUILD_SLICE', '7', I(7), [I(1), I(2), I(3)]],
      ['CALLKW 1,%k', 'CALL_KEYWORDS', '7', I(7), [I(1), I(2)]],
    ];
    for (const [text, operation, answer, result, stack] of cases) {
      // The handler's L1 is a tuple where UNPACK needs one.
      const source = `${text}\nHALT 0,S\nhandler: LDK L1,%tuple\nRET ${answer}`;
      const outcome = await run(source, {
        ...OBJECTS,
        locals: [HEAP.objectX, UNBOUND_WORD, UNBOUND_WORD],
        stack: stack ?? [],
        globals: { k: I(0), tuple: HEAP.tuple },
        vectors: all(operation, 'handler', 3),
      });
      assert.deepEqual(resultOf(outcome), result, text);
      const left = text.startsWith('UNPACK') ? 4 : 3;
      assert.equal((await outcome.simulator.state()).sp, left, `${text}: SP`);
    }
  });

  test('rule 7, RETRY: nothing is popped or pushed, the answer is dropped, the instruction runs from the start', async () => {
    const source = `BTUP S,2
      LEN S,S
      HALT 0,S
handler: CSRW HLIM,L0
      LDI L0,30000
      CSRW HLIM,L0
      RET 9`;
    const simulator = await machine(`LDI L0,500\nCSRW HLIM,L0\nLDI L0,500\nCSRW HTOP,L0\n${source}`, {
      locals: [UNBOUND_WORD],
      stack: [I(1), I(2)],
      vectors: system('ALLOCATE', 'handler', 1),
    });
    const reason = await simulator.run();
    assert.deepEqual(reason, { kind: 'exited', code: 0, value: I(2) });
    assert.equal((await simulator.state()).sp, 1);
  });

  test('rule 8, call redirection: the handler names the callable, CALLV goes on with it', async () => {
    const source = `CALLV 1
      HALT 0,S
handler: LDK S,%f
      RET S
callee: RET L0`;
    const setup = (target: (labels: Readonly<Record<string, number>>) => Word): Setup => ({
      ...OBJECTS,
      stack: [HEAP.object, I(5)],
      globals: { f: target },
      vectors: all('CALL'),
    });
    const called = await run(
      source,
      setup((l) => func(l['callee']!, 1, 1)),
    );
    assert.deepEqual(resultOf(called), I(5));
    // Trap 5, LDK 1, RET 2, CALLV 3 (one word is written: the callable), RET 2, HALT 1.
    assert.equal(called.cycles, 14);
    assert.deepEqual(
      resultOf(
        await run(
          source,
          setup(() => HEAP.bound),
        ),
      ),
      HEAP.object,
      'bound: self is an argument',
    );
    const wrong = await run(
      source,
      setup(() => I(1)),
    );
    assert.equal(wrong.reason.kind === 'fault' && wrong.reason.fault, FAULT.RESUME, 'no callable');
  });

  test('rule 8: CALLM is redirected with the receiver; a callable with other arguments is asked about again', async () => {
    const source = `CALLM ${ATTRIBUTES.missing},1
      HALT 0,S
handler: BTAG L0,OBJ,first
      HALT 7,L0
first: LDK S,%f
      RET S
callee: RET L0`;
    const f = func(5, 3, 3);
    const outcome = await run(source, {
      ...OBJECTS,
      stack: [HEAP.object, I(5)],
      globals: { f },
      vectors: all('CALL'),
    });
    assert.deepEqual(outcome.reason, { kind: 'exited', code: 7, value: f });
  });

  test('rule 9, CALLKW: the result replaces callee and arguments', async () => {
    const outcome = await run('CALLKW 2,%k\nHALT 0,S\nhandler: RET L1', {
      ...OBJECTS,
      stack: [I(1), HEAP.object, I(5), I(6)],
      globals: { k: I(0) },
      vectors: all('CALL_KEYWORDS'),
    });
    assert.deepEqual(resultOf(outcome), I(2));
    assert.equal((await outcome.simulator.state()).sp, 1);
  });

  test('rule 11: a resume word of the wrong kind faults', async () => {
    for (const [text, operation] of [
      ['BLT L0,L0,end', 'LT_BRANCH'],
      ['LEN S,L0', 'LEN'],
      ['UNPACK L0,2', 'UNPACK'],
      ['RNGCK S,L0', 'INDEX'],
    ] as const) {
      const source = `${text}\nend: HALT 0,1\nhandler: RET None`;
      const { reason } = await run(source, { ...OBJECTS, locals: [HEAP.objectX], vectors: all(operation) });
      assert.equal(reason.kind === 'fault' && reason.fault, FAULT.RESUME, text);
    }
  });

  test('rule 12, nesting is depth on the two stacks: a handler may trap', async () => {
    const source = `ADD S,L0,1\nHALT 0,S\nouter: NEG S,L0\nADDI S,S,1\nRET S\ninner: RET 5`;
    const vectors = [...all('ADD', 'outer'), ...all('NEG', 'inner')];
    const outcome = await run(source, { ...OBJECTS, locals: [HEAP.object], vectors });
    assert.deepEqual(resultOf(outcome), I(6));
  });

  test('rule 13, raw instructions fault on a wrong tag and on an address outside the memory', async () => {
    const cases: [text: string, locals: Word[], fault: number][] = [
      ['LDW S,L0,0', [I(300)], FAULT.WRONG_TAG],
      ['LDXR S,L0,L1', [HEAP.raw, I(40000)], FAULT.ADDRESS],
      ['LDXR S,L0,L1', [HEAP.raw, I(-301)], FAULT.ADDRESS],
      ['STB L0,L1,0', [HEAP.raw, I(2n ** 62n)], FAULT.ADDRESS],
      ['LDCELL S,L0', [HEAP.list], FAULT.WRONG_TAG],
      ['LDENV S,0', [], FAULT.WRONG_TAG],
      ['DTRD S,L0', [I(2048)], FAULT.ADDRESS],
      ['GLRD S,L0', [I(-1)], FAULT.FIELD],
      ['IOR S,L0', [I(-1)], FAULT.IO_ADDRESS],
      ['IORI S,200', [], FAULT.IO_ADDRESS],
      ['IOB L0,1,end', [I(32)], FAULT.IO_ADDRESS],
      ['FORR L0,1,end', [boolWord(true)], FAULT.WRONG_TAG],
      ['CSRR S,9', [], FAULT.FIELD],
      ['MCPY L0,L0,17', [HEAP.raw], FAULT.FIELD],
      ['CATCH 0', [], FAULT.RESUME],
      ['FAULT 77', [], FAULT.SOFTWARE],
      ['ILL', [], FAULT.ILLEGAL],
      ['POP 3', [], FAULT.STACK],
      ['ADD S,S,S', [], FAULT.STACK],
      ['RSRD S,5', [], FAULT.STACK],
    ];
    for (const [text, locals, fault] of cases) {
      const { reason, simulator } = await run(`${text}\nend: HALT 0,1`, { ...OBJECTS, locals });
      assert.equal(reason.kind === 'fault' && reason.fault, fault, `${text}: ${reason.kind}`);
      assert.deepEqual(await simulator.run(), reason, 'a fault is final');
    }
  });

  test('an unknown opcode and a destination that names nothing fault when they issue', async () => {
    const simulator = await machine('ADD 3,L0,L0', { locals: [I(1)] });
    assert.deepEqual(((await simulator.run()) as { fault: number }).fault, FAULT.FIELD);
    const used = new Set(INSTRUCTIONS.flatMap((i) => (i.format === 'A' ? [0, 1, 2, 3] : [0]).map((n) => i.opcode + n)));
    assert.ok(!used.has(0xff));
  });

  test('a getter is entered like a handler and returns the value', async () => {
    const outcome = await run(`LDA S,L0,${ATTRIBUTES.getter}\nHALT 0,S\ncallee: LDA S,L0,${ATTRIBUTES.slot}\nRET S`, {
      ...OBJECTS,
      locals: [HEAP.object],
    });
    assert.deepEqual(resultOf(outcome), I(5));
    // Entry 3 + 3 + 2 (five words), LDA 3, RET 2, re-issue 1, HALT 1.
    assert.equal(outcome.cycles, 15);
  });

  test('stack overflow: a STACK trap that may use the reserve, then a fault', async () => {
    const recursion = `main: CALL f,0,0
f:    CALL f,0,8
handler: CSRR S,SLIM
      HALT 5,S`;
    const caught = await run(recursion, { vectors: system('STACK') });
    assert.deepEqual(caught.reason, { kind: 'exited', code: 5, value: I(2048 - 96) });
    const { sp, rsp } = await caught.simulator.state();
    assert.ok(sp > 2048 - 96 - 48 - 16 && rsp < 1008, `SP ${sp}, RSP ${rsp}`);
    const again = await run(recursion.replace('HALT 5,S', 'CALL f,0,8'), { vectors: system('STACK') });
    assert.equal(again.reason.kind === 'fault' && again.reason.fault, FAULT.STACK);
  });

  test('return-stack overflow traps STACK as well', async () => {
    const source = 'main: CALL f,0,0\nf: CALL f,0,0\nhandler: HALT 5,1';
    const { reason, simulator } = await run(source, { vectors: system('STACK') });
    assert.equal(reason.kind === 'exited' && reason.code, 5);
    assert.equal((await simulator.state()).rsp, 1008 + 1);
  });

  test('a trap whose frame does not fit becomes a STACK trap of the same execute cycle, its operands still there', async () => {
    const source = 'LDI L0,52\nCSRW SLIM,L0\nMUL S,S,S\nHALT 0,1\nhandler: HALT 5,1';
    const setup = { ...OBJECTS, locals: [UNBOUND_WORD], stack: [I(1), HEAP.object, HEAP.list] };
    const vectors = [...all('MUL', 'handler', 5), ...system('STACK')];
    const { simulator } = await run(source, { ...setup, vectors });
    const state = await simulator.state();
    assert.equal(state.fp, 4, 'nothing was popped');
    assert.equal((await simulator.returnStack())[0]!.kind, ENTRY_KIND.RETRY);
    assert.equal(state.cycles, 1 + 1 + 4 + TIMING.trapEntry + 1);
  });

  test('a trap without a handler faults with the vector', async () => {
    const { reason } = await run('ADD S,L0,L0', { locals: [str7Word('x')] });
    assert.deepEqual(reason, {
      kind: 'fault',
      fault: FAULT.NO_VECTOR,
      pc: 0,
      detail: vectorIndex(TRAP_OPERATION.ADD, 2, 2),
    });
  });
});
