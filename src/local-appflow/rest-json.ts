import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppflowError } from './errors.ts';

/** An answer of AWS's restJson1 protocol, ready to send. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An operation's output as an answer. Members that are `undefined` are left out. */
export function toAnswer(output: object, requestId: string): Answer {
  return createAnswer(200, requestId, output);
}

/** An error as an answer: its name in a header, its message in the body, always as JSON, because clients insist on it. */
export function toErrorAnswer(error: AppflowError, requestId: string): Answer {
  const { status, headers, body } = createAnswer(error.status, requestId, { message: error.message });
  const allow = error.code === 'MethodNotAllowedException' ? { allow: error.allow } : {};
  return { status, headers: { ...headers, 'x-amzn-errortype': error.code, ...allow }, body };
}

function createAnswer(status: number, requestId: string, content: object): Answer {
  const body = JSON.stringify(content);
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'x-amzn-requestid': requestId,
  };
  return { status, headers, body };
}

/** Sends an answer, unless the caller has gone. */
export function sendAnswer(response: ServerResponse, { status, headers, body }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, headers).end(body);
}

/**
 * Reads a body as JSON; an empty one counts as `{}`, as the real service has done since 2021. Rejects with a
 * RequestEntityTooLargeException, UnsupportedMediaTypeException or SerializationException.
 */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  checkMediaType(request.headers['content-type']);
  checkCoding(request.headers['content-encoding']);
  const body = await readBody(request, maxBytes);
  if (body.length === 0) return {};
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body));
  } catch (cause) {
    throw new AppflowError('SerializationException', 'The body must be valid JSON in UTF-8.', { cause });
  }
}

function checkMediaType(contentType: string | undefined): void {
  if (contentType === undefined || /^application\/(?:json|x-amz-json-1\.[01])\s*(?:;|$)/i.test(contentType)) return;
  throw new AppflowError(
    'UnsupportedMediaTypeException',
    `Content-Type must be application/json, got ${JSON.stringify(contentType)}.`,
  );
}

/** AppFlow's clients do not compress, and nothing says that AppFlow would unpack. */
function checkCoding(contentEncoding: string | undefined): void {
  if (contentEncoding === undefined || /^identity$/i.test(contentEncoding)) return;
  throw new AppflowError(
    'UnsupportedMediaTypeException',
    `Content-Encoding must be absent, got ${JSON.stringify(contentEncoding)}.`,
  );
}

/** By events, because leaving a `for await` early would cut the connection before the refusal got through. */
function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const tooLarge = () =>
      reject(new AppflowError('RequestEntityTooLargeException', `The body must have at most ${maxBytes} bytes.`));
    if (Number(request.headers['content-length']) > maxBytes) return tooLarge();
    let chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else {
        chunks = [];
        tooLarge();
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', cause =>
      reject(new AppflowError('SerializationException', 'The body ended early.', { cause })),
    );
  });
}
