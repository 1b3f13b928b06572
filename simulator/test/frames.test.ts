/** Frames and the return stack: one test for each rule of their layout. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BY_MNEMONIC, ENTRY_KIND, encode, FAULT, intWord, NONE_WORD, SPECIFIER, UNBOUND_WORD } from '@pysm/isa';
import { createSimulator } from '../src/node.js';
import { ATTRIBUTES, dispatch, func, HEAP, HEAP_END, heap } from './support/heap.js';
import { image, type Labels, machine, resultOf, run, type Setup } from './support/machine.js';

const I = intWord;
const OBJECTS: Setup = { data: heap, dispatch, heapBase: HEAP_END };

describe('frames', () => {
  test('rule 1: [FP-1] is the callee word of CALLV: the environment of a closure', async () => {
    const source = `CALLV 1
      HALT 0,S
callee: LDENV L1,0       ; INT 3
      LDDEREF L2,1     ; cell holding 9
      STDEREF 2,L0     ; empty cell := argument
      LDDEREF L3,2
      ADD S,L1,L2
      ADD S,S,L3
      RET S`;
    const outcome = await run(source, { ...OBJECTS, stack: [HEAP.closure, I(5)] });
    assert.deepEqual(resultOf(outcome), I(17));
    // CALLV 4, LDENV 2, LDDEREF 4, STDEREF 4, LDDEREF 4, ADD 1, ADD 1, RET 2, HALT 1.
    assert.equal(outcome.cycles, 23);
  });

  test('rule 1: an unbound captured value and an unbound cell trap', async () => {
    for (const [text, cycles] of [
      ['LDENV S,3', 2],
      ['LDDEREF S,2', 4],
    ] as const) {
      const source = `CALLV 1\ncallee: ${text}\nHALT 0,S\nhandler: HALT 3,None`;
      const vectors = [{ index: 2, handler: 'handler' }];
      const { reason, cycles: all } = await run(source, { ...OBJECTS, stack: [HEAP.closure, I(5)], vectors });
      assert.equal(reason.kind === 'exited' && reason.code, 3, text);
      assert.equal(all, 4 + cycles + 3 + 1, text);
    }
  });

  test('rule 2: arguments are in place; a missing one is filled by its DEFAULT instruction, one cycle each', async () => {
    const source = `main: MOV S,%
      HALT 0,S
d1:   LDI L1,20
d2:   LDI L2,30
entry: ADD S,L0,L1
      ADD S,S,L2
      RET S`;
    for (const [count, expected, defaults] of [
      [1, 51, 2],
      [2, 33, 1],
      [3, 6, 0],
    ] as const) {
      const outcome = await run(source.replace('MOV S,%', `CALLV ${count}`), {
        globals: {},
        stack: [func(4, [1, 3], 4), ...[1, 2, 3].slice(0, count).map(I)],
      });
      assert.deepEqual(resultOf(outcome), I(expected));
      const cleared = 4 - count;
      assert.equal(outcome.cycles, 3 + Math.max(0, cleared - 3) + defaults + 1 + 1 + 2 + 1);
    }
  });

  test('rule 3: a call clears the frame beyond its arguments, so every word below SP has a valid tag', async () => {
    const source = `MOV S,1\nMOV S,2\nMOV S,3\nPOP 3\nCALL callee,0,3\nHALT 0,S\ncallee: RET L2`;
    assert.deepEqual(resultOf(await run(source)), UNBOUND_WORD);
    const clearing = `MOV S,1\nMOV S,2\nPOP 2\nCLRL 2\nHALT 0,S`;
    assert.deepEqual(resultOf(await run(clearing)), UNBOUND_WORD);
  });

  test('rule 4: CATCH is one write of SP, which drops the operands', async () => {
    const source = `SETH 370
      MOV S,1
      MOV S,2
      RAISE L0
handler: LDI L1,370
      UNW 0,L0,L1
callee: CATCH 1
      HALT 0,S`;
    const outcome = await run(source, {
      ...OBJECTS,
      locals: [HEAP.object],
      vectors: [{ index: 6, handler: 'handler', clear: 1 }],
    });
    assert.deepEqual(resultOf(outcome), HEAP.object);
    assert.equal((await outcome.simulator.state()).sp, 1);
    assert.equal((await outcome.simulator.state()).handler, 370);
  });

  test('rule 5: RET writes its value at FP, at FP-1 over a callee word, or nowhere', async () => {
    const direct = await run('MOV S,8\nMOV S,1\nCALL f,1,0\nHALT 0,S\nf: RET L0');
    assert.equal((await direct.simulator.state()).sp, 1);
    const f = (labels: Labels) => func(labels['f']!, 1, 1);
    const value = await run('MOV S,8\nLDK S,%f\nMOV S,1\nCALLV 1\nHALT 0,S\nf: RET L0', { globals: { f } });
    assert.deepEqual([resultOf(value), (await value.simulator.state()).sp], [I(1), 1]);
    const dropped = await run('MOV S,8\nLDK S,%f\nMOV S,1\nCALLV 1,drop\nHALT 0,S\nf: RET L0', { globals: { f } });
    assert.deepEqual([resultOf(dropped), (await dropped.simulator.state()).sp], [I(8), 0]);
  });

  test('rule 6: the return-stack entry holds pc, FP, H, kind, drop and hole', async () => {
    const simulator = await machine('SETH 370\nCALLV 0,drop\nf: NOP', { ...OBJECTS, stack: [func(2, 0, 0)] });
    await simulator.stepInstruction();
    await simulator.stepInstruction();
    const [top, base] = await simulator.returnStack();
    assert.deepEqual(top, { pc: 2, fp: 0, handler: 370, kind: ENTRY_KIND.CALL, drop: true, hole: true });
    assert.equal(base!.kind, ENTRY_KIND.BASE);
  });

  test('rule 8: each entry checks FP + frame + 48 <= SLIM', async () => {
    for (const [limit, fits] of [
      [1 + 4 + 48, true],
      [1 + 4 + 47, false],
    ] as const) {
      const source = `LDI L0,${limit}\nCSRW SLIM,L0\nCALL f,0,4\nf: HALT 0,1\nhandler: HALT 5,1`;
      const { reason } = await run(source, { locals: [NONE_WORD], vectors: [{ index: 3, handler: 'handler' }] });
      assert.equal(reason.kind === 'exited' && reason.code, fits ? 0 : 5);
    }
  });

  test('the BASE entry: RET of the entry function ends the program with its value', async () => {
    const { reason, cycles } = await run('RET L0', { locals: [I(3)] });
    assert.deepEqual(reason, { kind: 'exited', code: 0, value: I(3) });
    assert.equal(cycles, 2);
  });

  test('TAIL keeps the return entry and moves its arguments down', async () => {
    const source = `CALL f,0,2
      HALT 0,S
f:    MOV S,4
      MOV S,5
      TAIL g,2,1
g:    ADD S,L0,L1
      BUNB L2,good
      FAULT 1
good: RET S`;
    const outcome = await run(source);
    assert.deepEqual([resultOf(outcome), (await outcome.simulator.state()).sp], [I(9), 0]);
  });

  test('a bound method takes self as its first argument in place', async () => {
    const source = `CALLM ${ATTRIBUTES.bound},1\nHALT 0,S\ncallee: LDA S,L0,${ATTRIBUTES.slot}\nADD S,S,L1\nRET S`;
    assert.deepEqual(resultOf(await run(source, { ...OBJECTS, stack: [HEAP.object, I(4)] })), I(9));
  });

  test('running off the code, and a branch, jump or call out of it, fault WILD_PC with that pc', async () => {
    const raw = (mnemonic: string, values: Record<string, number>): number =>
      encode(BY_MNEMONIC.get(mnemonic)!, values);
    for (const [word, pc] of [
      [raw('NOP', {}), 1],
      [raw('JMP', { target: 30_000 }), 30_000],
      [raw('CALL', { target: 20_000 }), 20_000],
      [raw('BT', { a: SPECIFIER.TRUE, offset: 300 }), 300],
      [raw('BT', { a: SPECIFIER.TRUE, offset: -300 }), -300],
    ] as const) {
      const simulator = await createSimulator();
      await simulator.load({ ...image('NOP'), code: Uint32Array.of(word) });
      assert.deepEqual(await simulator.run(), { kind: 'fault', fault: FAULT.WILD_PC, pc, detail: pc });
    }
  });
});
