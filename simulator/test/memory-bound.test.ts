/**
 * What reading memory and the stack's one write port cost beyond the plain rules: traps that are found only when a word
 * has been read, and entries and re-issues that write more than one word. The cycles stand here as numbers, worked out
 * by hand, so that a wrong number in the instruction table shows too.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  ENTRY_KIND,
  FAULT,
  intWord,
  NONE_WORD,
  SYSTEM_CAUSE,
  TAG,
  TRAP_OPERATION,
  tagNumber,
  UNBOUND_WORD,
  vectorIndex,
  type Word,
} from '@pysm/isa';
import { ATTRIBUTES, classWord, dispatch, func, HEAP, HEAP_END, heap, ROW } from './support/heap.js';
import { type Labels, machine, resultOf, run, type Setup } from './support/machine.js';

const I = intWord;
const all = (operation: keyof typeof TRAP_OPERATION, clear = 0) =>
  Array.from({ length: 64 }, (_, i) => ({
    index: vectorIndex(TRAP_OPERATION[operation], 0, 0) + i,
    handler: 'handler',
    clear,
  }));
/** INT has the row of the heap's class, although no class of immediates has slots. */
const OBJECTS: Setup = { data: heap, dispatch, heapBase: HEAP_END, tagRows: { [tagNumber(TAG.INT)]: ROW } };
const { missing, getter, method, narrow, slot, empty, fallback, function: held, closure, bound } = ATTRIBUTES;

describe('traps are found when the word that leads to them has been read', () => {
  /** [text, locals and stack, operation, cycles from the instruction to the handler's first: k + 3, and 1 for each pushed word beyond three] */
  const FOUND: readonly [string, readonly Word[], keyof typeof TRAP_OPERATION, number][] = [
    [`LDA S,S,${missing}`, [HEAP.object], 'LOAD_ATTR', 6],
    [`LDA S,S,${empty}`, [HEAP.object], 'LOAD_ATTR', 6],
    [`LDA S,S,${missing}`, [HEAP.objectX], 'LOAD_ATTR', 8],
    [`DELA S,${empty}`, [HEAP.object], 'DELETE_ATTR', 6],
    [`DELA S,${missing}`, [HEAP.objectX], 'DELETE_ATTR', 8],
    [`STA S,${missing},S`, [HEAP.object, I(1)], 'STORE_ATTR', 6],
    ['CALLV 1', [HEAP.object, I(1)], 'CALL', 5],
    ['CALLV 2', [HEAP.closure, I(1), I(2)], 'CALL', 5],
    [`CALLM ${missing},1`, [HEAP.object, I(1)], 'CALL', 6],
    [`CALLM ${missing},1`, [HEAP.objectX, I(1)], 'CALL', 8],
    [`CALLM ${getter},1`, [HEAP.object, I(1)], 'CALL', 6],
    [`CALLM ${narrow},1`, [HEAP.object, I(1)], 'CALL', 6],
    [`CALLM ${slot},1`, [I(7), I(1)], 'CALL', 6],
    [`CALLM ${fallback},1`, [I(7), I(1)], 'CALL', 6],
    [`CALLM ${slot},1`, [HEAP.object, I(1)], 'CALL', 9],
    [`CALLM ${slot},1`, [HEAP.objectX, I(1)], 'CALL', 11],
    [`CALLM ${empty},1`, [HEAP.object, I(1)], 'CALL', 9],
    [`CALLM ${fallback},1`, [HEAP.object, I(1)], 'CALL', 9],
    [`CALLM ${held},2`, [HEAP.object, I(1), I(2)], 'CALL', 9],
    [`CALLM ${closure},2`, [HEAP.object, I(1), I(2)], 'CALL', 9],
    [`CALLM ${bound},2`, [HEAP.object, I(1), I(2)], 'CALL', 9],
  ];
  for (const [text, stack, operation, cycles] of FOUND) {
    test(`${text} of tag ${stack[0]!.tag}: ${operation} after ${cycles}`, async () => {
      const simulator = await machine(`${text}\nhandler: NOP\ncallee: NOP`, {
        ...OBJECTS,
        stack,
        vectors: all(operation),
      });
      await simulator.stepInstruction();
      const state = await simulator.state();
      assert.deepEqual([state.pc, state.cycles], [1, cycles]);
    });
  }

  for (const [text, iterable, cycles] of [
    ['FORITER S,L0,handler', HEAP.dict, 4],
    ['FORITER S,L0,handler', HEAP.running, 5],
    ['GRES S,L0,1', HEAP.list, 4],
    ['GRES S,L0,1', HEAP.running, 5],
  ] as const) {
    test(`${text} of tag ${iterable.tag} traps after ${cycles}`, async () => {
      const vectors = [...all('NEXT'), ...all('RESUME_GENERATOR')];
      const simulator = await machine(`${text}\nNOP\nhandler: NOP`, { ...OBJECTS, locals: [iterable, I(0)], vectors });
      await simulator.stepInstruction();
      const state = await simulator.state();
      assert.deepEqual([state.pc, state.cycles], [2, cycles]);
    });
  }

  test('a getter is entered as from a trap that is found in cycle 3', async () => {
    // 3 + 3, and 2 for five words; 2 more where the row is read from a header.
    for (const [receiver, cycles] of [
      [HEAP.object, 8],
      [HEAP.objectX, 10],
    ] as const) {
      const simulator = await machine(`LDA S,S,${getter}\ncallee: NOP`, { ...OBJECTS, stack: [receiver] });
      await simulator.stepInstruction();
      const state = await simulator.state();
      assert.deepEqual([state.pc, state.cycles], [1, cycles]);
    }
  });
});

describe('a frame that does not fit', () => {
  const overflows: readonly [string, readonly Word[], number][] = [
    ['CALL callee,0,15', [], 4],
    ['CALLV 1', [func(2, 1, 20), I(1)], 6],
    ['CALLV 1', [HEAP.closure, I(1)], 6],
    [`CALLM ${method},1`, [HEAP.object, I(1)], 6],
    [`CALLM ${method},1`, [HEAP.objectX, I(1)], 8],
    [`CALLM ${held},1`, [HEAP.object, I(1)], 10],
    [`CALLM ${held},1`, [HEAP.objectX, I(1)], 12],
    [`CALLM ${closure},1`, [HEAP.object, I(1)], 10],
    [`CALLM ${bound},1`, [HEAP.object, I(1)], 10],
    ['FORITER S,L1,callee', [], 6],
    ['GRES S,L1,None', [], 6],
  ];
  for (const [text, stack, cycles] of overflows) {
    test(`${text}: the STACK trap comes after ${cycles} cycles and leaves the stack as it was`, async () => {
      // Three locals and the stack; 48 operand words must fit beyond the frame.
      const locals = [I(3 + stack.length + 48), HEAP.generator, I(0)];
      const simulator = await machine(`CSRW SLIM,L0\n${text}\ncallee: NOP\nhandler: NOP`, {
        ...OBJECTS,
        locals,
        stack,
        vectors: [{ index: SYSTEM_CAUSE.STACK, handler: 'handler' }],
      });
      await simulator.stepInstruction();
      await simulator.stepInstruction();
      const state = await simulator.state();
      assert.deepEqual([state.pc, state.cycles - 1], [3, cycles]);
      assert.deepEqual(await simulator.read('stack', 0, 3 + stack.length), [...locals, ...stack]);
      assert.equal((await simulator.returnStack())[0]!.kind, ENTRY_KIND.RETRY);
    });
  }
});

describe('words that are written one a cycle', () => {
  test('a re-issued GETITER writes two words in two cycles', async () => {
    const outcome = await run('GETITER L1,L0\nHALT 0,L1\nhandler: RET 7', {
      ...OBJECTS,
      locals: [HEAP.dict, NONE_WORD, NONE_WORD],
      vectors: all('ITER'),
    });
    assert.deepEqual(resultOf(outcome), I(7));
    // Trap 4, RET 2, re-issue 2, HALT 1.
    assert.equal(outcome.cycles, 9);
  });

  /** [callable, cycles of the re-issue with one argument] */
  const CALLABLES: readonly [string, (labels: Labels) => Word, number][] = [
    ['a function without other words', (l) => func(l['callee']!, 1, 1), 3],
    ['a function with 2 other words: 3 written', (l) => func(l['callee']!, 1, 3), 3],
    ['a function with 3 other words: 4 written', (l) => func(l['callee']!, 1, 4), 4],
    ['a class with 5 other words: 6 written', (l) => classWord(l['callee']!, 1, 6, ROW, 3), 6],
    ['a closure with 4 other words: 5 written', () => HEAP.closure, 5],
    ['a bound method with 3 other words, its own in time', () => HEAP.bound, 5],
  ];
  for (const [what, callable, cycles] of CALLABLES) {
    // Trap, LDK 1, RET 2.
    const before = { 'CALLV 1': 5 + 3, [`CALLM ${missing},1`]: 6 + 3 };
    for (const [text, spent] of Object.entries(before)) {
      test(`a re-issued ${text} with ${what}`, async () => {
        const simulator = await machine(`${text}\nhandler: LDK S,%f\nRET S\ncallee: NOP`, {
          ...OBJECTS,
          stack: [HEAP.object, I(5)],
          globals: { f: callable },
          vectors: all('CALL'),
        });
        for (let i = 0; i < 4; i++) await simulator.stepInstruction();
        const state = await simulator.state();
        assert.deepEqual([state.pc, state.cycles - spent], [3, cycles]);
      });
    }
  }

  test('a re-issued call whose frame does not fit has written nothing', async () => {
    // Room for the trap's two words and the word that its handler pushes, and 48 more.
    const simulator = await machine(`CSRW SLIM,L0\nCALLV 1\nhandler: LDK S,%f\nRET S\noverflow: NOP`, {
      ...OBJECTS,
      locals: [I(3 + 2 + 48)],
      stack: [HEAP.object, I(5)],
      globals: { f: func(4, 1, 20) },
      vectors: [...all('CALL'), { index: SYSTEM_CAUSE.STACK, handler: 'overflow' }],
    });
    for (let i = 0; i < 5; i++) await simulator.stepInstruction();
    assert.equal((await simulator.state()).pc, 4);
    assert.equal((await simulator.returnStack())[0]!.kind, ENTRY_KIND.RETRY);
    assert.deepEqual(await simulator.read('stack', 1, 2), [HEAP.object, I(5)]);
  });

  test('TAIL moves and clears a word a cycle', async () => {
    for (const [count, clear, cycles] of [
      [0, 0, 2],
      [2, 0, 4],
      [0, 3, 5],
      [2, 3, 7],
    ] as const) {
      const simulator = await machine(`TAIL callee,${count},${clear}\ncallee: NOP`, { stack: [I(1), I(2)] });
      await simulator.stepInstruction();
      const state = await simulator.state();
      assert.deepEqual([state.pc, state.sp, state.cycles], [1, count + clear, cycles]);
    }
  });
});

describe('one entry, no words brought back', () => {
  test('UNW reads one entry: IE comes from an interrupt that it lands on, and not from one above', async () => {
    // Return stack in the handler, from the top: RAISE in isr, the interrupt, the call of f, BASE.
    for (const [depth, enabled, fp] of [
      [0, false, 9],
      [1, true, 8],
      [2, false, 0],
    ] as const) {
      const source = `main: IOWI 146,L5
      IOWI 148,1
      IOWI 160,1
      IEN 1
      CALL f,0,1
f:    FORR L0,9,f
      JMP f
isr:  RAISE None
handler: LDI L1,${depth}
      LDI L2,370
      UNW L1,None,L2
callee: CATCH 0`;
      const simulator = await machine(source, {
        ...OBJECTS,
        locals: [NONE_WORD, NONE_WORD, NONE_WORD, NONE_WORD, NONE_WORD, I(20), NONE_WORD, NONE_WORD],
        interrupts: (l) => [func(l['isr']!, 0, 0).payload],
        vectors: [{ index: SYSTEM_CAUSE.RAISE, handler: 'handler', clear: 2 }],
      });
      let left = 100;
      while ((await simulator.state()).resumePending === 0 && left-- > 0) {
        const { pc } = await simulator.state();
        // f's local is no INT yet.
        if (pc === 5) await simulator.write('stack', 8, I(0));
        await simulator.stepInstruction();
      }
      const state = await simulator.state();
      assert.deepEqual([state.interruptsEnabled, state.fp, state.rsp], [enabled, fp, 3 - depth], `depth ${depth}`);
    }
  });

  test('CATCH at SP drops nothing; above SP it faults STACK', async () => {
    // UNW with one local and two more words of the handler's frame on the stack.
    const source = (n: number) => `RAISE L0\nhandler: LDI L1,370\nUNW 0,L0,L1\ncallee: CATCH ${n}\nHALT 0,S`;
    const setup: Setup = {
      ...OBJECTS,
      locals: [HEAP.object],
      vectors: [{ index: SYSTEM_CAUSE.RAISE, handler: 'handler', clear: 1 }],
    };
    const whole = await run(source(3), setup);
    assert.deepEqual([resultOf(whole), (await whole.simulator.state()).sp], [HEAP.object, 3]);
    const { reason, simulator } = await run(source(4), setup);
    assert.deepEqual(reason, { kind: 'fault', fault: FAULT.STACK, pc: 3, detail: 4 });
    assert.deepEqual(await simulator.read('stack', 3, 1), [UNBOUND_WORD]);
  });
});
