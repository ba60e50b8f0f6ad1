import { signedForAppflow } from '../../support/start-local-appflow.ts';
import type { ErrorCase, WireCase, WireRequest, World } from './wire-case.ts';

const notJson = '{"message":"The body must be valid JSON in UTF-8."}';

/** Requests that are malformed in the same way for every operation, and what they are answered. */
export const malformedRequests: readonly WireCase[] = [
  badJson('no body at all but a brace', '{'),
  badJson('trailing text', '{} {}'),
  badJson('a comment', '{/* all */}'),
  badJson('single quotes', "{'maxResults':1}"),
  badJson('a trailing comma', '{"maxResults":1,}'),
  badJson('NaN', '{"maxResults":NaN}'),
  badJson('a byte order mark', '\uFEFF{}'),
  badJson('a hundred thousand brackets', '['.repeat(100_000)),
  notObject('an array', '[]', 'an array'),
  notObject('null', 'null', 'null'),
  notObject('a string', '"{}"', 'a string'),
  notObject('a number', '7', 'the number 7'),
  {
    what: 'more than 1 MiB',
    request: { body: `{"x":"${'y'.repeat(1024 * 1024 - 7)}"}` },
    answer: {
      status: 413,
      error: 'RequestEntityTooLargeException',
      body: '{"message":"The body must have at most 1048576 bytes."}',
    },
  },
  {
    what: 'a form',
    request: { body: 'maxResults=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    answer: {
      status: 415,
      error: 'UnsupportedMediaTypeException',
      body: '{"message":"Content-Type must be application/json, got \\"application/x-www-form-urlencoded\\"."}',
    },
  },
  {
    what: 'a compressed body',
    request: { headers: { 'content-encoding': 'gzip' } },
    answer: {
      status: 415,
      error: 'UnsupportedMediaTypeException',
      body: '{"message":"Content-Encoding must be absent, got \\"gzip\\"."}',
    },
  },
  {
    what: 'no signature',
    request: { headers: { authorization: undefined } },
    answer: {
      status: 403,
      error: 'MissingAuthenticationTokenException',
      body: '{"message":"Missing Authentication Token"}',
    },
  },
  {
    what: 'another way to authenticate',
    request: { headers: { authorization: 'Bearer abc' } },
    answer: {
      status: 400,
      error: 'IncompleteSignatureException',
      body: '{"message":"Authorization header must begin with \'AWS4-HMAC-SHA256\'."}',
    },
  },
  {
    what: 'half a signature',
    request: { headers: { authorization: signedForAppflow.split(',')[0] } },
    answer: {
      status: 400,
      error: 'IncompleteSignatureException',
      body: '{"message":"Authorization header requires \'Signature\' parameter. Authorization header requires \'SignedHeaders\' parameter."}',
    },
  },
  {
    what: 'a signature for another service',
    request: { headers: { authorization: signedForAppflow.replace('/appflow/', '/s3/') } },
    answer: {
      status: 403,
      error: 'InvalidSignatureException',
      body: '{"message":"Credential should be scoped to correct service: \'appflow\'."}',
    },
  },
  {
    what: 'a signature for a region without AppFlow',
    request: { headers: { authorization: signedForAppflow.replace('eu-west-1', 'mars-east-1') } },
    answer: {
      status: 403,
      error: 'InvalidSignatureException',
      body: '{"message":"Credential should be scoped to a valid region, not \'mars-east-1\'."}',
    },
  },
];

/** The same for methods and paths, which the texts name. */
export function toMisdirected(name: string, path: string): WireCase[] {
  const methods = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE'].map(method => ({
    what: method,
    request: { method, body: '' },
    answer: {
      status: 405,
      error: 'MethodNotAllowedException',
      body: `{"message":"${name} takes POST, got ${method}."}`,
      allow: 'POST',
    },
  }));
  const paths = [`${path}/`, `/v1${path}`, path.toUpperCase(), `/${path}`].map(other => ({
    what: `the path ${other}`,
    request: { path: other },
    answer: {
      status: 404,
      error: 'UnknownOperationException',
      body: `{"message":"No operation has the path ${other}."}`,
    },
  }));
  return [...methods, ...paths];
}

/** A good request spoilt in three ways. Each is refused for its form, whatever the request itself would have been answered. */
export function toSpoilt({ input = {} }: WireRequest, world: World = 'sound'): ErrorCase[] {
  const others = malformedRequests.filter(({ what }) => what === 'no signature' || what === 'a compressed body');
  return [
    badJson('cut short', JSON.stringify(input).slice(0, -1)),
    ...others.map(({ what, request, answer }) => ({ what, request: { input, ...request }, answer })),
  ].map(each => ({ ...each, world }));
}

function badJson(what: string, body: string): WireCase {
  return { what, request: { body }, answer: { status: 400, error: 'SerializationException', body: notJson } };
}

function notObject(what: string, body: string, came: string): WireCase {
  const text = `{"message":"The body must be a JSON object, got ${came}."}`;
  return { what, request: { body }, answer: { status: 400, error: 'SerializationException', body: text } };
}
