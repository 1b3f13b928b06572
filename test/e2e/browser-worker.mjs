/**
 * A web worker with the whole of PySM's core in it. It imports nothing at run time: the first message brings the bytes and
 * texts it works with, each further one a program; the answer to a program is its outcome.
 */
import { createCompiler } from '@pysm/compiler';
import { createSimulator } from '@pysm/simulator';
import { runProgram } from './run-program.mjs';

/** Compiler and simulator, once the first message has come. */
let ready;

self.onmessage = async ({ data }) => {
  try {
    if (ready === undefined) {
      ready = Promise.all([createCompiler(data.resources), createSimulator({ wasm: data.simulator })]);
      return;
    }
    const [compiler, simulator] = await ready;
    self.postMessage({ outcome: await runProgram(compiler, simulator, data) });
  } catch (error) {
    self.postMessage({ error: String(error.stack) });
  }
};
