/** `pysm dap`: the debug adapter on standard input and output, or for each client that connects to a loopback port. */
import type { AddressInfo } from 'node:net';
import { servePort, serveStdio } from '@pysm/debugger/node';
import { CommandError, EXIT } from '../exit-codes.js';
import { launcher } from '../launcher.js';
import { type Terminal, writeLine } from '../terminal.js';

export interface DapOptions {
  /** Loopback port, 0 for a free one; undefined for standard input and output. */
  readonly port?: number;
}

export async function dap(terminal: Terminal, { port }: DapOptions): Promise<number | undefined> {
  if (port === undefined) {
    await serveStdio(launcher);
    return EXIT.OK;
  }
  try {
    const server = await servePort(port, launcher);
    const address = server.address() as AddressInfo;
    writeLine(terminal.stderr, `pysm: debug adapter on 127.0.0.1:${address.port}`);
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'EADDRINUSE' ? 'something else listens there; `--port 0` takes a free one' : message;
    throw new CommandError(`dap: port ${port} cannot be used: ${why}`);
  }
}
