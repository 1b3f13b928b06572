/** What is linked: what the start reaches, and nothing else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLASS, FUNC, FUNC_FLAG, getField, TAG } from '@pysm/isa';
import { functionOf, imageOf, names } from './support.js';

test('only what the start reaches is linked, the start first', () => {
  const image = imageOf(`
func dead()
  CALL used,0,drop
  RET None
func used()
  LDK S,func byValue
  RET S
func byValue()
  RET None
func byDefault()
  RET None
func main()
  CALL used,0,drop
  CALL d,0,drop
  RET None
func d(x) min 0
  default (1, func byDefault)
  RET x
`);
  assert.deepEqual(names(image), ['main', 'used', 'd', 'byValue', 'byDefault']);
});

test('a method is linked where its name is used and an instance can exist', () => {
  const text = (main: string) => `
class A
  method m A.m
  method n A.n
class B(A)
  getter p B.p
class C
  method m C.m
func A.m(self)
  RET None
func A.n(self)
  RET None
func B.p(self)
  RET None
func C.m(self)
  RET None
func main( | x)
  NEW x,class B
  ${main}
  RET None
`;
  assert.deepEqual(names(imageOf(text('NOP'))), ['main']);
  assert.deepEqual(names(imageOf(text('LDA _,x,.m'))), ['main', 'A.m']);
  assert.deepEqual(names(imageOf(text('LDA _,x,.p'))), ['main', 'B.p']);
  assert.deepEqual(names(imageOf(text('MOV S,x\n  CALLM .n,0,drop'))), ['main', 'A.n']);
});

test('a constructor is linked where its class is called, not where NEW alone makes instances', () => {
  const text = (main: string) => `
class A
  constructor A.new
  slot x
func A.new(y)
  RET y
func main( | x)
  ${main}
  RET None
`;
  assert.deepEqual(names(imageOf(text('NEW x,class A'))), ['main']);
  const image = imageOf(text('LDK x,class A'));
  assert.deepEqual(names(image), ['main', 'A.new']);
  const word = image.globals[0]!;
  const { entry } = functionOf(image, 'A.new');
  assert.equal(word.tag, TAG.CLASS);
  assert.deepEqual(
    [CLASS.entry, CLASS.min, CLASS.max, CLASS.frame, CLASS.row, CLASS.words].map((f) => getField(word.payload, f)),
    [entry, 1, 1, 1, image.debug.classes[0]!.row, 2],
  );
  // type(x) gives the CLASS word, which then can be called.
  assert.deepEqual(names(imageOf(text('NEW x,class A\n  LDA x,x,.__class__'))), ['main', 'A.new']);
  // Nothing calls the class of an instance that only NEW makes: its arity fits no call.
  assert.equal(getField(imageOf(text('NEW x,class A')).globals[0]!.payload, CLASS.min), 63);
});

test('a trap handler is linked where a reached instruction can raise its trap, and reaches more', () => {
  const text = (main: string) => `
class T
  tags STR STR7
  method __add__ T.add
func T.add(self x)
  RET None
func addStr(a b)
  vector ADD str str
  MOV S,a
  MOV S,b
  CALLM .__add__,1
  RET S
func name()
  vector SYSTEM NAME
  RET None
func stack()
  vector SYSTEM STACK
  RET None
global g
func main( | x)
  ${main}
  RET None
`;
  assert.deepEqual(names(imageOf(text('NOP'))), ['main', 'stack']);
  assert.deepEqual(names(imageOf(text('ADD x,x,1'))), ['main', 'stack', 'addStr', 'T.add']);
  assert.deepEqual(names(imageOf(text('ADD x,x,300'))), ['main', 'stack', 'addStr', 'T.add']);
  assert.deepEqual(names(imageOf(text('LDG x,@__main__.g'))), ['main', 'stack', 'name']);
});

test('interrupt handlers are linked and loaded into their lines', () => {
  const image = imageOf('func main()\n RET None\nfunc tick( | t)\n interrupt 2\n RET None\n');
  assert.deepEqual(names(image), ['main', 'tick']);
  const payload = image.interruptVectors[2]!;
  assert.equal(getField(payload, FUNC.entry), functionOf(image, 'tick').entry);
  assert.equal(getField(payload, FUNC.flags), FUNC_FLAG.HARD_IRQ);
  assert.equal(getField(payload, FUNC.frame), 1);
  assert.deepEqual(image.interruptVectors.filter((p) => p !== 0n).length, 1);
});
