/** Public face of the language server: no Node here; see node.ts for the server as a process. */
export * from './files.js';
export * from './project.js';
export { type ServerOptions, startServer } from './server.js';
