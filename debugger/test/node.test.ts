import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { test } from 'node:test';
import { servePort } from '../src/node.js';
import { within } from './support/client.js';

test('a session for each client of a port', async () => {
  const server = await servePort(0, {
    build: () => Promise.reject(new Error('not reached')),
    createTarget: () => Promise.reject(new Error('not reached')),
    readSource: () => undefined,
  });
  const { port, address } = server.address() as AddressInfo;
  assert.equal(address, '127.0.0.1', 'nobody else on the network');
  try {
    for (let i = 0; i < 2; i++) {
      const socket = connect(port, address);
      const json = JSON.stringify({ seq: 1, type: 'request', command: 'initialize', arguments: {} });
      socket.write(`Content-Length: ${json.length}\r\n\r\n${json}`);
      const [answer] = await within(once(socket, 'data'), 'an answer');
      assert.match(String(answer), /"command":"initialize","success":true/);
      socket.destroy();
    }
    await assert.rejects(servePort(port, {} as never), /EADDRINUSE/);
  } finally {
    server.close();
  }
});
