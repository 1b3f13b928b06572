/** The Verilog as a WebAssembly module (harness/wasm.cc), as a channel. */
import type { RtlChannel } from './protocol.js';

interface Exports {
  readonly memory: WebAssembly.Memory;
  _initialize(): void;
  request(length: number): number;
  answer(): number;
  answerAt(): number;
}

/** Instantiates the module. `wasm` is its bytes or what they compile to. */
export async function wasmChannel(wasm: Uint8Array | WebAssembly.Module): Promise<RtlChannel> {
  const module = wasm instanceof WebAssembly.Module ? wasm : await WebAssembly.compile(wasm as BufferSource);
  const instance = await WebAssembly.instantiate(module, systemInterface(module));
  const core = instance.exports as unknown as Exports;
  core._initialize();
  return {
    exchange(request) {
      const at = core.request(request.length);
      new Uint8Array(core.memory.buffer, at, request.length).set(request);
      const length = core.answer();
      return new Uint8Array(core.memory.buffer, core.answerAt(), length).slice();
    },
    close() {},
  };
}

/**
 * The C library wants a system interface (WASI), of which the harness uses nothing: it neither reads nor writes files,
 * and asks for no time. A call is a defect.
 */
function systemInterface(module: WebAssembly.Module): WebAssembly.Imports {
  const imports: Record<string, Record<string, () => never>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = () => {
      throw new Error(`the RTL called ${name} of the operating system: this is a defect of its harness`);
    };
  }
  return imports;
}
