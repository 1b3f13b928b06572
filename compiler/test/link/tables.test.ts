/** Dispatch rows, vectors and the other tables that the linker fills. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  FUNC,
  getField,
  HDR,
  REF,
  SYSTEM_CAUSE,
  str7Word,
  TAG,
  TAG_GROUP,
  TRAP_OPERATION,
  tagNumber,
  vectorIndex,
} from '@pysm/isa';
import { imageOf } from './support.js';

test('the most specific trap handler wins, the first operand before the second', () => {
  const spec = ['any any', 'float', 'str any', 'str str', 'any str'];
  const image = imageOf(
    `func main( | x)\n ADD x,x,1\n RET x\n${spec.map((s, i) => `func h${i}(a b)\n vector ADD ${s}\n RET a\n`).join('')}`,
  );
  const handler = (a: keyof typeof TAG_GROUP, b: keyof typeof TAG_GROUP): string => {
    const index = vectorIndex(TRAP_OPERATION.ADD, TAG_GROUP[a], TAG_GROUP[b]);
    const { address } = image.vectors.find((v) => v.index === index)!;
    return image.debug.functions.find((f) => f.entry === address)!.name;
  };
  assert.equal(handler('str', 'str'), 'h3');
  assert.equal(handler('str', 'number'), 'h2');
  assert.equal(handler('number', 'str'), 'h4');
  assert.equal(handler('float', 'str'), 'h1');
  assert.equal(handler('object', 'object'), 'h0');
  assert.equal(image.vectors.length, 64);
});

test('vectors of one operand have group b 0, system vectors the cause', () => {
  const image = imageOf(`
func main( | x)
  NEG x,x
  RAISE x
func neg(a)
  vector NEG other
  RET a
func raise(x)
  vector SYSTEM RAISE
  RET x
`);
  assert.deepEqual(
    image.vectors.map((v) => v.index),
    [SYSTEM_CAUSE.RAISE, vectorIndex(TRAP_OPERATION.NEG, TAG_GROUP.other, 0)],
  );
});

test('built-in classes have the rows of their tags, shared by STR and STR7', () => {
  const image = imageOf(`
class str
  tags STR7 STR
  method up up
class tuple
  tags TUPLE
func up(self)
  RET self
func main( | x)
  LDK x,("longer than seven", "short")
  MOV S,x
  CALLM .up,0
  RET S
`);
  const row = (name: string) => image.debug.classes.find((c) => c.name === name)!.row;
  assert.equal(image.tagRows[tagNumber(TAG.STR)], row('str'));
  assert.equal(image.tagRows[tagNumber(TAG.STR7)], row('str'));
  assert.equal(image.tagRows[tagNumber(TAG.TUPLE)], row('tuple'));
  assert.equal(image.tagRows[tagNumber(TAG.INT)], 0);
  const tuple = image.globals[0]!;
  assert.equal(getField(tuple.payload, REF.row), row('tuple'));
  const at = (address: number) => image.data.find((w) => w.address === address)!;
  const long = at(getField(tuple.payload, REF.address) + 1);
  assert.equal(getField(long.payload, REF.row), row('str'));
  assert.equal(getField(at(getField(long.payload, REF.address)).payload, HDR.row), row('str'));
});

test('every row has the class and its name under the reserved numbers', () => {
  const image = imageOf('class a.C "Sea"\nfunc main( | x)\n NEW x,class a.C\n RET x\n');
  const { row } = image.debug.classes[0]!;
  const [one, two] = image.dispatch;
  assert.deepEqual([one!.index, one!.attribute, one!.value], [row + 1, 1, image.globals[0]]);
  assert.deepEqual([two!.index, two!.attribute, two!.value], [row + 2, 2, str7Word('Sea')]);
});

test('super().m is an attribute of its own, found in the rows of the class and its subclasses', () => {
  const image = imageOf(`
class A
  method m A.m
class B(A)
  method m B.m
class C(B)
func A.m(self)
  RET None
func B.m(self)
  MOV S,self
  CALLM .super B m,0
  RET S
func main( | x)
  NEW x,class C
  MOV S,x
  CALLM .m,0
  RET S
`);
  const [c] = image.debug.classes;
  const entry = (name: string) => {
    const attribute = image.debug.attributes.indexOf(name);
    const value = image.dispatch.find((e) => e.index === c!.row + attribute)!.value.payload;
    return image.debug.functions.find((f) => f.entry === getField(value, FUNC.entry))!.name;
  };
  assert.equal(entry('m'), 'B.m');
  assert.equal(entry('super B m'), 'A.m');
});
