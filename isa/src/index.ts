/** Public face of the instruction set: table, words, machine constants, formats, image. */
export * from './describe.js';
export * from './formats.js';
export * from './image.js';
export * from './image-file.js';
export * from './instructions/index.js';
export * from './machine.js';
export * from './words.js';
