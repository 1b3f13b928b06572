/** The command `pysm`: what it offers, and how a command's outcome becomes an exit code. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { CommandError, EXIT } from './exit-codes.js';
import { isTargetName, TARGETS, type TargetName } from './targets.js';
import { endQuietlyOnBrokenPipe, type Terminal, writeLine } from './terminal.js';
import { VERSION } from './version.js';

/** Options of the full contract that this version does not offer; using one says so instead of "unknown option". */
const NOT_OFFERED: Readonly<Record<string, string>> = {
  '--profile': 'recorded profiles are not in this version; `--stats out.json` gives the totals of a run',
};

function positive(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError('Give a whole number of at least 1.');
  }
  return value;
}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65535) throw new InvalidArgumentError('Give a port from 0 to 65535.');
  return value;
}

/** Two pins joined by a wire, `FROM:TO`. */
export interface Jumper {
  readonly from: number;
  readonly to: number;
}

/** Highest pin number of the core (PINS - 1 of the instruction set). */
const LAST_PIN = 31;

function jumper(text: string, earlier: readonly Jumper[] = []): readonly Jumper[] {
  const [, from, to] = /^(\d+):(\d+)$/.exec(text) ?? [];
  if (from === undefined || to === undefined || Number(from) > LAST_PIN || Number(to) > LAST_PIN || from === to) {
    throw new InvalidArgumentError(`Give two different pins from 0 to ${LAST_PIN} as FROM:TO, for example 1:2.`);
  }
  return [...earlier, { from: Number(from), to: Number(to) }];
}

function target(text: string): TargetName {
  if (isTargetName(text)) return text;
  if (/:\d+$/.test(text)) {
    throw new InvalidArgumentError(
      'Boards are not in this version; `--target sim` and `--target rtl` are cycle-exact.',
    );
  }
  throw new InvalidArgumentError(`The targets of this version are ${TARGETS.join(' and ')}.`);
}

/** Commands are loaded when they run: `pysm --help` loads no compiler. */
function createProgram(terminal: Terminal, done: (code: number | undefined) => void): Command {
  const program = new Command('pysm');
  program
    .description('Python on a processor made for Python: check, cost, build and run programs for the PySM core.')
    .version(VERSION)
    .showHelpAfterError('(`pysm --help` and `pysm COMMAND --help` say how it is used.)')
    .addHelpText(
      'after',
      `
Exit codes:
  0   all is well
  1   errors were found, or the program ended by an uncaught exception
  2   the program or image was rejected
  3   the cycle limit was reached
  64  wrong use, or a file that cannot be read or written`,
    );

  program
    .command('check')
    .description('diagnostics: what the core cannot run, and why')
    .argument('<file...>', 'Python or PySM assembly, each the entry of a program')
    .option('--json', 'JSON on standard output (docs/schema/diagnostics.schema.json)')
    .action(async (files, options) => {
      const { check } = await import('./commands/check.js');
      done(await check(terminal, files, options));
    });

  program
    .command('ast')
    .description("the syntax tree, as CPython 3.11's ast.dump(tree, include_attributes=True, indent=2)")
    .argument('<file>', 'Python')
    .action(async (file) => {
      const { ast } = await import('./commands/ast.js');
      done(await ast(terminal, file));
    });

  program
    .command('cycles')
    .description('instructions and best and worst cycles of each line, function and loop')
    .argument('<file>', 'Python or PySM assembly')
    .option('--json', 'JSON on standard output')
    .action(async (file, options) => {
      const { cycles } = await import('./commands/cycles.js');
      done(await cycles(terminal, file, options));
    });

  program
    .command('build')
    .description('linked image with debug information')
    .argument('<file>', 'Python (.py) or PySM assembly (.pysm)')
    .requiredOption('-o, --output <image>', 'where to write the image')
    .action(async (file, { output }) => {
      const { build } = await import('./commands/build.js');
      done(await build(terminal, file, output));
    });

  program
    .command('asm')
    .description('PySM assembly of a program')
    .argument('<file>', 'Python or PySM assembly')
    .option('--source', 'source lines between the instructions')
    .action(async (file, options) => {
      const { asm } = await import('./commands/assembly.js');
      done(await asm(terminal, file, options));
    });

  program
    .command('disasm')
    .description('PySM assembly of a linked image')
    .argument('<image>', 'a file written by `pysm build`')
    .option('--source', 'source lines between the instructions, where the files are still there')
    .action(async (file, options) => {
      const { disasm } = await import('./commands/assembly.js');
      done(await disasm(terminal, file, options));
    });

  program
    .command('run')
    .description("run a program; standard output carries the program's output and nothing else")
    .argument('<file>', 'Python, PySM assembly or an image')
    .addOption(
      new Option('--target <target>', 'where to run it: the simulator (sim) or the Verilog of the core (rtl)')
        .argParser(target)
        .default('sim'),
    )
    .option('--jumper <from:to>', 'join two pins by a wire; may be given several times', jumper)
    .option('--stats <file>', 'write cycles, instructions and memory use as JSON (docs/schema/stats.schema.json)')
    .option('--max-cycles <count>', 'stop with exit code 3 at this cycle', positive)
    .option('--input <file>', 'bytes for the UART receiver')
    .action(async (file, options) => {
      const { run } = await import('./commands/run.js');
      done(await run(terminal, file, options));
    });

  program
    .command('lsp')
    .description('language server')
    .requiredOption('--stdio', 'speak on standard input and output')
    .action(async () => {
      const [{ serve }, { loadCompiler }] = await Promise.all([
        import('@pysm/server/node'),
        import('@pysm/compiler/node'),
      ]);
      serve(loadCompiler);
    });

  program
    .command('dap')
    .description('debug adapter on the simulator')
    .addOption(new Option('--stdio', 'speak on standard input and output (the default)').conflicts('port'))
    .option('--port <number>', 'wait for clients on this loopback port; 0 takes a free one', port)
    .action(async (options) => {
      const { dap } = await import('./commands/dap.js');
      done(await dap(terminal, options));
    });

  return program;
}

/** What to say for an argument list that uses what this version does not offer; undefined where there is nothing to say. */
function notOffered(args: readonly string[]): string | undefined {
  if (args[0] === 'deploy') {
    return 'deploy: boards are not in this version; `pysm run FILE` runs the program on the cycle-exact simulator';
  }
  if (args[0] !== 'run') return undefined;
  const option = args.map((arg) => arg.split('=')[0]!).find((arg) => arg in NOT_OFFERED);
  return option && `${option}: ${NOT_OFFERED[option]}`;
}

/**
 * Runs `pysm ARGS` and gives the exit code. Never throws for wrong use or bad input.
 * @param args without the interpreter and the script
 */
export async function main(args: readonly string[], terminal: Terminal): Promise<number | undefined> {
  const missing = notOffered(args);
  if (missing) {
    writeLine(terminal.stderr, `pysm: ${missing}`);
    return EXIT.USAGE;
  }
  // Servers (lsp, dap --port) go on after their command returned: the exit code stays open.
  let code: number | undefined;
  const program = createProgram(terminal, (result) => {
    code = result;
  });
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
    });
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.OK : EXIT.USAGE;
    if (error instanceof CommandError) {
      writeLine(terminal.stderr, `pysm: ${error.message}`);
      return error.exitCode;
    }
    throw error;
  }
}

/** `pysm` as a process. An error of ours is said to be one; PYSM_STACK=1 shows where it comes from. */
export async function runCommandLine(): Promise<void> {
  endQuietlyOnBrokenPipe();
  try {
    const code = await main(process.argv.slice(2), process);
    if (code !== undefined) process.exitCode = code;
  } catch (error) {
    if (process.env['PYSM_STACK'] === '1') throw error;
    const message = error instanceof Error ? error.message : String(error);
    writeLine(process.stderr, `pysm: internal error: ${message.split('\n')[0]}`);
    writeLine(
      process.stderr,
      'This is an error in PySM. Please report it with the file; PYSM_STACK=1 shows where it is.',
    );
    process.exitCode = EXIT.INTERNAL;
  }
}
