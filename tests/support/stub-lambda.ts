import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** An event as AppFlow sends it; members it did not send are absent. */
export type LambdaEvent = Readonly<Record<string, unknown>>;

/** A function's handler: what it returns is answered as JSON, what it throws as a function error. */
export type LambdaHandler = (event: LambdaEvent) => unknown;

/** Answers an invocation in any way at all, the wire included. */
export type LambdaMisbehaviour = (response: ServerResponse) => void;

const invocationPath = '/2015-03-31/functions/function/invocations';

/**
 * A Lambda Runtime Interface Emulator with one function in it, as its source behaves: one invocation at a time, a second one gets
 * status 400 and no body; a handler's error is an object with status 200.
 */
export class StubLambda {
  handler: LambdaHandler;
  /** When set, takes the place of the handler. */
  misbehaviour: LambdaMisbehaviour | undefined;
  readonly events: LambdaEvent[] = [];
  /** Invocations that were turned away because another one was running. */
  turnedAway = 0;
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  #isBusy = false;
  #gate: Promise<void> | undefined;

  constructor(handler: LambdaHandler) {
    this.handler = handler;
  }

  /** Its origin, as a catalogue names it. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async start(port = 0): Promise<void> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** Holds invocations until the returned function is called. */
  hold(): () => void {
    let release: () => void = () => undefined;
    this.#gate = new Promise(resolve => {
      release = resolve;
    });
    return release;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST' || request.url !== invocationPath) return void response.writeHead(404).end();
    if (this.#isBusy) {
      this.turnedAway += 1;
      return void response.writeHead(400).end();
    }
    this.#isBusy = true;
    try {
      let body = '';
      for await (const chunk of request) body += chunk;
      const event: LambdaEvent = JSON.parse(body);
      this.events.push(event);
      await this.#gate;
      if (this.misbehaviour) this.misbehaviour(response);
      else response.writeHead(200).end(JSON.stringify(this.#run(event)));
    } finally {
      this.#isBusy = false;
    }
  }

  #run(event: LambdaEvent): unknown {
    try {
      return this.handler(event);
    } catch (error) {
      const { name, message, stack } = error as Error;
      return { errorMessage: message, errorType: name, requestId: '', stackTrace: [stack] };
    }
  }
}

/** Starts one that stops with the test. */
export async function startStubLambda(handler: LambdaHandler): Promise<StubLambda> {
  const lambda = new StubLambda(handler);
  await lambda.start();
  onTestFinished(() => lambda.stop());
  return lambda;
}
