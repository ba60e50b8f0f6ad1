import { appflowErrorStatuses } from '../../../src/local-appflow/errors.ts';
import type { FuzzAnswer } from './answer-reader.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const statuses: Readonly<Record<string, number>> = appflowErrorStatuses;

/** What the control route of the faults refuses with; its refusals have no name, for no model knows the route. */
const controlRefusals = [400, 403, 405, 415];

/** What no answer may be, whatever the request was; `undefined` when all is well. */
export function findFault(
  { status, headers, body }: FuzzAnswer,
  method: string | undefined,
  hasFaultControl = false,
): string | undefined {
  const error = headers.get('x-amzn-errortype');
  if (!uuid.test(headers.get('x-amzn-requestid') ?? '')) return `no request id (${status})`;
  if (headers.get('content-type') !== 'application/json') return `another content type (${status})`;
  if (status >= 500) return `${status} ${error}`;
  if (!isRightName(status, error, hasFaultControl)) return `${status} named ${error}`;
  if (method === 'HEAD') return undefined;
  return isRightBody(status, body) ? undefined : `a body that is not right for ${status}: ${body.slice(0, 200)}`;
}

function isRightName(status: number, error: string | undefined, hasFaultControl: boolean): boolean {
  if (error === undefined) return status === 200 || (hasFaultControl && controlRefusals.includes(status));
  return statuses[error] === status;
}

function isRightBody(status: number, body: string): boolean {
  try {
    const content: unknown = JSON.parse(body);
    if (typeof content !== 'object' || content === null || Array.isArray(content)) return false;
    return status === 200 || ('message' in content && typeof content.message === 'string');
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
