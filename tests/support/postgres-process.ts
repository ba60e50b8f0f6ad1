/**
 * PostgreSQL for tests, as a process of its own: PGlite blocks its event loop while it starts and works. Told a port by its
 * parent (0: any), it answers with the one it listens on, and ends when the parent lets go of it.
 */
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

process.once('message', async ({ port }: { port: number }) => {
  const db = await PGlite.create();
  const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port, maxConnections: 20 });
  await server.start();
  process.send?.({ port: Number(server.getServerConn().split(':').at(-1)) });
});
process.once('disconnect', () => process.exit(0));
