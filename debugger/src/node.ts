/** The debug adapter as a process of its own: over standard input and output, or on a loopback port. */
import { createServer, type Server } from 'node:net';
import type { Launcher } from './launch.js';
import { PysmDebugSession } from './session.js';

/** Serves one session over standard input and output; resolves when the client has gone. */
export function serveStdio(launcher: Launcher): Promise<void> {
  const session = new PysmDebugSession(launcher);
  session.start(process.stdin, process.stdout);
  return new Promise((resolve) => process.stdin.once('close', () => resolve()));
}

/** Serves a session to each client that connects to a loopback port (0 = any free one); rejects where the port is taken. */
export function servePort(port: number, launcher: Launcher): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    const session = new PysmDebugSession(launcher);
    session.start(socket, socket);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
