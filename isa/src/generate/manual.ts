/** The instruction set manual, docs/isa.md: an introduction written by hand, then everything that the tables say. */
import { cyclesText, instructionSyntax } from '../describe.js';
import { BITFIELD_WIDTHS, FORMATS, type InstructionField, SPECIFIER, SPECIFIER_NAME } from '../formats.js';
import { BY_OPCODE, INSTRUCTIONS } from '../instructions/index.js';
import type { Format, Instruction, Operand, OperandKind, Outcome, Resume, Trap } from '../instructions/types.js';
import * as machine from '../machine.js';
import * as words from '../words.js';
import { memberComments } from './comments.js';

/** Texts that the manual is made from. */
export interface ManualSources {
  /** isa/docs/intro.md. */
  readonly intro: string;
  /** isa/src/machine.ts and isa/src/words.ts, whose comments are quoted. */
  readonly machine: string;
  readonly words: string;
  /** Text of each file in isa/listings, by file name. */
  readonly listings: ReadonlyMap<string, string>;
}

const hex = (value: number): string => `0x${value.toString(16).padStart(2, '0')}`;
const cell = (text: string): string => text.replace(/\|/g, '\\|');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** Rows of a constant object with the comment of each member. */
const commented = (
  values: Readonly<Record<string, number>>,
  comments: ReadonlyMap<string, string>,
  show: (value: number) => string = String,
): string[][] => Object.entries(values).map(([name, value]) => [show(value), `\`${name}\``, comments.get(name) ?? '']);

const OPERAND_KIND: Readonly<Record<OperandKind, string>> = {
  source: 'specifier, read',
  destination: 'specifier, written',
  local: 'local, read and written',
  'local-group': 'first local of a group',
  immediate: 'signed number',
  unsigned: 'number',
  bit: 'bit number, 0-63',
  tag: 'tag number',
  label: 'label',
  function: 'function',
  global: 'global variable',
  constant: 'constant',
  attribute: 'attribute name',
  csr: 'control register',
  bitfield: 'lowest bit and width of a bit field',
  drop: '1: the result is not wanted',
  clear: 'words to clear, filled in by the linker',
};

const RESUME: Readonly<Record<Resume, string>> = {
  value: 'the result becomes d',
  branch: 'a BOOL: whether the condition holds',
  next: 'the result is ignored',
  iterator: 'the iterator',
  item: 'the next item, or UNBOUND at the end',
  unpack: 'a TUPLE of n items, which are pushed',
  callable: 'what to call instead, with the same arguments',
  result: 'the result of the call',
  retry: 'none: the instruction runs from the start',
  none: 'never resumed',
};

const FORMAT_TITLE: Readonly<Record<Format, string>> = {
  T: 'three specifiers and a variant',
  I: 'two specifiers and a signed immediate',
  B: 'compare and branch: the offset counts from the branch itself',
  K: 'a specifier and a number',
  L: 'a specifier and a signed number',
  J: 'jump to a code address',
  C: 'call of a known function',
  A: 'attribute access: the opcode takes the top six bits only',
  M: 'call through a value or an attribute',
};

interface Piece {
  readonly low: number;
  readonly width: number;
  readonly label: string;
}

/** The 32 bits of a word as boxes, with the highest and lowest bit of each above it. */
function diagram(format: Format, opcode: string, names: ReadonlyMap<string, string>): string {
  const pieces: Piece[] = [];
  const layout: Readonly<Record<string, InstructionField>> = FORMATS[format];
  for (const [name, { pieces: list }] of Object.entries(layout)) {
    let left = list.reduce((sum, [, width]) => sum + width, 0);
    for (const [low, width] of list) {
      left -= width;
      const part = list.length > 1 ? `[${left + width - 1}:${left}]` : '';
      pieces.push({ low, width, label: `${names.get(name) ?? name}${part}` });
    }
  }
  const opcodeLow = format === 'A' ? 26 : 24;
  pieces.push({ low: opcodeLow, width: 32 - opcodeLow, label: opcode });
  pieces.sort((a, b) => b.low - a.low);
  const filled: Piece[] = [];
  let top = 32;
  for (const piece of pieces) {
    const gap = top - piece.low - piece.width;
    if (gap > 0) filled.push({ low: piece.low + piece.width, width: gap, label: '-' });
    filled.push(piece);
    top = piece.low;
  }
  if (top > 0) filled.push({ low: 0, width: top, label: '-' });
  const cells = filled.map(({ low, width, label }) => {
    const high = low + width - 1;
    const size = Math.max(
      label.length + 2,
      width * 2 - 1,
      width === 1 ? 4 : String(high).length + String(low).length + 1,
    );
    const bits =
      width === 1 ? String(low).padStart(size) : `${high}${String(low).padStart(size - String(high).length)}`;
    const before = Math.floor((size - label.length) / 2);
    return { bits, box: `${' '.repeat(before)}${label}`.padEnd(size), size };
  });
  const rule = `+${cells.map((c) => '-'.repeat(c.size)).join('+')}+`;
  return [
    '```',
    ` ${cells.map((c) => c.bits).join(' ')}`,
    rule,
    `|${cells.map((c) => c.box).join('|')}|`,
    rule,
    '```',
  ].join('\n');
}

/** Cycles of an instruction in a few characters, for tables. */
function cyclesRange(i: Instruction): string {
  const unique = [...new Set(i.outcomes.map(cyclesText))];
  if (unique.length === 0) return i.traps.length > 0 ? 'trap' : '-';
  const shown = unique.every((t) => /^\d+$/.test(t))
    ? unique
        .map(Number)
        .sort((a, b) => a - b)
        .join(', ')
    : unique.join(', ');
  return i.branch ? `${shown} (+${machine.TIMING.mispredicted} against the prediction)` : shown;
}

function tagsText(o: Outcome): string {
  const tags = Object.entries(o.tags ?? {}).map(([name, tag]) => `${name} ${tag}`);
  return tags.length > 0 ? tags.join(', ') : 'any';
}

function trapRow(t: Trap): string[] {
  const vector = t.operation === 'SYSTEM' ? `SYSTEM ${t.cause}` : t.operation;
  const entry = t.found + machine.TIMING.trapEntry;
  return [`\`${vector}\``, t.when, t.pushes.join(', ') || '-', String(t.found), String(entry), RESUME[t.resume]];
}

function operandRow(i: Instruction, o: Operand): string[] {
  const { pieces } = FORMATS[i.format][o.field]!;
  const bits = pieces.map(([low, width]) => (width === 1 ? `${low}` : `${low + width - 1}:${low}`)).join(' and ');
  return [`\`${o.name}\``, OPERAND_KIND[o.kind], bits];
}

function instructionText(i: Instruction): string {
  const names = new Map(i.operands.map((o) => [o.field, o.name]));
  // What an instruction does not use of its format is zero.
  for (const field of Object.keys(FORMATS[i.format])) {
    if (!names.has(field)) names.set(field, field === 'variant' && i.format === 'T' ? 'variant' : '0');
  }
  const opcode = i.format === 'A' ? `${hex(i.opcode)}..${hex(i.opcode + 3)}` : hex(i.opcode);
  const parts = [`#### ${i.mnemonic}`, `\`${instructionSyntax(i)}\` - ${i.doc}`, diagram(i.format, opcode, names)];
  if (i.family !== undefined && i.family !== i.mnemonic) {
    parts.push(`Assembly writes \`${i.family}\`; this form is taken where an operand is a number without a specifier.`);
  }
  if (i.operands.length > 0)
    parts.push(
      table(
        ['operand', 'kind', 'bits'],
        i.operands.map((o) => operandRow(i, o)),
      ),
    );
  if (i.outcomes.length > 0) {
    const rows = i.outcomes.map((o) => [o.name, tagsText(o), cyclesText(o), o.when ?? '']);
    parts.push(table(['outcome', 'tags', 'cycles', 'when'], rows));
  }
  if (i.branch) {
    parts.push(
      `Cycles are those of a branch that goes as predicted; against the prediction it takes ${machine.TIMING.mispredicted} more.`,
    );
  }
  if (i.traps.length > 0) {
    parts.push(table(['trap', 'when', 'pushes', 'k', 'entry', 'what the handler returns'], i.traps.map(trapRow)));
  }
  return parts.join('\n\n');
}

const anchor = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replace(/ /g, '-');

function groups(): Map<string, Instruction[]> {
  const map = new Map<string, Instruction[]>();
  for (const i of INSTRUCTIONS) map.set(i.group, [...(map.get(i.group) ?? []), i]);
  return map;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function opcodeMap(): string {
  const head = ['', ...Array.from({ length: 16 }, (_, i) => `_${i.toString(16)}`)];
  const rows: string[][] = [];
  for (let high = 0; high < 16; high++) {
    const cells = Array.from({ length: 16 }, (_, low) => BY_OPCODE[high * 16 + low]?.mnemonic ?? '');
    if (cells.some((c) => c !== '')) rows.push([`${high.toString(16)}_`, ...cells]);
  }
  return table(head, rows);
}

function specifiers(): string {
  const zero = SPECIFIER.ZERO;
  const named = [...SPECIFIER_NAME].filter(([n]) => n < zero).map(([n, name]) => [String(n), `constant \`${name}\``]);
  return table(
    ['specifier', 'operand'],
    [
      [`0-${SPECIFIER.LOCAL_MAX}`, 'local: the word at FP + specifier'],
      ...named,
      [`${zero}-${zero + 9}`, 'constant INT 0 to 9'],
      [String(SPECIFIER.ENVIRONMENT), 'as a source: the environment, the word at FP - 1; as a destination: discard'],
      [String(SPECIFIER.STACK), '`S`: pop as a source, push as a destination; b is popped before a'],
    ],
  );
}

function tags(): string {
  const rows = Object.entries(words.TAG).map(([name, tag]) => [
    hex(tag),
    String(words.tagNumber(tag)),
    `\`${name}\``,
    machine.GROUP_OF_TAG[words.tagNumber(tag)]!,
    [tag & 0x80 ? 'traced' : '', tag & 0x40 ? 'length in the reference' : '', tag & 0x20 ? 'Python sees it' : '']
      .filter((t) => t !== '')
      .join(', '),
  ]);
  return table(['tag', 'number', 'name', 'group', 'bits 7:5'], rows);
}

const LAYOUTS: readonly [string, Readonly<Record<string, words.Field>>, string][] = [
  [
    'FUNC',
    words.FUNC,
    'A function. `entry` is for a call with all `max` arguments; each missing one enters one instruction earlier.',
  ],
  ['CLASS', words.CLASS, 'A class, called like a function; `words` is the size of an instance with its header.'],
  ['references', words.REF, 'Every traced word. `length` counts items of TUPLE, BYTES and STR.'],
  ['HDR', words.HDR, 'Word 0 of every heap block.'],
  ['LIST', words.LIST, 'Word 1 of a list or bytearray; `address` is the first item.'],
  ['GEN', words.GEN, 'Word 1 of a generator; `state`: 0 fresh, 1 suspended, 2 running, 3 done.'],
  ['return-stack entry', words.RETURN_ENTRY, 'RAW when RSRD reads it.'],
  [
    'handler descriptor',
    words.HANDLER,
    'A RAW word in data RAM: `start` <= pc < `end` is covered by `target`; `outer` is the next descriptor.',
  ],
  [
    'trap vector',
    machine.VECTOR,
    'Code address of the handler and the words to clear beyond the pushed operands; address 0 = no handler.',
  ],
];

function layouts(): string {
  return LAYOUTS.map(([name, layout, doc]) => {
    const fields = Object.entries(layout).map(([field, [low, width]]) => [
      `\`${field}\``,
      width === 1 ? String(low) : `${low + width - 1}:${low}`,
    ]);
    return `**${name}** - ${doc}\n\n${table(['field', 'bits'], fields)}`;
  }).join('\n\n');
}

function machineText(source: string, wordSource: string): string {
  const system = memberComments(source, 'SYSTEM_CAUSE');
  const kinds = Object.entries(words.ENTRY_KIND).map(([name, value]) => [String(value), `\`${name}\``]);
  const flags = memberComments(wordSource, 'FUNC_FLAG');
  return [
    '## Memories',
    table(
      ['memory', 'words'],
      Object.entries(machine.MEMORY).map(([name, value]) => [name, value.toLocaleString('en')]),
    ),
    `Data words 0 to ${machine.RUNTIME_CELLS - 1} are cells of the runtime; constants and class descriptors follow, then the heap. ` +
      `The last ${machine.STACK_RESERVE} words of the stack and ${machine.RETURN_RESERVE} return entries are kept back for raising ` +
      `RecursionError. A frame has room for ${machine.OPERAND_WORDS} operand words beyond its locals. The allocator's blocks have ` +
      `${machine.SIZE_CLASSES.slice(0, -1).join(', ')} or ${machine.SIZE_CLASSES.at(-1)} words; larger ones are cut from the unused heap.`,
    '## Control and status registers',
    table(['number', 'name', 'meaning'], commented(machine.CSR, memberComments(source, 'CSR'))),
    '## I/O space',
    table(['address', 'name', 'meaning'], commented(machine.IO, memberComments(source, 'IO'))),
    `A store to an output pin is seen by an instruction that reads the pin over a jumper ${machine.PIN_VISIBLE_AFTER} cycles later.`,
    '## Dispatch table',
    'Index = row + attribute number; an entry counts only if it holds that attribute number.',
    table(
      ['kind', 'name'],
      Object.entries(machine.DISPATCH_KIND).map(([name, value]) => [String(value), `\`${name}\``]),
    ),
    '## Return-stack entries',
    table(['kind', 'name'], kinds),
    '## Trap vectors',
    'Index = operation x 64 + group of the first pushed operand x 8 + group of the second; an operation with one operand takes 0 ' +
      'for the second group, and `SYSTEM` takes the cause in the low six bits. The groups of tags are ' +
      `${Object.entries(machine.TAG_GROUP)
        .map(([name, value]) => `${value} ${name}`)
        .join(', ')}.`,
    table(
      ['operation', 'name', 'meaning'],
      commented(machine.TRAP_OPERATION, memberComments(source, 'TRAP_OPERATION')),
    ),
    table(['cause', 'name', 'when'], commented(machine.SYSTEM_CAUSE, system)),
    '## Faults',
    'A fault stops the core. It is a wrong image or a mistake of the runtime, never a Python exception.',
    table(['number', 'name', 'why'], commented(machine.FAULT, memberComments(source, 'FAULT'))),
    '## Cycles outside the instructions',
    table(['cycles', 'name', 'what'], commented(machine.TIMING, memberComments(source, 'TIMING'))),
    '## Flags of functions and classes',
    table(['bit', 'name', 'meaning'], commented(words.FUNC_FLAG, flags)),
  ].join('\n\n');
}

/** The listings with the cycles that they expect and how these add up, from the comments at their heads. */
function listingTable(listings: ReadonlyMap<string, string>): string {
  const rows = [...listings].map(([file, text]) => {
    const head = /^(?:;.*\n)+/.exec(text)?.[0] ?? '';
    const comments = head.split('\n').map((line) => line.replace(/^;\s?/, '').trim());
    const expected = comments.find((line) => line.startsWith('expect '))?.slice('expect '.length) ?? '';
    const sum = comments.slice(1).filter((line) => line !== '' && !/^(expect|jumper) /.test(line));
    return [`[${comments[0]}](../isa/listings/${file})`, expected, sum.join(' ')];
  });
  return table(['what', 'cycles', 'how they add up'], rows);
}

/** Text of docs/isa.md. */
export function manual(sources: ManualSources): string {
  const byGroup = groups();
  const index = [...byGroup].map(
    ([group, list]) =>
      `- [${capital(group)}](#${anchor(group)}): ${list.map((i) => `[${i.mnemonic}](#${anchor(i.mnemonic)})`).join(' ')}`,
  );
  const chapters = [...byGroup].flatMap(([group, list]) => [
    `### ${capital(group)}`,
    table(
      ['opcode', 'instruction', 'cycles', 'traps'],
      list.map((i) => [
        hex(i.opcode),
        `\`${instructionSyntax(i)}\``,
        cyclesRange(i),
        i.traps.map((t) => (t.operation === 'SYSTEM' ? t.cause! : t.operation)).join(', '),
      ]),
    ),
    ...list.map(instructionText),
  ]);
  return `${[
    '<!-- Generated by isa/generate.mjs from isa/docs/intro.md and the instruction table. Do not edit. -->',
    sources.intro.trim(),
    '## Tags',
    'Bit 7: the collector follows the reference. Bit 6: a sequence with its length in the reference. Bit 5: Python can see the ' +
      'word. Bits 4:0: the number.',
    tags(),
    '## Payloads',
    layouts(),
    `A STR7 has its length in byte 0 and up to ${words.STR7_MAX} characters in the bytes above. A STR reference with bit ` +
      `${words.STR_WIDE_BIT} set holds 32-bit code points, two a word; without it ASCII bytes, eight a word.`,
    '## Specifiers',
    specifiers(),
    '## Formats',
    ...(Object.keys(FORMATS) as Format[]).flatMap((format) => [
      `**${format}** - ${FORMAT_TITLE[format]}`,
      diagram(format, 'opcode', new Map()),
    ]),
    `The width of a bit field (EXT, INS) is a code: ${BITFIELD_WIDTHS.map((w, i) => `${i} = ${w}`).join(', ')}; the immediate is ` +
      'code x 64 + lowest bit, as a signed number.',
    machineText(sources.machine, sources.words),
    '## Instructions',
    `${INSTRUCTIONS.length} instructions. Cycles are counted from retire to retire. For a trap, *k* is the execute cycle that finds ` +
      "it and *entry* the cycles until the handler's first instruction, with 1 more for each word beyond three that is pushed or cleared.",
    ...index.join('\n').split('\n\n'),
    '### Opcode map',
    opcodeMap(),
    ...chapters,
    '## Listings',
    'Hand-written programs for what the speed of Python is made of. Each runs on the simulator in the tests and must take ' +
      'just the cycles given.',
    listingTable(sources.listings),
  ].join('\n\n')}\n`;
}
