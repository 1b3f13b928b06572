/** What a program can run on, by the name that `--target` and a launch configuration give. */
import type { Target } from '@pysm/simulator';
import { createSimulator } from '@pysm/simulator/node';

/** `sim`: the cycle-exact simulator. `rtl`: the Verilog of the core, with the same cycles, about a thousand times slower. */
export const TARGETS = ['sim', 'rtl'] as const;
export type TargetName = (typeof TARGETS)[number];

export const isTargetName = (name: string): name is TargetName => (TARGETS as readonly string[]).includes(name);

/**
 * Creates a target without an image. The RTL is built when it is first used and when its sources changed; `report` is
 * told so.
 */
export async function createTarget(name: TargetName, report: (line: string) => void): Promise<Target> {
  if (name === 'sim') return createSimulator();
  const { createRtl } = await import('@pysm/rtl/node');
  return createRtl({ report });
}
