/** The JSON of `pysm run --stats`: docs/schema/stats.schema.json. */
import type { Values } from '@pysm/debugger';
import { floatOf, str7Of, TAG, type Word } from '@pysm/isa';
import type { Statistics } from '@pysm/simulator';

/** How a run ended. */
export type Outcome = 'finished' | 'exception' | 'cycle limit' | 'interrupted' | 'break instruction' | 'fault';

/**
 * A double as a JSON number that keeps its type (`3.0`, not `3`). JSON has no NaN and no infinities: they become the
 * strings that Python prints.
 */
function floatJson(value: number): string {
  if (Number.isNaN(value)) return '"nan"';
  if (!Number.isFinite(value)) return value > 0 ? '"inf"' : '"-inf"';
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/**
 * What `main()` returned, as JSON text: int, float, bool, None and str as themselves (an int keeps all its digits), anything
 * else as the string of its repr.
 */
export async function resultJson(word: Word, values: Values): Promise<string> {
  switch (word.tag) {
    case TAG.INT:
      return String(word.payload);
    case TAG.FLOAT:
      return floatJson(floatOf(word.payload));
    case TAG.BOOL:
      return String(word.payload !== 0n);
    case TAG.NONE:
      return 'null';
    case TAG.STR7:
      return JSON.stringify(str7Of(word.payload));
    case TAG.STR:
      return JSON.stringify(await values.string(word));
    default:
      return JSON.stringify(await values.repr(word));
  }
}

/** The whole file. `target` is as in `--target`, `mainResult` is JSON text. */
export function statisticsJson(
  target: string,
  clockHz: number,
  statistics: Statistics,
  outcome: Outcome,
  exitCode: number,
  mainResult: string,
): string {
  const fields: readonly (readonly [string, string])[] = [
    ['cycles', String(statistics.cycles)],
    ['instructions', String(statistics.instructions)],
    ['target', JSON.stringify(target)],
    ['clock_hz', String(clockHz)],
    ['max_stack_words', String(statistics.maxStackWords)],
    ['heap_peak_words', String(statistics.heapPeakWords)],
    ['outcome', JSON.stringify(outcome)],
    ['exit_code', String(exitCode)],
    ['main_result', mainResult],
  ];
  return `{\n${fields.map(([name, json]) => `  "${name}": ${json}`).join(',\n')}\n}\n`;
}
