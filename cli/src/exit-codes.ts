/** Exit codes of `pysm`; scripts rely on them. */
export const EXIT = {
  OK: 0,
  /** Errors were found, or the program ended by an uncaught exception. */
  FAILED: 1,
  /** `run` or `build` was given a program that the compiler or the linker rejects, or an image that no core can load. */
  REJECTED: 2,
  /** `run` reached --max-cycles. */
  CYCLE_LIMIT: 3,
  /** Wrong use of the command, or a file that cannot be read or written (EX_USAGE of sysexits.h). */
  USAGE: 64,
  /** An error of ours (EX_SOFTWARE of sysexits.h). */
  INTERNAL: 70,
  /** Ended by Ctrl-C (128 + SIGINT, as shells report it). */
  INTERRUPTED: 130,
} as const;

/** Ends a command with a message for people and an exit code; never shown with a stack trace. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly exitCode: number = EXIT.USAGE,
  ) {
    super(message);
  }
}
