/**
 * Writes the fast loop (assembly/generated/fast.ts) from the list of its handlers below.
 *
 * The loop runs common outcomes of common instructions from their decoded form, with PC, SP, FP and the counters in
 * variables of one function. Whatever is not common (another tag, an overflow, a fault, an instruction without a handler)
 * leaves the switch and runs through step(), which knows everything. So an instruction costs one comparison besides
 * its work: the cycle limit, which is the next device event.
 *
 * A handler's body is AssemblyScript in which `$A`, `$B` and `$D` stand for the cells of the operands, `$leave` for the
 * change of SP and `break` for "leave it to step()". Each body is written out twice: for instructions without a stack
 * operand, which touch SP nowhere, and for those with one. Only the bodies marked `own` do what they need with SP by
 * themselves.
 */

/** Ends an instruction with a result in d. */
const result = (tag, bits, cycles) => `
  setCell($D, ${tag}, ${bits});
  $leave
  e += DECODED_ENTRY;
  cycles += ${cycles};
  retired += 1;
  continue;`;

/** Ends an instruction that has no result, or has stored it. */
const done = (cycles) => `
  $leave
  e += DECODED_ENTRY;
  cycles += ${cycles};
  retired += 1;
  continue;`;

/** Ends a branch. `taken` is done before the loop goes on at the target; `late` are more cycles. */
const branch = (condition, { taken = '', late = '' } = {}) => `
  $leave
  retired += 1;
  if (${condition}) {
    ${taken}
    cycles += load<u8>(e, TAKEN_AT)${late};
    e = load<i32>(e, IMMEDIATE_AT);
  } else {
    cycles += load<u8>(e, FALL_AT)${late};
    e += DECODED_ENTRY;
  }
  continue;`;

const OPERANDS = `
  const a = $A;
  const b = $B;
  const x = bitsAt(a);
  const y = bitsAt(b);`;
const F_X = 'reinterpret<f64>(x)';
const F_Y = 'reinterpret<f64>(y)';

/** Arithmetic: the integer result with what is computed for it and when it traps; the operator of the float form. */
const arithmetic = (name, bits, { first = '', traps = '', float = '' } = {}) => ({
  name,
  opcodes: [`OP_${name}`, `OP_${name}I`],
  body: `${OPERANDS}
  if (both(a, b, TAG_INT)) {
    ${first}
    ${traps && `if (${traps}) break;`}
    ${result('TAG_INT', bits, `CYCLES_${name}_INT`)}
  }
  ${float && `if (both(a, b, TAG_FLOAT)) {${result('TAG_FLOAT', `floatBits(${F_X} ${float} ${F_Y})`, `CYCLES_${name}_FLOAT`)}}`}
  break;`,
});

const OPERATORS = { LT: '<', LE: '<=', GT: '>', GE: '>=', EQ: '==', NE: '!=' };

/** The forms of a comparison: to a value, branch where it holds, branch where it does not. */
const comparisons = Object.entries(OPERATORS).flatMap(([name, operator]) => {
  const forms = (finish) => `${OPERANDS}
  if (both(a, b, TAG_INT)) {${finish(`x ${operator} y`, 'INT')}}
  if (both(a, b, TAG_FLOAT)) {${finish(`${F_X} ${operator} ${F_Y}`, 'FLOAT')}}
  break;`;
  return [
    { name: `C${name}`, body: forms((holds, kind) => result('TAG_BOOL', `i64(${holds})`, `CYCLES_C${name}_${kind}`)) },
    { name: `B${name}`, body: forms((holds) => branch(holds)) },
    { name: `BN${name}`, body: forms((holds) => branch(`!(${holds})`)) },
  ];
});

/** The item of a list: its cell in `item`. Anything unusual is step()'s, a negative index too. */
const listItem = (list, index) => `
  const list = describingBits(bitsAt(${list}));
  const index = bitsAt(${index});
  if (<u64>index >= <u64>fieldOf(list, LIST_LENGTH, LIST_LENGTH_BITS)) break;
  const address = addressOf(list) + <i32>index;
  if (<u32>address >= <u32>MEMORY_DATA) break;
  const item = DATA + (address << CELL_SHIFT);`;

/** The data word that a raw load or store names: its cell in `item`. */
const dataWord = `
  const a = $A;
  const tag = tagAt(a);
  if ((tag & 0x80) == 0 && tag != TAG_RAW) break;
  const address = addressOf(bitsAt(a)) + load<i32>(e, IMMEDIATE_AT);
  if (<u32>address >= <u32>MEMORY_DATA) break;
  const item = DATA + (address << CELL_SHIFT);`;

/** The slot of an object's attribute: its cell in `slot`. */
const objectSlot = `
  const a = $A;
  if (tagAt(a) != TAG_OBJ) break;
  const slot = slotOf(bitsAt(a), load<i32>(e, IMMEDIATE_AT));
  if (slot == 0) break;`;

/** Enters the frame from `base` to `end`: return entry, cleared words, registers. */
const enterFrame = (drop) => `
  const entry =
    <i64>(((e - DECODED) >> DECODED_SHIFT) + 1) |
    (<i64>wordOf(fp) << ENTRY_FP) |
    (<i64>H << ENTRY_HANDLER) |
    (<i64>KIND_CALL << ENTRY_KIND) |
    (<i64>((word >> ${drop}) & 1) << ENTRY_DROP);
  store<i64>(RETURNS + (RSP << 3), entry);
  RSP += 1;
  for (let cell = sp; cell < end; cell += CELL) setCell(cell, TAG_UNBOUND, 0);
  fp = base;
  sp = end;
  H = 0;
  if (sp > SP_PEAK) SP_PEAK = sp;
  retired += 1;`;

/** `opcodes` are OP_ of the name where not given; prepare() in assembly/decode.ts chooses those handlers that have none. */
const HANDLERS = [
  { name: 'MOVE', opcodes: [], body: `copyCell($D, $A);${done('CYCLES_MOV_DONE')}` },
  {
    name: 'LDG',
    opcodes: [],
    body: `const a = $A; if (tagAt(a) == TAG_UNBOUND) break; copyCell($D, a);${done('CYCLES_LDG_DONE')}`,
  },
  { name: 'LDI', body: result('TAG_INT', 'load<i32>(e, IMMEDIATE_AT)', 'CYCLES_LDI_DONE') },
  arithmetic('ADD', 'sum', { first: 'const sum = x + y;', traps: '((x ^ sum) & (y ^ sum)) < 0', float: '+' }),
  arithmetic('SUB', 'less', { first: 'const less = x - y;', traps: '((x ^ y) & (x ^ less)) < 0', float: '-' }),
  arithmetic('MUL', 'x * y', { traps: 'multiplyOverflows(x, y)', float: '*' }),
  arithmetic('AND', 'x & y'),
  arithmetic('OR', 'x | y'),
  arithmetic('XOR', 'x ^ y'),
  arithmetic('SHL', 'x << y', { traps: '<u64>y > 63 || (x << y) >> y != x' }),
  arithmetic('SHR', 'x >> y', { traps: '<u64>y > 63' }),
  arithmetic('ZXT', 'x & ((<i64>1 << y) - 1)', { traps: '<u64>y > 63' }),
  arithmetic('FLOOR', 'floorDivide(x, y)', { traps: 'y == 0 || y == -1' }),
  arithmetic('MOD', 'modulo(x, y)', { traps: 'y == 0' }),
  {
    name: 'DIV',
    body: `${OPERANDS}
  if (!both(a, b, TAG_FLOAT) || ${F_Y} == 0) break;
  ${result('TAG_FLOAT', `floatBits(${F_X} / ${F_Y})`, 'CYCLES_DIV_FLOAT')}`,
  },
  ...comparisons,
  {
    name: 'BIS',
    body: `const a = $A; const b = $B;${branch('tagAt(a) == tagAt(b) && bitsAt(a) == bitsAt(b)')}`,
  },
  {
    name: 'BNIS',
    body: `const a = $A; const b = $B;${branch('tagAt(a) != tagAt(b) || bitsAt(a) != bitsAt(b)')}`,
  },
  { name: 'BT', body: `const a = $A; if (!isInt(tagAt(a))) break;${branch('bitsAt(a) != 0')}` },
  { name: 'BF', body: `const a = $A; if (!isInt(tagAt(a))) break;${branch('bitsAt(a) == 0')}` },
  ...['BBS', 'BBC'].map((name) => ({
    name,
    body: `const a = $A;
  const bit = codeOf(e) & 127;
  if (!isInt(tagAt(a)) || bit > 63) break;
  ${branch(`((bitsAt(a) >> bit) & 1) == ${name === 'BBS' ? 1 : 0}`)}`,
  })),
  { name: 'BTAG', body: `const a = $A;${branch('((tagAt(a) ^ <i32>codeOf(e)) & 31) == 0')}` },
  { name: 'BNTAG', body: `const a = $A;${branch('((tagAt(a) ^ <i32>codeOf(e)) & 31) != 0')}` },
  { name: 'BUNB', body: `const a = $A;${branch('tagAt(a) == TAG_UNBOUND')}` },
  { name: 'BBND', body: `const a = $A;${branch('tagAt(a) != TAG_UNBOUND')}` },
  {
    name: 'FORR',
    body: `const i = $A;
  const last = $B;
  if (!both(i, last, TAG_INT)) break;
  const x = bitsAt(i);
  ${branch('x < bitsAt(last)', { taken: 'store<i64>(i, x + 1);' })}`,
  },
  {
    name: 'FORS',
    body: `const i = $A;
  const group = $B;
  if (!both(i, group, TAG_INT) || tagAt(group + CELL) != TAG_INT) break;
  const increment = bitsAt(group);
  const last = bitsAt(group + CELL);
  const x = bitsAt(i) + increment;
  if (((bitsAt(i) ^ x) & (increment ^ x)) < 0) break;
  ${branch('increment > 0 ? x <= last : x >= last', { taken: 'store<i64>(i, x);', late: ' + (CYCLES_FORS_DONE - CYCLES_BT_INT)' })}`,
  },
  {
    name: 'JMP',
    own: true,
    body: `e = load<i32>(e, IMMEDIATE_AT);
  cycles += CYCLES_JMP_DONE;
  retired += 1;
  continue;`,
  },
  {
    name: 'CALL',
    own: true,
    body: `const word = codeOf(e);
  const base = sp - (((word >> 19) & 15) << CELL_SHIFT);
  const cleared = <i32>((word >> 15) & 15);
  const end = sp + (cleared << CELL_SHIFT);
  if (base < STACK || end + OPERAND_WORDS * CELL > STACK_LIMIT || RSP >= RETURN_LIMIT) break;
  ${enterFrame(23)}
  e = load<i32>(e, IMMEDIATE_AT);
  cycles += extra(CYCLES_CALL_ENTER, EACH_CALL_ENTER, cleared, BEYOND_CALL_ENTER);
  continue;`,
  },
  {
    name: 'CALLM',
    own: true,
    body: `const word = codeOf(e);
  const count = <i32>((word >> 7) & 31) + 1;
  const base = sp - (count << CELL_SHIFT);
  if (base < STACK || tagAt(base) != TAG_OBJ) break;
  const attribute = load<i32>(e, IMMEDIATE_AT);
  const index = <i32>(<u64>bitsAt(base) >> REF_ROW) + attribute;
  if (index >= MEMORY_DISPATCH) break;
  const probed = DISPATCH + index * DISPATCH_ENTRY;
  if (load<i32>(probed) != attribute || load<i32>(probed, 4) != DISPATCH_METHOD) break;
  if (tagAt(probed + DISPATCH_VALUE) != TAG_FUNC) break;
  const func = bitsAt(probed + DISPATCH_VALUE);
  const missing = fieldOf(func, FUNC_MAX, FUNC_MAX_BITS) - count;
  if (missing < 0 || count < fieldOf(func, FUNC_MIN, FUNC_MIN_BITS)) break;
  const end = max(sp, base + (fieldOf(func, FUNC_FRAME, FUNC_FRAME_BITS) << CELL_SHIFT));
  const pc = fieldOf(func, FUNC_ENTRY, FUNC_ENTRY_BITS) - missing;
  if (end + OPERAND_WORDS * CELL > STACK_LIMIT || RSP >= RETURN_LIMIT || <u32>pc >= <u32>MEMORY_CODE) break;
  cycles += extra(CYCLES_CALLM_METHOD, EACH_CALLM_METHOD, (end - sp) >> CELL_SHIFT, BEYOND_CALLM_METHOD);
  ${enterFrame(6)}
  e = DECODED + (pc << DECODED_SHIFT);
  continue;`,
  },
  {
    name: 'RET',
    own: true,
    body: `if (outside(sp + change(e)) || RSP == 0) break;
  const entry = load<i64>(RETURNS + ((RSP - 1) << 3));
  const pc = fieldOf(entry, 0, ENTRY_PC_BITS);
  if (fieldOf(entry, ENTRY_KIND, ENTRY_KIND_BITS) != KIND_CALL || pc >= MEMORY_CODE) break;
  const base = fp - (fieldOf(entry, ENTRY_HOLE, 1) << CELL_SHIFT);
  if (fieldOf(entry, ENTRY_DROP, 1)) sp = base;
  else {
    copyCell(base, $A);
    sp = base + CELL;
  }
  RSP -= 1;
  fp = STACK + (fieldOf(entry, ENTRY_FP, ENTRY_FP_BITS) << CELL_SHIFT);
  H = fieldOf(entry, ENTRY_HANDLER, ENTRY_HANDLER_BITS);
  e = DECODED + (pc << DECODED_SHIFT);
  cycles += CYCLES_RET_RETURN;
  retired += 1;
  continue;`,
  },
  {
    name: 'LDX',
    body: `const a = $A; const b = $B; if (tagAt(a) != TAG_LIST || tagAt(b) != TAG_INT) break;
  ${listItem('a', 'b')} copyCell($D, item);${done('CYCLES_LDX_LIST')}`,
  },
  {
    name: 'STX',
    body: `const a = $A; const b = $B; if (tagAt(a) != TAG_LIST || tagAt(b) != TAG_INT) break;
  ${listItem('a', 'b')} copyCell(item, $D);${done('CYCLES_STX_LIST')}`,
  },
  {
    name: 'LEN',
    body: `const a = $A;
  if (tagAt(a) != TAG_LIST) break;
  const list = describingBits(bitsAt(a));
  if (list == 0) break;
  ${result('TAG_INT', 'fieldOf(list, LIST_LENGTH, LIST_LENGTH_BITS)', 'CYCLES_LEN_LIST')}`,
  },
  {
    name: 'FORITER',
    body: `const group = $B;
  if (tagAt(group) != TAG_LIST || tagAt(group + CELL) != TAG_INT) break;
  ${listItem('group', 'group + CELL')}
  store<i64>(group + CELL, index + 1);
  copyCell($D, item);
  $leave
  e = load<i32>(e, IMMEDIATE_AT);
  cycles += CYCLES_FORITER_LIST_ITEM;
  retired += 1;
  continue;`,
  },
  {
    name: 'LDA',
    opcodes: [0, 1, 2, 3].map((i) => `OP_LDA + ${i}`),
    body: `${objectSlot} if (tagAt(slot) == TAG_UNBOUND) break; copyCell($D, slot);${done('CYCLES_LDA_SLOT')}`,
  },
  {
    name: 'STA',
    opcodes: [0, 1, 2, 3].map((i) => `OP_STA + ${i}`),
    body: `${objectSlot} copyCell(slot, $D);${done('CYCLES_STA_DONE')}`,
  },
  { name: 'LDW', body: `${dataWord} copyCell($D, item);${done('CYCLES_LDW_DONE')}` },
  { name: 'STW', body: `${dataWord} copyCell(item, $D);${done('CYCLES_STW_DONE')}` },
  {
    name: 'EXT',
    body: `const field = load<i32>(e, IMMEDIATE_AT);
  const width = <u64>unchecked(BITFIELD_WIDTHS[(field >> 6) & 15]);
  if (width == 64) break;
  const bits = (<u64>bitsAt($A) >> (field & 63)) & ((<u64>1 << width) - 1);
  ${result('TAG_INT', 'bits', 'CYCLES_EXT_DONE')}`,
  },
];

const opcodesOf = ({ name, opcodes }) => opcodes ?? [`OP_${name}`];

/** Body of a handler for instructions with or without a stack operand. */
function written({ body, own }, stack) {
  const cell = (field) => (stack ? `stackCell${field}(e, fp, sp)` : `frameCell${field}(e, fp)`);
  const text = body.replace(/\$([ABD])\b/g, (_, field) => cell(field)).replaceAll('$leave', stack ? 'sp = stack;' : '');
  const enter = stack && !own ? 'const stack = sp + change(e);\nif (outside(stack)) break;\n' : '';
  return enter + text;
}

function cases(handler, index) {
  const number = FIRST + 2 * index;
  if (handler.own) return `case ${number}:\ncase ${number + 1}: {\n// ${handler.name}\n${written(handler, true)}\n}\n`;
  return [false, true]
    .map((stack) => `case ${number + (stack ? 1 : 0)}: {\n// ${handler.name}\n${written(handler, stack)}\n}\n`)
    .join('');
}

/** Number of the first handler: 0 is step(), 1 a breakpoint. */
const FIRST = 2;

/** The generated constants that a text uses. */
function imported(text, generatedIsa) {
  const used = new Set(text.match(/\b[A-Z][A-Z0-9_]*[A-Z0-9]\b/g));
  return [...generatedIsa.matchAll(/^export const (\w+)/gm)].map((m) => m[1]).filter((name) => used.has(name));
}

const HEADER = '// Generated by simulator/generate/fast-loop.mjs. Do not edit.\n';

/** Text of assembly/generated/handlers.ts: numbers of the handlers, and which instruction goes to which. */
export function handlersSource(generatedIsa) {
  const numbers = HANDLERS.map(({ name }, i) => `export const F_${name}: i32 = ${FIRST + 2 * i};`).join('\n');
  const mapping = HANDLERS.filter((h) => opcodesOf(h).length > 0)
    .map(
      (h) =>
        `${opcodesOf(h)
          .map((op) => `case ${op}:`)
          .join('\n')}\nreturn F_${h.name};`,
    )
    .join('\n');
  const body = `
export const F_STEP: i32 = 0;
export const F_BREAK: i32 = 1;
${numbers}

/** Handler of an instruction without a stack operand; the next number is that for instructions with one. */
export function handlerOf(op: i32): i32 {
  switch (op) {
${mapping}
    default:
      return F_STEP;
  }
}
`;
  return `${HEADER}import { ${imported(body, generatedIsa).join(', ')} } from './isa';\n${body}`;
}

/** Text of assembly/generated/fast.ts. `template` is assembly/fast.template.ts, with a mark for the cases. */
export function fastSource(template, generatedIsa) {
  const body = template.replace('    // @handlers', HANDLERS.map(cases).join(''));
  return `${HEADER}import { ${imported(body, generatedIsa).join(', ')} } from './isa';\n${body}`;
}
