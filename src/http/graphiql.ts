import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fastifyStatic } from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { HttpError } from './errors.ts';

/** Everything comes from here; only styles may be inline, because the editor writes them. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "connect-src 'self'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const pageHeaders = { 'cache-control': 'no-cache', 'content-security-policy': contentSecurityPolicy };

/** Names of assets carry a hash of their content. Workers live under the policy of their own file, not under the page's. */
const assetHeaders = { ...pageHeaders, 'cache-control': 'public, max-age=31536000, immutable' };

/**
 * Serves the built GraphiQL at `/graphiql`, its assets under `/graphiql/`.
 *
 * @param directory What `vite build src/explorer` wrote. May be absent or appear later: until then the page says how to build it.
 */
export function mountGraphiql(app: FastifyInstance, directory: string): void {
  app.register(fastifyStatic, {
    root: join(directory, 'assets'),
    prefix: '/graphiql/assets/',
    suppressWarning: true,
    preCompressed: true,
    cacheControl: false,
    index: false,
    setHeaders: reply => reply.headers(assetHeaders),
  });
  const page = join(directory, 'graphiql.html');
  for (const url of ['/graphiql', '/graphiql/']) app.get(url, async (_request, reply) => sendPage(reply, page));
}

async function sendPage(reply: FastifyReply, page: string): Promise<string> {
  try {
    const html = await readFile(page, 'utf8');
    reply.headers(pageHeaders).type('text/html; charset=utf-8');
    return html;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new HttpError('PATH_NOT_FOUND', 'GraphiQL is not built: run `npm run build`.');
  }
}
