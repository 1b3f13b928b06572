/** Where blocks come from: the free list of their size class, then the unused heap, then a trap. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getField, HDR, intWord, NONE_WORD, packFields, REF, SYSTEM_CAUSE, type Word } from '@pysm/isa';
import { word } from './support/heap.js';
import { machine } from './support/machine.js';

const linked = (link: number): Word => word('HDR', packFields([[HDR.link, link]]));

test('a block comes from its free list while there is one, then from the heap, then RETRY traps', async () => {
  const source = `CSRW 16,L0            ; FREE[0], blocks of two words
      CSRW HLIM,L1
      MKCELL S,1
      MKCELL S,2
      MKCELL S,3
      BLIST S,0              ; two words of the heap and a storage block: no room
      FAULT 1
full: CSRR S,16
      HALT 0,S`;
  const simulator = await machine(source, {
    heapBase: 400,
    data: [
      { ...linked(302), address: 300 },
      { ...linked(0), address: 302 },
    ],
    locals: [intWord(300), intWord(404), NONE_WORD],
    vectors: [{ index: SYSTEM_CAUSE.ALLOCATE, handler: 'full' }],
  });
  assert.deepEqual(await simulator.run(), { kind: 'exited', code: 0, value: intWord(0) });
  const cells = await simulator.read('stack', 3, 3);
  assert.deepEqual(
    cells.map((cell) => getField(cell.payload, REF.address)),
    [300, 302, 400],
  );
  const [header, content] = await simulator.read('data', 300, 2);
  assert.deepEqual(
    [getField(header!.payload, HDR.link), getField(header!.payload, HDR.length), content],
    [0, 2, intWord(1)],
  );
  assert.equal((await simulator.statistics()).heapPeakWords, 2);
});
