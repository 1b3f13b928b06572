/**
 * The property that instruction times add up: an instruction with the same immediates, tags and outcome costs the same
 * cycles whatever ran before it and whatever happens around it. A batch of the directed cases runs alone and in several
 * random surroundings (pieces.mjs, program.mjs), on the core under test only; every instruction of every case must cost
 * the same in all of them. The simulator takes no part in it.
 *
 * Data ports and stack copies that a collector would use are the debugger's, which reads all the time in every other run.
 */
import { instructionPrinter } from '@pysm/compiler';
import { INSTRUCTIONS, intWord } from '@pysm/isa';
import { inFeatures } from '../coverage.mjs';
import { casesOf } from '../directed/cases.mjs';
import { ImageBuilder } from '../directed/image.mjs';
import { Choices } from '../random/choices.mjs';
import { measure } from './measure.mjs';
import { ALONE, contextProgram, randomContext } from './program.mjs';

/** Cases of a batch, so that its code fits in any surroundings. */
const BATCH = 100;
/** Cases of a batch that may have to be left out. */
const MISFITS = 5;
/** Surroundings of each batch. */
const CONTEXTS = 4;
/** Cases of an instruction in one round over all of them. */
const PER_INSTRUCTION = 3;
/** One of so many pairs of words is looked at when cases are drawn. */
const PART = 25;
/** Longest time for shrinking, ms. */
const SHRINKING = 60_000;

/** Instructions whose cases need each other's order, or whose cost is the wait for a pin. */
const OTHERS = {
  WAITP: () => [{ mnemonic: 'WAITP', sources: { pin: intWord(0), value: intWord(0) } }],
};

const clamp = (seed) => seed >>> 0;

/**
 * A few cases of each instruction, in random order.
 * @returns {import("./program.mjs").Subject[]}
 */
export function drawCases(c, features) {
  const { heap, labels } = new ImageBuilder();
  const drawn = [];
  for (const instruction of INSTRUCTIONS.filter((i) => inFeatures(features)(i))) {
    const context = { heap, labels, features, part: PART, shift: c.below(PART) };
    const cases = [...(OTHERS[instruction.mnemonic]?.() ?? casesOf(instruction, context))];
    for (let i = 0; i < PER_INSTRUCTION && cases.length > 0; i++) {
      drawn.push({ instruction, one: cases.splice(c.below(cases.length), 1)[0] });
    }
  }
  for (let i = drawn.length - 1; i > 0; i--) {
    const k = c.below(i + 1);
    [drawn[i], drawn[k]] = [drawn[k], drawn[i]];
  }
  return drawn.map((subject, number) => ({ ...subject, number }));
}

/** Index of the first event that two runs of a case differ in, or -1. */
function firstDifference(alone, within) {
  for (let i = 0; i < Math.max(alone.length, within.length); i++) {
    const [a, b] = [alone[i], within[i]];
    if (a?.outcome !== b?.outcome || a?.cycles !== b?.cycles) return i;
  }
  return -1;
}

/**
 * Runs cases alone and in surroundings.
 * @returns {Promise<{ index: number, event: number, alone: object, within: object, records: number, cycles: number } | undefined>}
 *   the first case that differs
 */
async function differs(core, subjects, contexts, reading, reference) {
  const without =
    reference ??
    (await measure(
      core,
      contextProgram(
        subjects,
        subjects.map(() => ALONE),
      ),
      false,
    ));
  const program = contextProgram(subjects, contexts);
  const within = await measure(core, program, reading);
  for (const index of subjects.keys()) {
    const event = firstDifference(without.cases[index], within.cases[index]);
    if (event >= 0)
      return { index, event, alone: without.cases[index], within: within.cases[index], program, ran: within };
  }
  return { index: -1, ran: within };
}

/**
 * Runs cases alone, without those that end the program: a generator that an exception is thrown into, for instance, has
 * a handler only if the cases before it have left it in the right state.
 * @returns {Promise<{ subjects: Subject[], alone: object, misfit?: string }>} `misfit`: too many do
 */
async function standing(core, cases, count) {
  const subjects = [...cases];
  for (;;) {
    const alone = await measure(
      core,
      contextProgram(
        subjects,
        subjects.map(() => ALONE),
      ),
      false,
    );
    count(alone);
    const unmeasured = alone.cases.findIndex((events) => events.length === 0);
    if (alone.end === 'exit' && unmeasured < 0) return { subjects, alone };
    const last = unmeasured < 0 ? subjects.length - 1 : unmeasured - 1;
    const { mnemonic } = subjects[Math.max(0, last)].instruction;
    subjects.splice(Math.max(0, last), 1);
    if (subjects.length < cases.length - MISFITS) {
      return {
        subjects,
        alone,
        misfit: `case after case ends the program, the last of them ${mnemonic}, by a ${alone.end}`,
      };
    }
  }
}

/** Surroundings with one thing less, those that take away most first. */
function* smaller(context) {
  for (const key of ['start', 'between', 'before', 'after', 'stops']) {
    if (context[key].flat().length > 0) yield { ...context, [key]: [] };
  }
  for (const key of ['start', 'before', 'after', 'stops']) {
    for (const i of context[key].keys()) yield { ...context, [key]: context[key].toSpliced(i, 1) };
  }
  for (const [k, list] of context.between.entries()) {
    for (const i of list.keys()) yield { ...context, between: context.between.with(k, list.toSpliced(i, 1)) };
  }
}

/**
 * The fewest cases and the smallest surroundings that still show a difference.
 */
async function shrink(core, found, milliseconds) {
  const deadline = Date.now() + milliseconds;
  let best = found;
  const attempt = async (subjects, contexts, reading) => {
    if (Date.now() > deadline) return false;
    const result = await differs(core, subjects, contexts, reading).catch(() => ({ index: -1 }));
    if (result.index < 0) return false;
    best = { subjects, contexts, reading, ...result };
    return true;
  };
  const { subjects, contexts, index, reading } = found;
  // The case by itself; else in its surroundings among cases that have none; else with fewer of the cases before it.
  const single = await attempt([subjects[index]], [contexts[index]], reading);
  if (!single) {
    await attempt(subjects.slice(0, index + 1), contexts.slice(0, index + 1), reading);
    await attempt(
      best.subjects,
      best.contexts.map((context, i) => (i === best.index ? context : ALONE)),
      reading,
    );
    for (let run = best.subjects.length >> 1; run >= 1; run >>= 1) {
      for (let at = 0; at < best.subjects.length - 1; ) {
        if (at + run > best.index) break;
        const without = (list) => list.toSpliced(at, run);
        if (!(await attempt(without(best.subjects), without(best.contexts), best.reading))) at += run;
      }
    }
  }
  if (best.reading) await attempt(best.subjects, best.contexts, false);
  for (let changed = true; changed; ) {
    changed = false;
    for (const candidate of smaller(best.contexts[best.index])) {
      if (await attempt(best.subjects, best.contexts.with(best.index, candidate), best.reading)) {
        changed = true;
        break;
      }
    }
  }
  return best;
}

/** The difference for people: what cost what, and the code of the case in its surroundings. */
function differenceText({ subjects, contexts, index, event, alone, within, program, reading }, seed) {
  const print = instructionPrinter(program.image);
  const [a, b] = [alone[event], within[event]];
  const [from, to] = program.ranges[index];
  const says = (e) =>
    e
      ? `${e.cycles} cycles, next is ${e.outcome.endsWith('true') ? 'the one behind it' : 'elsewhere'}`
      : 'not executed';
  const place = b ?? a;
  const lines = [
    `The cost of an instruction depends on what is around it, case ${subjects[index].instruction.mnemonic} of seed ${seed}: ${print(place.word, place.pc)}`,
    `  by itself    ${says(a)}${a && b && a.outcome !== b.outcome ? ` (${a.outcome})` : ''}`,
    `  around here  ${says(b)}${a && b && a.outcome !== b.outcome ? ` (${b.outcome})` : ''}`,
    ...(reading ? ['  with a debugger that reads all the time'] : []),
    '',
    `        pc instruction (. not of the case)`,
  ];
  for (let pc = from; pc < to; pc++) {
    const mark = pc === b?.pc ? '>' : program.foreign[pc] ? '.' : ' ';
    const stop = program.stops.get(pc);
    const debug = stop ? `  (breakpoint, ${stop.ticks} cycles, ${stop.steps} steps)` : '';
    lines.push(`  ${mark} ${String(pc).padStart(6)} ${print(program.image.code[pc], pc)}${debug}`);
  }
  const names = ['start', 'between', 'before', 'after'].flatMap((key) =>
    contexts[index][key].flat().map((p) => p.name),
  );
  lines.push('', `around it: ${names.join(', ') || 'no code'}; cases before it: ${index}`);
  return lines.join('\n');
}

/**
 * Measures cases in surroundings until so many instructions have been measured.
 * @param {import('../cores.mjs').CoreUnderTest} core
 * @param {object} run
 * @param {number} run.seed
 * @param {number} run.instructions records of the core to look at
 * @param {{ floats?: boolean, multiply?: boolean }} [run.features]
 * @param {number} [run.milliseconds] time after which no further batch begins
 * @param {number} [run.shrinking] time for shrinking, ms
 * @param {(line: string) => void} [run.report]
 * @returns {Promise<import('../lockstep.mjs').Result>}
 */
export async function costsInContext(
  core,
  { seed, instructions, features = {}, milliseconds, shrinking = SHRINKING, report },
) {
  const begun = Date.now();
  const totals = { programs: 0, records: 0, cycles: 0 };
  const count = (ran) => {
    totals.programs++;
    totals.records += ran.records;
    totals.cycles += ran.cycles;
  };
  for (let at = clamp(seed); ; at = clamp(at + 1)) {
    const drawn = drawCases(new Choices(at), features);
    for (let first = 0; first < drawn.length; first += BATCH) {
      const { subjects, alone, misfit } = await standing(core, drawn.slice(first, first + BATCH), count);
      if (misfit) return { ...totals, difference: `seed ${at}: ${misfit}` };
      for (let variant = 0; variant < CONTEXTS; variant++) {
        const choice = ({ number }) => new Choices(clamp(at * 1_000_003 + number * 101 + variant));
        const contexts = subjects.map((subject) => randomContext(choice(subject), subject));
        const reading = variant % 2 === 1;
        const result = await differs(core, subjects, contexts, reading, alone);
        count(result.ran);
        if (result.index >= 0) {
          report?.(
            `seed ${at}: a cost differs in case ${subjects[result.index].number}; looking for the smallest surroundings`,
          );
          const found = { subjects, contexts, reading, ...result };
          return { ...totals, difference: differenceText(await shrink(core, found, shrinking), at) };
        }
        if (totals.records >= instructions) return totals;
        if (milliseconds !== undefined && Date.now() - begun > milliseconds) return totals;
      }
    }
  }
}
