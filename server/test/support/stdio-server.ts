/** A server process with the compiler of the tests; the test of bad bytes talks to it. */
import { serve } from '../../src/node.js';
import { lineCompiler } from './client.js';

serve(() => Promise.resolve(lineCompiler));
