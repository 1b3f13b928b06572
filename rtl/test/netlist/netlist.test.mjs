/**
 * The translation of netlists against CXXRTL, Yosys's own: a module with every kind of cell, register and memory, clocked
 * with the same random inputs in both, side by side in one WebAssembly module.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { runClang, runLLVM } from '@yowasp/clang';
import { runYosys } from '@yowasp/yosys';
import { runTool, TO_NETLIST, tree } from '../../build.mjs';
import { translate } from '../../netlist/index.mjs';

const CYCLES = 50_000;
const WORD = 64;

const OPTIONS = { name: 'Design', clock: 'clk', reset: 'rst', late: ['late'], qualifiers: { v_: 'v_valid' } };

/** The netlist of a file of Verilog with one module, and CXXRTL's code of it. */
async function synthesise(source, top) {
  const script = `read_verilog -sv m.sv; hierarchy -check -top ${top}; ${TO_NETLIST}; write_json m.json; write_cxxrtl -header reference.cc`;
  const { files } = await runTool('Yosys', runYosys, ['-q', '-p', script], { 'm.sv': source });
  const module = JSON.parse(files['m.json']).modules[top];
  return { module, reference: { 'reference.cc': files['reference.cc'], 'reference.h': files['reference.h'] } };
}

/** C++ that clocks both and finds the first cycle and output that differ. */
function comparison(module, top) {
  const ports = Object.entries(module.ports).map(([name, { direction, bits }]) => ({
    name,
    direction,
    width: bits.length,
  }));
  const inputs = ports.filter(({ name, direction }) => direction === 'input' && name !== 'clk');
  const outputs = ports.filter(({ direction }) => direction === 'output');
  const reference = (name) => `reference.p_${name.replaceAll('_', '__')}`;
  const drive = inputs.flatMap(({ name, width }) => {
    const lines = [`    { u128 value = random(${width});`];
    if (name === 'rst') lines.push('      value = cycle < 2 || next() % 64 == 0;');
    const late = OPTIONS.late.includes(name);
    if (late) lines.push(`      late_${name} = value; }`);
    else lines.push(`      design.${name} = value; set(${reference(name)}, value); }`);
    return late ? [`    u128 late_${name};`, ...lines] : lines;
  });
  const check = outputs.map(({ name, width }, index) => {
    const [, by] = Object.entries(OPTIONS.qualifiers).find(([start]) => name.startsWith(start)) ?? [];
    const own = width <= WORD ? `u128(design.${name})` : `(u128(design.${name}[1]) << 64 | design.${name}[0])`;
    const looked = by && by !== name ? `design.${by} && ` : '';
    return `    if (${looked}${own} != get(${reference(name)})) return cycle * 256 + ${index} + 1;`;
  });
  const late = OPTIONS.late.map((name) => `    design.${name} = late_${name}; set(${reference(name)}, late_${name});`);
  const code = `#include "design.h"
#include "reference.h"
static u64 state = 88172645463325252u;
static u64 next() { state ^= state << 13; state ^= state >> 7; state ^= state << 17; return state; }
// All values, those with few bits set or clear, and small ones.
static u128 random(int width) {
  u128 value = (u128(next()) << 64 | next()) & (width == 128 ? ~u128(0) : (u128(1) << width) - 1);
  switch (next() % 8) {
    case 0: value &= value << 7 & (u128(next()) << 64 | next()); break;
    case 1: value = next() % 16; break;
    case 2: value = ~value; break;
    case 3: value = -u128(next() % 4); break;
    default: break;
  }
  return value & (width == 128 ? ~u128(0) : (u128(1) << width) - 1);
}
template <size_t Bits> void set(cxxrtl::value<Bits>& port, u128 value) {
  for (size_t i = 0; i < port.chunks; i++) port.data[i] = uint32_t(value >> 32 * i);
}
template <size_t Bits> u128 get(const cxxrtl::value<Bits>& port) {
  u128 value = 0;
  for (size_t i = 0; i < port.chunks; i++) value |= u128(port.data[i]) << 32 * i;
  return value;
}
template <size_t Bits> u128 get(const cxxrtl::wire<Bits>& port) { return get(port.curr); }
extern "C" __attribute__((export_name("differs"))) uint32_t differs(uint32_t cycles) {
  Design& design = *new Design();
  auto& reference = *new cxxrtl_design::p_${top}();
  for (uint32_t cycle = 0; cycle < cycles; cycle++) {
${drive.join('\n')}
    design.evaluate();
${late.join('\n')}
    reference.p_clk.set<uint32_t>(0);
    reference.step();
    if (cycle >= 32) {
${check.join('\n')}
    }
    design.advance();
    reference.p_clk.set<uint32_t>(1);
    reference.step();
  }
  return 0;
}
`;
  return { code, outputs };
}

const FLAGS = ['-O1', '-std=c++17', '-fno-exceptions', '-fno-rtti', '-mexec-model=reactor', '-Wl,--no-entry'];

/** The first difference between translation and CXXRTL as text; undefined if there is none. */
async function compare(source, top, limit) {
  const { module, reference } = await synthesise(source, top);
  const { header, source: translated } = translate(module, { ...OPTIONS, limit });
  const { code, outputs } = comparison(module, top);
  // The package does not export its resources, and CXXRTL's headers are among them.
  const resources = new URL('resources-yosys.js', import.meta.resolve('@yowasp/yosys'));
  const { filesystem } = await import(resources.href);
  const files = tree({ ...reference, 'design.h': header, 'design.cc': translated, 'compare.cc': code });
  await runLLVM(null, {}, { fetchProgress: () => {} });
  const args = ['clang++', ...FLAGS, '-I.', '-Iinclude', '-o', 'm.wasm', 'compare.cc', 'design.cc', 'reference.cc'];
  const built = await runTool('Clang', runClang, args, {
    ...files,
    include: filesystem.share.include.backends.cxxrtl.runtime,
  });
  const wasm = await WebAssembly.compile(built.files['m.wasm']);
  // The C library wants a system, of which nothing is used but to end where CXXRTL finds a defect.
  const fail = (name) => () => {
    throw new Error(`the comparison called ${name} of the operating system`);
  };
  const system = Object.fromEntries(WebAssembly.Module.imports(wasm).map(({ name }) => [name, fail(name)]));
  const { exports } = await WebAssembly.instantiate(wasm, { wasi_snapshot_preview1: system });
  exports._initialize();
  const difference = exports.differs(CYCLES);
  if (difference === 0) return undefined;
  return `output ${outputs[(difference % 256) - 1].name} in cycle ${Math.floor(difference / 256)}`;
}

describe('translation of netlists', () => {
  const cells = readFile(new URL('cells.sv', import.meta.url), 'utf8');

  it('does what CXXRTL does, cycle for cycle', async () => {
    assert.equal(await compare(await cells, 'cells', 1500), undefined);
  });

  it('does the same cut into short functions', async () => {
    assert.equal(await compare(await cells, 'cells', 20), undefined);
  });

  it('refuses an input that is called late and is looked at at once', async () => {
    const { module } = await synthesise(
      (await cells).replace('assign left = a << s;', 'assign left = a << late;'),
      'cells',
    );
    assert.throws(() => translate(module, OPTIONS), /late/);
  });
});
