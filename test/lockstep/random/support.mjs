/**
 * What every stream stands on: handlers for every trap, raising and unwinding, allocation up to exhaustion, and the
 * objects that its instructions work on. A handler answers what its instruction can take, so that streams live on.
 */
import { TAG, TRAP_OPERATION } from '@pysm/isa';

/** Kinds of handlers: parameters and what they return. */
const ANY = ['LDK S,"any"', 'None', '7', 'True', 'LDK S,(1, 2)', 'LDI S,-300'];
const BOOL = ['True', 'False'];
const INT = ['3', '0', '-1', 'LDI S,77'];

/** Operations of the trap table: parameters of the handler, and its possible answers. */
const OPERATIONS = {
  ...Object.fromEntries(
    ['ADD', 'SUB', 'MUL', 'AND', 'OR', 'XOR', 'SHL', 'SHR', 'FLOOR', 'MOD', 'DIV', 'POW', 'ZXT'].map((name) => [
      name,
      { parameters: ['a', 'b'], answers: ANY },
    ]),
  ),
  ...Object.fromEntries(['NEG', 'INV', 'ABS'].map((name) => [name, { parameters: ['a'], answers: ANY }])),
  ...Object.fromEntries(
    ['LT', 'LE', 'EQ', 'NE', 'GT', 'GE'].flatMap((name) => [
      [name, { parameters: ['a', 'b'], answers: ANY }],
      [`${name}_BRANCH`, { parameters: ['a', 'b'], answers: BOOL }],
    ]),
  ),
  IN: { parameters: ['a', 'b'], answers: BOOL },
  NOT_IN: { parameters: ['a', 'b'], answers: BOOL },
  TRUTH: { parameters: ['a'], answers: BOOL },
  INDEX: { parameters: ['a'], answers: INT },
  ITER: { parameters: ['a'], answers: ['LDK S,(4, 5)', 'LDK S,()', 'LDG S,@__main__.lst', 'LDG S,@__main__.obj'] },
  LOAD_ATTR: { parameters: ['a'], answers: ANY },
  STORE_ATTR: { parameters: ['a', 'v'], answers: ['None'] },
  DELETE_ATTR: { parameters: ['a'], answers: ['None'] },
  LOAD_ITEM: { parameters: ['a', 'b'], answers: ANY },
  STORE_ITEM: { parameters: ['a', 'b', 'v'], answers: ['None'] },
  DELETE_ITEM: { parameters: ['a', 'b'], answers: ['None'] },
  LEN: { parameters: ['a'], answers: INT },
  APPEND: { parameters: ['a', 'b'], answers: ['None'] },
  HASH: { parameters: ['a'], answers: INT },
  CALL: { parameters: ['callee', 'n'], answers: ['LDK S,func sink', 'LDG S,@__main__.sinkclosure'] },
  CALL_KEYWORDS: { parameters: ['callee', 'n'], answers: ANY },
  BUILD_MAP: { parameters: [], answers: ['LDG S,@__main__.dct', 'None'] },
  BUILD_SET: { parameters: [], answers: ['LDG S,@__main__.set', 'None'] },
  BUILD_SLICE: { parameters: [], answers: ANY },
  CONVERT: { parameters: ['a'], answers: INT },
  SQRT: { parameters: ['a'], answers: INT },
  BIT_TEST: { parameters: ['a'], answers: BOOL },
  RESUME_GENERATOR: { parameters: ['g', 'v'], answers: ['UNBOUND', '5'] },
};

/** System causes whose handlers only answer. */
const CAUSES = {
  NAME: { parameters: [], answers: ANY },
  UNBOUND: { parameters: [], answers: ['None'] },
  UNBOUND_CELL: { parameters: [], answers: ANY },
};

/** Operations whose handlers are written out below. */
const WRITTEN = new Set(['SYSTEM', 'NEXT', 'UNPACK', 'IO_VALUE']);

/** Every operation of the table has a handler: a new one must be entered here. */
for (const name of Object.keys(TRAP_OPERATION)) {
  if (!(name in OPERATIONS) && !WRITTEN.has(name)) throw new Error(`streams have no handler for the trap ${name}`);
}

/** Lines that return an answer: a source, or an instruction that pushes it. */
const answer = (text) => (text.includes(' ') ? [text, 'RET S'] : [`RET ${text}`]);

const GROUPS = ['number', 'float', 'str', 'sequence', 'mapping', 'object', 'callable', 'other'];

/**
 * Handlers of all traps.
 * @param {import('./choices.mjs').Choices} choices
 * @param {(parameters: readonly string[]) => { locals: readonly string[], body: readonly import('./stream.mjs').Node[] }} harmless
 *   makes instructions that cannot trap, for a function with these parameters
 * @returns {import('./stream.mjs').StreamFunction[]}
 */
export function trapHandlers(choices, harmless) {
  const make = (name, parameters, vectors, answers) => {
    const { locals, body } = harmless(parameters);
    return {
      name,
      signature: `${name}(${parameters.join(' ')} | ${locals.join(' ')})`,
      directives: vectors.map((vector) => `vector ${vector}`),
      head: [],
      body,
      tail: answer(choices.pick(answers)),
    };
  };
  const handlers = [];
  for (const [operation, { parameters, answers }] of Object.entries(OPERATIONS)) {
    handlers.push(make(`trap.${operation}`, parameters, [operation], answers));
    // Some vectors lead elsewhere: the index is a matter of both operands' groups.
    const groups = parameters.length >= 2 && operation !== 'CALL' ? 2 : parameters.length === 1 ? 1 : 0;
    if (groups > 0 && choices.chance(50)) {
      const group = [choices.pick(GROUPS), ...(groups > 1 ? [choices.pick([...GROUPS, 'any'])] : [])].join(' ');
      handlers.push(
        make(`trap.${operation}.${group.replaceAll(' ', '.')}`, parameters, [`${operation} ${group}`], answers),
      );
    }
  }
  for (const [cause, { parameters, answers }] of Object.entries(CAUSES)) {
    handlers.push(make(`trap.${cause}`, parameters, [`SYSTEM ${cause}`], answers));
  }
  return handlers;
}

const fixed = (signature, directives, text) => ({
  name: /^[^(]+/.exec(signature)[0],
  signature,
  directives,
  head: text
    .trim()
    .split('\n')
    .map((line) => line.trim()),
  body: [],
  tail: [],
});

/** Functions that are the same in every stream. */
export const SUPPORT = [
  fixed(
    'raise(x | k w h)',
    ['vector SYSTEM RAISE', 'vector SYSTEM RERAISE'],
    `
    MOV k,0
    LOOP:
    RSRD w,k
    EXT h,w,28:16
    BEQ h,0,UP
    IN:
    HSEL h,w,h
    BTAG h,INT,FOUND
    EXT h,h,0:16
    BNE h,0,IN
    UP:
    ADD k,k,1
    JMP LOOP
    FOUND:
    UNW k,x,h`,
  ),
  fixed(
    'overflow( | a)',
    ['vector SYSTEM STACK'],
    `
    LDK a,"stack"
    RAISE a`,
  ),
  fixed(
    'refuse(a | t)',
    ['vector IO_VALUE any'],
    `
    TINS t
    RAISE a`,
  ),
  fixed(
    'refuse2(a b | t u)',
    ['vector IO_VALUE number any', 'vector IO_VALUE other any'],
    `
    TINS t
    RAISE b`,
  ),
  // The heap grows in small steps; at its end everything is made anew.
  fixed(
    'grow( | top end)',
    ['vector SYSTEM ALLOCATE'],
    `
    LDG end,@__main__.heapend
    CSRR top,HLIM
    BNLT top,end,FULL
    ADD top,top,300
    BLE top,end,SET
    MOV top,end
    SET:
    CSRW HLIM,top
    RET None
    FULL:
    RAISE UNBOUND`,
  ),
  fixed(
    'next(h | n)',
    ['vector NEXT'],
    `
    LDG n,@__main__.steps
    ADD n,n,1
    STG @__main__.steps,n
    AND n,n,3
    BEQ n,0,END
    RET n
    END:
    RET UNBOUND`,
  ),
  fixed(
    'unpack(a | n)',
    ['vector UNPACK'],
    `
    TINS n
    EXT n,n,0:6
    BEQ n,1,ONE
    BEQ n,2,TWO
    BEQ n,3,THREE
    LDK S,()
    RET S
    ONE:
    LDK S,(11,)
    RET S
    TWO:
    LDK S,(11, 12)
    RET S
    THREE:
    LDK S,(11, 12, 13)
    RET S`,
  ),
  fixed(
    'sink(a b c d e f) min 0',
    ['default 1', 'default None', 'default "d"', 'default True', 'default 5', 'default @__main__.lst'],
    `
    RET b`,
  ),
  fixed(
    'sinkc(a b c d e f | t) min 0',
    ['default 1', 'default None', 'default "d"', 'default True', 'default 5', 'default 6'],
    `
    LDENV t,0
    BIS t,ENV,OTHER
    RET t
    OTHER:
    RET a`,
  ),
  // Clears the heap and makes the objects anew.
  fixed(
    'reset( | p end n)',
    [],
    `
    LDG p,@__main__.heapstart
    CSRR end,HTOP
    CSRW HTOP,p
    ADD n,p,400
    CSRW HLIM,n
    JMP TEST
    CLEAR:
    MOV n,p
    TAGW n,n,${TAG.RAW}
    MCLR n,32
    ADD p,p,32
    TEST:
    BLT p,end,CLEAR
    ${[1, 4, 5, 9].map((sizeClass) => `CSRW FREE+${sizeClass},0`).join('\n')}
    CALL init,0,drop
    RET None`,
  ),
  fixed(
    'init( | p q r s)',
    [],
    `
    LDI S,1
    LDI S,22
    LDK S,"three"
    BTUP S,3
    STG @__main__.tup,S
    MOV S,5
    MOV S,True
    MOV S,None
    LDI S,40
    BLIST p,4
    STG @__main__.lst,p
    MOV S,1
    BLIST p,1
    STG @__main__.lst2,p
    NEW p,class C0
    STA p,.x,3
    LDI S,-7
    STA p,.y,S
    STG @__main__.obj,p
    TAGW q,p,${TAG.OBJX}
    STG @__main__.objx,q
    NEW q,class C1
    STA q,.x,q
    STG @__main__.sub,q
    MKCELL q,8
    STG @__main__.cell,q
    MKCELL r,UNBOUND
    STG @__main__.ucell,r
    MOV S,1
    MOV S,q
    MOV S,r
    MOV S,UNBOUND
    LDK S,func clo
    MKCLO S,S,4
    STG @__main__.clo,S
    LDI S,66
    LDK S,func sinkc
    MKCLO S,S,1
    STG @__main__.sinkclosure,S
    ALLOC q,3
    LDK S,func meth
    STW q,1,S
    STW q,2,p
    TAGW q,q,${TAG.BOUND}
    STG @__main__.bound,q
    ALLOC q,3
    LDI S,25185
    STW q,1,S
    MOV S,9
    STW q,2,S
    LDI S,11
    LDI S,24
    RSHL S,S,S
    RADD S,q,S
    TAGW S,S,${TAG.BYTES}
    STG @__main__.byt,S
    ALLOC q,3
    LDI S,31868
    STW q,1,S
    ALLOC r,2
    RADD S,q,1
    LDI S,13
    LDI S,24
    RSHL S,S,S
    RADD S,S,S
    LDI S,16
    LDI S,48
    RSHL S,S,S
    RADD S,S,S
    TAGW S,S,${TAG.RAW}
    STW r,1,S
    TAGW S,r,${TAG.BYTEARRAY}
    STG @__main__.bar,S
    ALLOC q,2
    MOV S,2
    LDI S,24
    RSHL S,S,S
    TAGW S,S,${TAG.RAW}
    STW q,1,S
    TAGW S,q,${TAG.DICT}
    STG @__main__.dct,S
    ALLOC q,2
    TAGW S,0,${TAG.RAW}
    STW q,1,S
    TAGW S,q,${TAG.SET}
    STG @__main__.set,S
    LDI S,32
    ALLOC q,S
    STG @__main__.scr,q
    MOV S,7
    LDI S,48
    RSHL S,S,S
    RADD S,S,q
    TAGW S,S,${TAG.RAW}
    STG @__main__.tab,S
    LDI S,32
    ALLOC q,S
    STG @__main__.scr2,q
    CALL gen0,0
    STG @__main__.gen,S
    RET None`,
  ),
];

/** Globals of the objects above, and their kinds by name. */
export const OBJECTS = [
  'tup',
  'lst',
  'lst2',
  'obj',
  'objx',
  'sub',
  'cell',
  'ucell',
  'clo',
  'sinkclosure',
  'bound',
  'byt',
  'bar',
  'dct',
  'set',
  'scr',
  'scr2',
  'tab',
  'gen',
];
