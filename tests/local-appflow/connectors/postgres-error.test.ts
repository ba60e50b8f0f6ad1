import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createPostgresApplication } from '../../../src/local-appflow/connectors/postgres-application.ts';
import type { SourceApplicationError } from '../../../src/local-appflow/connectors/source-application.ts';
import { createLogLines } from '../../support/log-lines.ts';

describe('a server that does not do as it is asked', () => {
  const { log, lines } = createLogLines();
  let server: Server | undefined;
  const sockets = new Set<Socket>();

  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    server?.close();
  });

  /** Speaks just enough of PostgreSQL's protocol to give one answer to a client that introduces itself. */
  const answering = async (answer: Buffer | undefined): Promise<string> => {
    server = createServer(socket => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      if (answer) socket.once('data', () => socket.end(answer));
    });
    await new Promise<void>(listening => server?.listen(0, '127.0.0.1', listening));
    const address = server.address();
    return `postgres://somebody:secret@127.0.0.1:${typeof address === 'object' ? address?.port : ''}/shop`;
  };

  const failureOf = async (url: string): Promise<SourceApplicationError> => {
    const application = createPostgresApplication({ url, log, connectTimeoutMs: 200 });
    try {
      return await application.listEntities({ entitiesPath: undefined, apiVersion: 'v1' }).then(
        () => Promise.reject(new Error('There was an answer.')),
        error => error,
      );
    } finally {
      await application.close();
    }
  };

  it.each([
    ['28P01', true, 'PostgreSQL refused the credentials (28P01).'],
    ['28000', true, 'PostgreSQL refused the credentials (28000).'],
    ['3D000', false, 'PostgreSQL has no database of that name (3D000).'],
    ['57P03', false, 'PostgreSQL is not reachable (57P03).'],
    ['53300', false, 'PostgreSQL could not answer (53300).'],
  ])('says so by the code %s, and names nobody', async (code, refusedCredentials, message) => {
    const url = await answering(errorResponse(code, 'password authentication failed for user "somebody" (secret)'));
    const failure = await failureOf(url);
    expect(failure).toMatchObject({ name: 'SourceApplicationError', message, refusedCredentials });
    expect(JSON.stringify(lines)).not.toMatch(/secret|somebody/);
  });

  it('is not waited for longer than it may take', async () => {
    const failure = await failureOf(await answering(undefined));
    expect(failure).toMatchObject({ message: 'PostgreSQL did not answer in time.', refusedCredentials: false });
  });
});

/** PostgreSQL's ErrorResponse: fields of a letter and a text, each closed by a zero byte. */
function errorResponse(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0C${code}\0M${message}\0\0`);
  const length = Buffer.alloc(4);
  length.writeInt32BE(fields.length + 4);
  return Buffer.concat([Buffer.from('E'), length, fields]);
}
