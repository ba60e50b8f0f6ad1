import type { AppflowClient, ServiceOutputTypes } from '@aws-sdk/client-appflow';

/** What goes out: the input as a client serialises it, or any part of the request as no client would write it. */
export interface WireRequest {
  readonly input?: object;
  /** In place of the input. */
  readonly body?: string;
  readonly method?: string;
  readonly path?: string;
  /** Laid over a client's; `undefined` takes one away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** What has to come back, byte for byte except for the request id and the date. */
export interface WireAnswer {
  readonly status: number;
  /** The error's name; absent for a success. */
  readonly error?: string;
  /** The whole body, as text. */
  readonly body: string;
  readonly allow?: string;
  readonly retryAfter?: string;
}

export interface WireCase {
  readonly what: string;
  readonly request: WireRequest;
  readonly answer: WireAnswer;
}

/**
 * Which local AppFlow a case talks to: a sound one; one whose registry fails unforeseen; one that faults make say Conflict; one of two
 * that faults make throttle everything, without and with a time to wait; or one that takes a plan of faults and has none yet.
 */
export type World = 'sound' | 'broken' | 'conflicting' | 'throttling' | 'throttling for a while' | 'faulty';

/** A story that ends with an error. */
export interface ErrorCase extends WireCase {
  /** The sound one when absent. */
  readonly world?: World;
}

/** An operation, and how a client calls it. */
export interface UnderTest {
  readonly name: string;
  readonly path: string;
  /** POST when absent. */
  readonly method?: string;
  /** Calls it by the real AWS SDK. */
  send(client: AppflowClient, input: object): Promise<ServiceOutputTypes>;
}

/** All that conformance knows about one operation; every figure and text is written down, none is computed. */
export interface Conformance extends UnderTest {
  readonly successes: readonly WireCase[];
  /** One story at least for every error that the model gives the operation. */
  readonly errors: readonly ErrorCase[];
  readonly malformed: readonly WireCase[];
}

/** An operation of AppFlow that local AppFlow has not. */
export interface Unsupported extends UnderTest {
  /** What it answers instead: the whole body, as text. */
  readonly refusal: string;
}
