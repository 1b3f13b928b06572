/** What every target refuses, with the reason: images, pins and addresses that do not exist on the core. */
import { checkImage, type Image, ISA_VERSION, MEMORY, PINS } from '@pysm/isa';
import type { MemorySpace } from './target.js';

/** Throws an Error where `target` (e.g. "this simulator") cannot load the image. */
export function checkLoadable(image: Image, target: string): void {
  if (image.version !== ISA_VERSION) {
    throw new Error(
      `the image is for version ${image.version} of the instruction set and ${target} runs version ${ISA_VERSION}; build it again`,
    );
  }
  checkImage(image);
}

/** Throws a RangeError where there is no such pin. */
export function checkPin(pin: number): void {
  if (!Number.isInteger(pin) || pin < 0 || pin >= PINS) {
    throw new RangeError(`pin ${pin} does not exist: the core has pins 0 to ${PINS - 1}`);
  }
}

/** Throws a RangeError where a jumper cannot be. */
export function checkJumper(from: number, to: number): void {
  checkPin(from);
  checkPin(to);
  if (from === to) throw new RangeError(`a jumper joins two different pins, not pin ${from} with itself`);
}

/** Throws a RangeError where not all of the words exist. */
export function checkWords(space: MemorySpace, address: number, count: number): void {
  const size = MEMORY[space];
  if (!Number.isInteger(address) || !Number.isInteger(count) || address < 0 || count < 0 || address + count > size) {
    throw new RangeError(`${space} words ${address} to ${address + count - 1} are outside the memory of ${size}`);
  }
}
