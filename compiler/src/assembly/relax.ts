/**
 * Branch relaxation: a compare-and-branch reaches 512 words; one whose target is farther becomes a short branch and a
 * JMP. The linker encodes what comes out of here and the cost analysis costs it, so both see the same instructions.
 *
 * The forms, chosen with the prediction rule in mind (backward taken, forward not taken):
 *
 *     a condition with an exact inverse      Bnot .skip; JMP L; .skip:              2 cycles taken, 3 not taken
 *     another one, forward                   Bcc .take; JMP .skip; .take: JMP L; .skip:    4 taken, 2 not taken
 *     another one, backward (a loop)         JMP .test; .take: JMP L; .test: Bcc .take     3 taken, 4 not taken
 *
 * The exact inverse of BLT is BNLT, not BGE (NaN is neither less nor greater). Instructions that do more than branch have
 * none. A loop bound moves to the JMP that goes back.
 */
import { fieldRange } from '@pysm/isa';
import { prologue } from './entry.js';
import { type AsmFunction, type AsmInstruction, type AsmItem, type AsmOperand, isLabel } from './model.js';
import { select } from './select.js';

const PAIRS = [
  ['BIS', 'BNIS'],
  ['BIN', 'BNIN'],
  ['BT', 'BF'],
  ['BBS', 'BBC'],
  ['BTAG', 'BNTAG'],
  ['BUNB', 'BBND'],
  ['BLT', 'BNLT'],
  ['BLE', 'BNLE'],
  ['BGT', 'BNGT'],
  ['BGE', 'BNGE'],
  ['BEQ', 'BNEQ'],
  ['BNE', 'BNNE'],
] as const;
const INVERSE: ReadonlyMap<string, string> = new Map(
  PAIRS.flatMap(([x, y]): [string, string][] => [
    [x, y],
    [y, x],
  ]),
);

/** Reach of a branch in words, from the branch itself. */
export const BRANCH_REACH = fieldRange('B', 'offset');

/** Label of a branch of format B, else undefined. */
export function branchTarget(instruction: AsmInstruction): string | undefined {
  const last = instruction.operands.at(-1);
  return last?.kind === 'label' && instruction.mnemonic !== 'JMP' && instruction.mnemonic !== 'SETH'
    ? last.name
    : undefined;
}

const jump = (name: string): AsmInstruction => ({ mnemonic: 'JMP', operands: [{ kind: 'label', name }] });

/** Code words that an item takes. */
const words = (item: AsmItem): number => (isLabel(item) ? 0 : 1);

/** Word offset of each label from the first item. */
export function labelOffsets(items: readonly AsmItem[]): Map<string, number> {
  const offsets = new Map<string, number>();
  let at = 0;
  for (const item of items) {
    if (isLabel(item)) offsets.set(item.label, at);
    at += words(item);
  }
  return offsets;
}

function retarget(instruction: AsmInstruction, mnemonic: string, label: string): AsmInstruction {
  const target: AsmOperand = { kind: 'label', name: label };
  const { loopBound: _moved, ...rest } = instruction;
  return { ...rest, mnemonic, operands: [...instruction.operands.slice(0, -1), target] };
}

/** The long form of a branch. `fresh` makes label names. */
function lengthen(
  branch: AsmInstruction,
  target: string,
  backward: boolean,
  fresh: (stem: string) => string,
): AsmItem[] {
  const { range, loopBound, statement } = branch;
  const place = range === undefined ? {} : { range };
  const far: AsmInstruction = { ...jump(target), ...place, ...(loopBound === undefined ? {} : { loopBound }) };
  const inverse = INVERSE.get(branch.mnemonic);
  if (inverse !== undefined) {
    const skip = fresh('skip');
    return [retarget(branch, inverse, skip), far, { label: skip }];
  }
  const take = fresh('take');
  if (!backward) {
    const skip = fresh('skip');
    return [
      retarget(branch, branch.mnemonic, take),
      { ...jump(skip), ...place },
      { label: take },
      far,
      { label: skip },
    ];
  }
  const test = fresh('test');
  const { statement: _first, ...short } = retarget(branch, branch.mnemonic, take);
  return [
    { ...jump(test), ...place, ...(statement === undefined ? {} : { statement }) },
    { label: take },
    far,
    { label: test },
    short,
  ];
}

/** `items` with every branch within reach. Items are kept in order; labels added have names of their own. */
export function relax(items: readonly AsmItem[]): readonly AsmItem[] {
  const names = new Set(items.flatMap((item) => (isLabel(item) ? [item.label] : [])));
  let counter = 0;
  const fresh = (stem: string): string => {
    let name: string;
    do name = `.${stem}${counter++}`;
    while (names.has(name));
    names.add(name);
    return name;
  };
  let list = items;
  // Lengthening one branch may push another out of reach; each round lengthens at least one, so this ends.
  for (;;) {
    const offsets = labelOffsets(list);
    const next: AsmItem[] = [];
    let at = 0;
    for (const item of list) {
      const label = isLabel(item) ? undefined : branchTarget(item);
      const target = label === undefined ? undefined : offsets.get(label);
      if (!isLabel(item) && label !== undefined && target !== undefined && select(item).format === 'B') {
        const offset = target - at;
        if (offset < BRANCH_REACH.min || offset > BRANCH_REACH.max) {
          next.push(...lengthen(item, label, offset < 0, fresh));
          at += words(item);
          continue;
        }
      }
      next.push(item);
      at += words(item);
    }
    if (next.length === list.length) return list;
    list = next;
  }
}

/** The instructions of a function as they are encoded from its entry on: prologue and relaxed body. */
export function loweredItems(fn: AsmFunction): readonly AsmItem[] {
  return relax([...prologue(fn), ...fn.items]);
}
