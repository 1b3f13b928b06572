/** The random cases of a seed: profiles of programs, and the comparison of each. */
import { IO } from '@pysm/isa';
import type { Stepper } from '@pysm/simulator';
import { type Comparison, compare } from './compare.js';
import { type Profile, randomProgram } from './programs.js';
import { Random } from './random.js';

const REGISTERS: ReadonlySet<number> = new Set(Object.values(IO));

/** An address that is likely to be no register: around those there are, or anywhere in 64 bits. */
function strangeAddress(random: Random): bigint {
  const near = BigInt(random.pick([...REGISTERS]) + random.between(-3, 35));
  return BigInt.asIntN(64, random.pick([near, near, near + (1n << BigInt(random.between(8, 63))), random.word()]));
}

function profileOf(random: Random): Profile {
  const halts = random.chance(0.2);
  const chosen = { pins: random.chance(0.6), timer: random.chance(0.6), uart: random.chance(0.6) };
  return {
    ...chosen,
    halts,
    flood: chosen.uart && !halts && random.chance(0.3),
    instructions: random.between(50, 1500),
    interrupts: random.chance(0.5),
    last: { address: strangeAddress(random), write: random.chance(0.5) },
  };
}

/** Case number `index` of `seed`. */
export async function runCase(bench: string, stepper: Stepper, seed: number, index: number): Promise<Comparison> {
  const random = new Random(Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) + index * 0x632be5ab);
  const profile = profileOf(random);
  const program = randomProgram(random, profile);
  const looking = random.pick([0, 0.1, 1]);
  return compare(bench, stepper, program, 2 * profile.instructions, () => random.chance(looking), random.bits());
}
