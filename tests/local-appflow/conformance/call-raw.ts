import { STATUS_CODES } from 'node:http';
import { rawRequest, sendRawText } from '../../support/raw-http.ts';
import { signedForAppflow } from '../../support/start-local-appflow.ts';
import type { Conformance, WireAnswer, WireRequest } from './wire-case.ts';

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
const date = /\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/;

/** Sends a request as bytes and gives the answer as bytes, with `ID` for the request id and `DATE` for the date. */
export async function callRaw(url: string, { path }: Conformance, request: WireRequest): Promise<string> {
  const { input = {}, body = JSON.stringify(input), method = 'POST' } = request;
  const usual = { 'content-type': 'application/json', authorization: signedForAppflow };
  const all = Object.entries({ ...usual, ...request.headers }).filter(([, value]) => value !== undefined);
  const bytes = rawRequest(
    `${method} ${request.path ?? path}`,
    Object.fromEntries(all) as Record<string, string>,
    body,
  );
  const answer = await sendRawText(url, bytes);
  const end = answer.indexOf('\r\n\r\n');
  return answer.slice(0, end).replace(uuid, 'ID').replace(date, 'DATE') + answer.slice(end);
}

/** The bytes an answer has to consist of. */
export function toExpectedBytes({ status, error, body, allow }: WireAnswer, method = 'POST'): string {
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'x-amzn-requestid: ID',
    ...(error === undefined ? [] : [`x-amzn-errortype: ${error}`]),
    ...(allow === undefined ? [] : [`allow: ${allow}`]),
    'Date: DATE',
    'Connection: close',
    '',
    method === 'HEAD' ? '' : body,
  ].join('\r\n');
}
