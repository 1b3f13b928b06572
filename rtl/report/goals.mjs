/** What the core is to fit in and to reach: an XC7Z020 at 100 MHz, with room for the debug link and the collector. */

/** Resources, as `resources` counts them; block RAMs in 36 Kb (the part has 140). */
export const GOALS = { luts: 12_000, blockRams: 132, dsps: 40 };

/** Logic of the longest path, ps: half of the 10 ns of 100 MHz; the other half is for routing. */
export const LOGIC_GOAL = 5000;

/** Entries of lint.vlt at most. */
export const WAIVERS = 10;
