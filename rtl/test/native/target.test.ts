/** The Verilog as a native process: it does what every target does. */
import { targetSuite } from '@pysm/simulator/testing/target-suite';
import { nativeChannel } from '../../src/node.js';
import { RtlTarget } from '../../src/target.js';

targetSuite('native RTL as a target', async () => new RtlTarget(await nativeChannel()));
