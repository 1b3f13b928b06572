/** Everything that is generated from the instruction table and checked in. */
import { verilogDecode } from './decode.js';
import { cHeader, verilogHeader } from './headers.js';
import { type ManualSources, manual } from './manual.js';

export type { ManualSources } from './manual.js';

/** Text of each generated file by its path in the repository. */
export function generatedFiles(sources: ManualSources): ReadonlyMap<string, string> {
  return new Map([
    ['docs/isa.md', manual(sources)],
    ['rtl/include/pysm_isa.svh', verilogHeader()],
    ['rtl/include/pysm_decode.svh', verilogDecode()],
    ['host/include/pysm_isa.h', cHeader()],
  ]);
}
