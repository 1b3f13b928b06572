/** Yosys's netlist as C++ that evaluates it, fast: see README.md. */
import { emitCpp } from './emit.mjs';
import { readNetlist } from './netlist.mjs';
import { withTables } from './tables.mjs';

/**
 * @param {object} module of what `write_json` wrote, flattened
 * @param {object} options
 * @param {string} options.name of the C++ class
 * @param {string} options.clock
 * @param {string} options.reset
 * @param {readonly string[]} options.late inputs that may change between evaluate() and advance(); only registers take them
 * @param {Record<string, string>} options.qualifiers by how other outputs begin: output that says whether they are looked at
 * @param {number} [options.limit] statements of a C++ function, about
 * @returns {{ header: string, source: string }} contents of design.h and of a source file that includes it
 */
export function translate(module, { clock, limit = 1500, ...options }) {
  return emitCpp(withTables(readNetlist(module, clock)), { ...options, limit });
}
