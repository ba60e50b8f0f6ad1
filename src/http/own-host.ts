import type { AddressInfo } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { HttpError } from './errors.ts';

const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d*)?$/i;
const loopbackAddress = /^(127\.|::1$)/;

/**
 * Refuses a Host that is not this machine where only this machine can connect. A page of the web can point its own name at
 * 127.0.0.1 (DNS rebinding): it would then share an origin with the gateway, read everything and reset. Its name stays in Host.
 *
 * @param bound What the server listens on. On any other address it is for whoever runs the network to say who may connect.
 */
export function requireOwnHost({ headers: { host } }: FastifyRequest, bound: AddressInfo | string | null): void {
  const isLocal = bound !== null && typeof bound === 'object' && loopbackAddress.test(bound.address);
  // HTTP/1.0 knows no Host; browsers always send one.
  if (!isLocal || host === undefined || loopbackHost.test(host)) return;
  throw new HttpError(
    'HOST_NOT_ALLOWED',
    `Listening on a loopback address, the gateway answers to localhost, 127.0.0.1 and [::1], got ${JSON.stringify(host.slice(0, 100))}; set HOST to be reached by other names.`,
  );
}
