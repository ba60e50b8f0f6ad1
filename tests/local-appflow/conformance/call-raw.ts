import { once } from 'node:events';
import { STATUS_CODES } from 'node:http';
import { connect } from 'node:net';
import { rawRequest } from '../../support/raw-http.ts';
import { signedForAppflow } from '../../support/start-local-appflow.ts';
import type { UnderTest, WireAnswer, WireRequest } from './wire-case.ts';

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
const date = /\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/;

/** Requests written as bytes, one after the other on one connection, which has to outlive every refusal. */
export interface RawCaller {
  /** The answer as bytes, with `ID` for the request id and `DATE` for the date. */
  call(operation: UnderTest, request: WireRequest): Promise<string>;
  close(): Promise<void>;
}

/** Connects to a server, which would soon cut a connection that says nothing. */
export function createRawCaller(url: string): RawCaller {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true }).setEncoding('latin1');
  let came = '';
  let look = (): void => undefined;
  socket.on('data', chunk => {
    came += chunk;
    look();
  });
  socket.on('close', () => look());
  return {
    call(operation, request) {
      const method = methodOf(operation, request);
      socket.write(toBytes(operation, request));
      return new Promise((resolve, reject) => {
        look = () => {
          if (isWhole(came, method)) resolve(withoutVarying(Buffer.from(came, 'latin1').toString()));
          else if (socket.closed)
            reject(new Error(`expected a whole answer, got an end after ${JSON.stringify(came)}`));
          else return;
          // What comes later than it should is found at the head of the next answer.
          came = '';
        };
        if (socket.closed) look();
      });
    },
    async close() {
      if (socket.closed) return;
      const closed = once(socket, 'close');
      socket.destroy();
      await closed;
    },
  };
}

/** The bytes an answer has to consist of. */
export function toExpectedBytes({ status, error, body, allow, retryAfter }: WireAnswer, method: string): string {
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'x-amzn-requestid: ID',
    ...(error === undefined ? [] : [`x-amzn-errortype: ${error}`]),
    ...(allow === undefined ? [] : [`allow: ${allow}`]),
    ...(retryAfter === undefined ? [] : [`retry-after: ${retryAfter}`]),
    'Date: DATE',
    'Connection: keep-alive',
    'Keep-Alive: timeout=65',
    '',
    method === 'HEAD' ? '' : body,
  ].join('\r\n');
}

/** The method a request goes out with. */
export function methodOf({ method = 'POST' }: UnderTest, request: WireRequest): string {
  return request.method ?? method;
}

function toBytes(operation: UnderTest, request: WireRequest): string {
  const method = methodOf(operation, request);
  const { input = {}, body = method === 'POST' ? JSON.stringify(input) : '', path = operation.path } = request;
  const usual = { connection: 'keep-alive', 'content-type': 'application/json', authorization: signedForAppflow };
  const all = Object.entries({ ...usual, ...request.headers }).filter(([, value]) => value !== undefined);
  const headers = Object.fromEntries(all) as Record<string, string>;
  return rawRequest(`${method} ${path}`, headers, body);
}

/** Whether as many bytes have come as were promised; more than those are left in, for whoever compares to find. */
function isWhole(came: string, method: string): boolean {
  const end = came.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const promised = method === 'HEAD' ? 0 : Number(/content-length: (\d+)/.exec(came)?.[1]);
  return came.length >= end + 4 + promised;
}

function withoutVarying(answer: string): string {
  const end = answer.indexOf('\r\n\r\n');
  return answer.slice(0, end).replace(uuid, 'ID').replace(date, 'DATE') + answer.slice(end);
}
