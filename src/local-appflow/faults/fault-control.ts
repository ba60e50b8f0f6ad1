import type { IncomingMessage } from 'node:http';
import { toProblems } from '../connectors/to-problems.ts';
import { isLoopbackHost } from '../loopback.ts';
import { type Answer, readJson, toAnswer } from '../rest-json.ts';
import { faultPlanSchema } from './fault-plan.ts';
import type { Faults } from './faults.ts';

const controlPath = '/_faults';
const methods = ['GET', 'PUT', 'DELETE'];
const maxPlanBytes = 1024 * 1024;

/** Whether a request is for the control route. */
export function isFaultControl({ url = '' }: IncomingMessage): boolean {
  return url.split('?', 1)[0] === controlPath;
}

/**
 * The control route: GET says what is in force, PUT puts a plan in force, DELETE behaves again. It takes no signature, so a page
 * of the web must not get through: a page of another origin has `Origin`, one that points its own name at this machine has that
 * name in `Host`, and neither may send PUT, DELETE or JSON without a preflight, which nothing here grants.
 *
 * Rejects with an AppflowError when the body cannot be read.
 */
export async function answerFaultControl(request: IncomingMessage, requestId: string, faults: Faults): Promise<Answer> {
  const refuse = (status: number, refusal: object, headers: Readonly<Record<string, string>> = {}): Answer => {
    const answer = toAnswer(refusal, requestId);
    return { ...answer, status, headers: { ...answer.headers, ...headers } };
  };
  const { method = '', headers } = request;
  if (!isForPrograms(request)) return refuse(403, { message: `${controlPath} is for programs of this machine only.` });
  if (!methods.includes(method)) {
    const message = `${controlPath} takes ${methods.join(', ')}, got ${method}.`;
    return refuse(405, { message }, { allow: methods.join(', ') });
  }
  if (method === 'DELETE') faults.lift();
  if (method === 'PUT') {
    if (!isJson(headers['content-type'])) return refuse(415, { message: 'Content-Type must be application/json.' });
    const problems = replacePlan(faults, await readJson(request, maxPlanBytes));
    if (problems.length > 0) return refuse(400, { message: 'The plan cannot be taken; nothing changed.', problems });
  }
  return toAnswer(faults.status(), requestId);
}

function isForPrograms({ headers: { host, origin } }: IncomingMessage): boolean {
  return origin === undefined && host !== undefined && isLoopbackHost(host);
}

function isJson(contentType = ''): boolean {
  return /^application\/json\s*(?:;|$)/i.test(contentType);
}

/** Puts a plan in force, unless something is wrong with it: then everything that is, one sentence each. */
function replacePlan(faults: Faults, written: unknown): readonly string[] {
  const { success, data, error } = faultPlanSchema.safeParse(written, { reportInput: true });
  if (success) faults.replace(data);
  return (error?.issues ?? [])
    .flatMap(toProblems)
    .map(({ path, message }) => (path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message));
}
