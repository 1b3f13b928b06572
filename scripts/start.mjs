/**
 * From a fresh clone to a program under the debugger: installs, builds, runs the example in the terminal, opens the editor.
 *
 *     npm start               in VS Code, or in the browser where there is no display
 *     npm start -- --check    everything headless; exits 0 once diagnostic, hover and breakpoint were seen in the editor
 */
import { requireNode } from './lib/node-version.mjs';

requireNode();
import('./lib/start-run.mjs')
  .then(({ start }) => start(process.argv.slice(2)))
  .then((code) => {
    process.exitCode = code;
  });
