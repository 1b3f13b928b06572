/** Characters by their Unicode names, for `\N{...}`: Unicode 14, as in CPython 3.11. */

import { UNICODE_NAMES } from './generated/unicode-names.js';

let lines: string | null = null;
let codes: Map<string, number> | null = null;

/** Unpacks the table. It must have happened before {@link unicodeByName} is asked. */
export async function loadUnicodeNames(): Promise<void> {
  if (lines !== null) return;
  const packed = Uint8Array.from(atob(UNICODE_NAMES), (char) => char.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
  lines = await new Response(stream as ReadableStream).text();
}

/** Ideographs and the like: their names end with their code, which must lie in one of the ranges. */
const NUMBERED: readonly [prefix: string, ...ranges: [first: number, last: number][]][] = [
  [
    'CJK UNIFIED IDEOGRAPH-',
    [0x3400, 0x4dbf],
    [0x4e00, 0x9fff],
    [0x20000, 0x2a6df],
    [0x2a700, 0x2b738],
    [0x2b740, 0x2b81d],
    [0x2b820, 0x2cea1],
    [0x2ceb0, 0x2ebe0],
    [0x30000, 0x3134a],
  ],
  ['CJK COMPATIBILITY IDEOGRAPH-', [0xf900, 0xfa6d], [0xfa70, 0xfad9], [0x2f800, 0x2fa1d]],
  ['TANGUT IDEOGRAPH-', [0x17000, 0x187f7], [0x18d00, 0x18d08]],
  ['NUSHU CHARACTER-', [0x1b170, 0x1b2fb]],
  ['KHITAN SMALL SCRIPT CHARACTER-', [0x18b00, 0x18cd5]],
];

const INITIALS = 'G GG N D DD R M B BB S SS  J JJ C K T P H'.split(' ');
const VOWELS = 'A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I'.split(' ');
const FINALS = ' G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H'.split(' ');

/** The character with a name, whatever the name's case, or null. */
export function unicodeByName(name: string): string | null {
  const upper = name.toUpperCase();
  const code = numbered(upper) ?? hangul(upper) ?? table().get(upper);
  return code === undefined || code === null ? null : String.fromCodePoint(code);
}

function table(): Map<string, number> {
  if (codes !== null) return codes;
  codes = new Map();
  let next = 0;
  for (const line of (lines ?? '').split('\n')) {
    const semicolon = line.indexOf(';');
    if (semicolon >= 0) next = Number.parseInt(line.slice(0, semicolon), 16);
    codes.set(line.slice(semicolon + 1), next++);
  }
  return codes;
}

function numbered(name: string): number | null {
  for (const [prefix, ...ranges] of NUMBERED) {
    if (!name.startsWith(prefix)) continue;
    const digits = name.slice(prefix.length);
    const code = /^[0-9A-F]{4,5}$/.test(digits) ? Number.parseInt(digits, 16) : -1;
    return ranges.some(([first, last]) => code >= first && code <= last) ? code : null;
  }
  return null;
}

function hangul(name: string): number | null {
  const match = /^HANGUL SYLLABLE ([BCDGHJKMNPRST]{0,2})([AEIOUWY]{1,3})([A-Z]{0,2})$/.exec(name);
  if (match === null) return null;
  const [initial, vowel, final] = [INITIALS.indexOf(match[1]!), VOWELS.indexOf(match[2]!), FINALS.indexOf(match[3]!)];
  if (initial < 0 || vowel < 0 || final < 0) return null;
  return 0xac00 + (initial * VOWELS.length + vowel) * FINALS.length + final;
}
