/** The Verilog as WebAssembly: it does what every target does. */
import { targetSuite } from '@pysm/simulator/testing/target-suite';
import { createRtl } from '../../src/node.js';

targetSuite('RTL as a target', () => createRtl());
