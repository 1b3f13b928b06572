/** The linker: knows assembly and images, and neither Python nor diagnostics' codes. */
export { type LinkOptions, type LinkResult, link } from './link.js';
export type { LinkDiagnostic } from './problems.js';
export { ATTRIBUTE_NAMES, GLOBAL_NAMES, isaMarker, superAttribute } from './symbols.js';
