import type { ServerResponse } from 'node:http';
import type { Clock } from '../../base/clock.ts';
import { unknownToken } from '../paging.ts';
import { type Answer, sendAnswer, toAnswer } from '../rest-json.ts';
import { defaultMessageOf, faultErrorStatuses } from './fault-errors.ts';
import type { Fault } from './fault-script.ts';
import type { HeldRequests } from './held-requests.ts';

/** A request that is struck. */
export interface Struck {
  readonly requestId: string;
  readonly response: ServerResponse;
  /** Carries the operation out; rejects when it refuses, which is then answered as ever, whatever the fault. */
  readonly operate: () => Promise<object>;
  readonly held: HeldRequests;
  readonly clock: Clock;
}

type FaultOf<K extends Fault['fault']> = Extract<Fault, { readonly fault: K }>;

/** Answers a request as the fault says, if at all. Rejects when the answer is an ordinary refusal. */
export async function strike(fault: Fault, struck: Struck): Promise<void> {
  switch (fault.fault) {
    case 'error':
      return answerError(fault, struck);
    case 'hang':
      return hang(fault, struck);
    case 'connection-reset':
      return resetConnection(fault, struck);
    case 'truncated-body':
      return truncate(fault, struck);
    case 'malformed-body':
      return malform(fault, struck);
    case 'slow-body':
      return dribble(fault, struck);
    case 'expired-token':
      throw unknownToken();
    default:
      return fault satisfies never;
  }
}

async function answerError(fault: FaultOf<'error'>, { requestId, response, operate }: Struck): Promise<void> {
  if (fault.takesEffect) await operate();
  const { name, message = defaultMessageOf(name), retryAfterSeconds } = fault;
  const { headers, body } = toAnswer({ message }, requestId);
  const retryAfter = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  const status = faultErrorStatuses[name];
  sendAnswer(response, { status, headers: { ...headers, 'x-amzn-errortype': name, ...retryAfter }, body });
}

/** Once released it is answered as if nothing had been; a caller that has gone cannot be answered any more. */
async function hang({ takesEffect }: FaultOf<'hang'>, struck: Struck): Promise<void> {
  const { requestId, response, operate, held } = struck;
  const early = takesEffect ? await operate() : undefined;
  if (!response.destroyed) await held.hold(letGo => whenGone(response, letGo));
  if (!response.destroyed) sendAnswer(response, toAnswer(early ?? (await operate()), requestId));
}

function whenGone(response: ServerResponse, letGo: () => void): () => void {
  response.once('close', letGo);
  return () => response.off('close', letGo);
}

async function resetConnection({ takesEffect }: FaultOf<'connection-reset'>, struck: Struck): Promise<void> {
  if (takesEffect) await struck.operate();
  struck.response.socket?.resetAndDestroy();
}

async function truncate({ bytes }: FaultOf<'truncated-body'>, struck: Struck): Promise<void> {
  const { response } = struck;
  const { status, headers, body } = await toUsualAnswer(struck);
  if (response.destroyed) return;
  const whole = Buffer.from(body);
  const sent = Math.min(bytes ?? Math.floor(whole.length / 2), whole.length - 1);
  response.writeHead(status, headers).flushHeaders();
  response.write(whole.subarray(0, sent));
  // After what is written has left, unlike destroy().
  response.socket?.destroySoon();
}

async function malform({ body }: FaultOf<'malformed-body'>, struck: Struck): Promise<void> {
  const { status, headers } = await toUsualAnswer(struck);
  const length = { 'content-length': String(Buffer.byteLength(body)) };
  sendAnswer(struck.response, { status, headers: { ...headers, ...length }, body });
}

async function dribble({ pieceBytes, pauseMs }: FaultOf<'slow-body'>, struck: Struck): Promise<void> {
  const { response, held, clock } = struck;
  const { status, headers, body } = await toUsualAnswer(struck);
  if (response.destroyed) return;
  response.writeHead(status, headers);
  let rest = Buffer.from(body);
  while (rest.length > pieceBytes && !response.destroyed) {
    response.write(rest.subarray(0, pieceBytes));
    rest = rest.subarray(pieceBytes);
    await held.hold(letGo => clock.setTimer(pauseMs, letGo));
  }
  if (!response.destroyed) response.end(rest);
}

async function toUsualAnswer({ operate, requestId }: Struck): Promise<Answer> {
  return toAnswer(await operate(), requestId);
}
