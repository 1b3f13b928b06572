/** The language server's process, as the extension starts it: all resources lie beside the bundle. */
import { loadCompiler } from '@pysm/compiler/node';
import { serve } from '@pysm/server/node';
import { COMPILER_RESOURCES } from './resources.js';

serve(() => loadCompiler(COMPILER_RESOURCES));
