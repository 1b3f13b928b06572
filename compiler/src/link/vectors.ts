/**
 * Trap vectors: which function handles which operation on which groups of operands.
 *
 * A function says what it handles as `OPERATION group group`, `SYSTEM CAUSE`, or with fewer groups or `any` for all of
 * them. The most specific handler wins, the first operand's group before the second's: `ADD str str` before `ADD str any`
 * before `ADD any str` before `ADD any any`.
 */
import { INSTRUCTIONS, SYSTEM_CAUSE, TAG_GROUP, TRAP_OPERATION, vectorIndex } from '@pysm/isa';
import type { Problems } from './problems.js';
import type { PlacedFunction, Symbols } from './symbols.js';

export interface Handler {
  readonly function: string;
  /** Group numbers; undefined = any. */
  readonly groups: readonly [number | undefined, number | undefined];
}

/** Numbers of words that the traps of an operation push: `IO_VALUE` has two forms, all others one. */
const PUSHES: ReadonlyMap<string, ReadonlySet<number>> = (() => {
  const pushes = new Map<string, Set<number>>();
  for (const { traps } of INSTRUCTIONS) {
    for (const trap of traps) {
      const key = trap.operation === 'SYSTEM' ? `SYSTEM ${trap.cause}` : trap.operation;
      pushes.set(key, (pushes.get(key) ?? new Set()).add(trap.pushes.length));
    }
  }
  return pushes;
})();

/** A handler's claim on part of the table: the operation's key and the groups, or what is wrong with the text. */
export function parseVector(text: string, pushed: number): { key: string; groups: Handler['groups'] } | string {
  const [operation = '', ...rest] = text.trim().split(/\s+/);
  if (!Object.hasOwn(TRAP_OPERATION, operation)) return `there is no trap operation ${operation}`;
  if (operation === 'SYSTEM') {
    const [cause = ''] = rest;
    if (!Object.hasOwn(SYSTEM_CAUSE, cause) || rest.length > 1) {
      return `SYSTEM needs one of the causes ${Object.keys(SYSTEM_CAUSE).join(', ')}`;
    }
  } else {
    for (const group of rest) {
      if (group !== 'any' && !Object.hasOwn(TAG_GROUP, group)) {
        return `there is no group ${group}; the groups are ${Object.keys(TAG_GROUP).join(', ')} and any`;
      }
    }
  }
  const key = operation === 'SYSTEM' ? `SYSTEM ${rest[0]}` : operation;
  const allowed = PUSHES.get(key);
  if (!allowed) return `no instruction traps to ${key}`;
  if (!allowed.has(pushed)) return `a handler of ${key} takes ${[...allowed].join(' or ')} parameters, not ${pushed}`;
  if (operation === 'SYSTEM') return { key, groups: [undefined, undefined] };
  if (rest.length > Math.min(pushed, 2)) return `${operation} has ${Math.min(pushed, 2)} groups, not ${rest.length}`;
  const number = (i: number): number | undefined => {
    if (i >= pushed) return 0;
    const group = rest[i] ?? 'any';
    return group === 'any' ? undefined : TAG_GROUP[group as keyof typeof TAG_GROUP];
  };
  return { key, groups: [number(0), number(1)] };
}

/** All handlers of the program by operation (`ADD`, `SYSTEM NAME`). */
export function handlersByOperation(symbols: Symbols, problems: Problems): Map<string, Handler[]> {
  const table = new Map<string, Handler[]>();
  for (const placed of symbols.functions.values()) {
    const { fn } = placed;
    if (fn.vectors.length > 0 && fn.min !== fn.parameters.length) {
      problems.add(`${fn.name} handles a trap and has defaults; a trap always pushes all operands`, placed);
    }
    for (const text of fn.vectors) {
      const parsed = parseVector(text, fn.parameters.length);
      if (typeof parsed === 'string') {
        problems.add(`${fn.name} cannot handle ${text}: ${parsed}`, placed);
        continue;
      }
      const list = table.get(parsed.key) ?? [];
      table.set(parsed.key, list);
      const same = list.find((h) => h.groups[0] === parsed.groups[0] && h.groups[1] === parsed.groups[1]);
      if (same) problems.add(`${fn.name} and ${same.function} both handle ${text}`, placed);
      else list.push({ function: fn.name, groups: parsed.groups });
    }
  }
  return table;
}

const specificity = (groups: Handler['groups']): number =>
  (groups[0] === undefined ? 0 : 2) + (groups[1] === undefined ? 0 : 1);

/** The vector table: function by vector index, for handlers that were reached. */
export function vectorTable(
  handlers: ReadonlyMap<string, readonly Handler[]>,
  reached: ReadonlyMap<string, PlacedFunction>,
): Map<number, string> {
  const table = new Map<number, string>();
  const groupNumbers = Object.values(TAG_GROUP);
  for (const [key, all] of handlers) {
    const list = all.filter((h) => reached.has(h.function));
    const [operation, cause] = key.split(' ');
    if (cause !== undefined) {
      for (const h of list) table.set(SYSTEM_CAUSE[cause as keyof typeof SYSTEM_CAUSE], h.function);
      continue;
    }
    list.sort((x, y) => specificity(x.groups) - specificity(y.groups));
    const number = TRAP_OPERATION[operation as keyof typeof TRAP_OPERATION];
    for (const { function: name, groups } of list) {
      for (const a of groups[0] === undefined ? groupNumbers : [groups[0]]) {
        for (const b of groups[1] === undefined ? groupNumbers : [groups[1]]) {
          table.set(vectorIndex(number, a, b), name);
        }
      }
    }
  }
  return table;
}
