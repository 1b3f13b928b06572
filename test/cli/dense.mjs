/** The densest sources just below the limits on characters and tokens: what takes the most time and memory. */

/** As in the compiler: characters of a file, and tokens of a program. */
const CHARACTERS = 1_024_000;
const TOKENS = 262_144;

/** A head, a unit as often as `room` allows, and a tail. */
const fill = (unit, room, head = '', tail = '') =>
  head + unit.repeat(Math.floor((room - head.length - tail.length) / unit.length)) + tail;

/** Shapes by name: the text with about `room` characters, and how many tokens a character makes. */
const SHAPES = {
  'statements of one name': [(room) => fill('a\n', room), 1],
  'statements of operators': [(room) => fill('a=b+c*d-e\n', room), 1],
  'one line of names': [(room) => fill('x,', room, 'y=', 'x\n'), 1],
  'one line of lists': [(room) => fill('[[[]]],', room, 'y=', '1\n'), 1],
  'one line of calls and subscripts': [(room) => fill('a[b](c).d,', room, 'y=', 'a\n'), 1],
  'one line of comparisons': [(room) => fill('a<', room, 'y=', '1\n'), 1],
  'one line of statements': [(room) => fill('a;', room, '', 'a\n'), 1],
  'brackets 190 deep': [(room) => fill(`${'['.repeat(190)}${']'.repeat(190)}\n`, room), 1],
  'attributes 900 deep': [(room) => fill(`a${'.b'.repeat(900)}\n`, room), 1],
  'functions of one line': [(room) => fill('def f():0\n', room), 0.7],
  'a class of assignments': [(room) => fill(' a=b+c*d-e\n', room, 'class A:\n'), 0.91],
  'f-strings': [(room) => fill("f'{a}{b}{c}'\n", room), 1.31],
  'an f-string of names': [(room) => fill('{a}', room, "f'", "'\n"), 1.67],
};

/** As many characters as a file may have: only its tree can be shown. */
export const LONGEST = Object.entries(SHAPES).map(([name, [make]]) => [name, make(CHARACTERS)]);

/** As many tokens as a program may have: it is compiled. */
export const DENSEST = Object.entries(SHAPES).map(([name, [make, tokens]]) => [name, make((0.99 * TOKENS) / tokens)]);

/** Shapes that took the most time or memory at one of the commands; the others are tried everywhere with PYSM_DENSE=all. */
const WORST = new Set(['one line of lists', 'functions of one line', 'attributes 900 deep', 'f-strings']);

/** Whether a shape is tried at every command, at the server and at the adapter, and not only where it costs most. */
export const isTriedEverywhere = (name) => process.env.PYSM_DENSE === 'all' || WORST.has(name);
