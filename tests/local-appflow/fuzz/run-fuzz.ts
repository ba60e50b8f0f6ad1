import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Random } from '../../simulation/random.ts';
import { AnswerReader, type FuzzAnswer } from './answer-reader.ts';
import { findFault } from './find-fault.ts';
import { type FuzzRequest, fuzzCut, fuzzRequest, fuzzWildly } from './http-fuzz.ts';
import { whole } from './json-fuzz.ts';

export interface FuzzOptions {
  /** Of a local AppFlow over the catalogue of the conformance suite. */
  readonly url: string;
  readonly seed: number;
  readonly requests: number;
  /** Ends earlier when they take longer; for ever when absent. */
  readonly seconds?: number;
  /** How long an answer may take before it counts as a hang. */
  readonly patienceMs?: number;
  /** Whether it has the control route of the faults; default false. */
  readonly hasFaultControl?: boolean;
}

export interface FuzzResult {
  readonly fuzz: 'local-appflow';
  readonly seed: number;
  readonly requests: number;
  readonly answers: Readonly<Record<number, number>>;
  readonly connections: number;
  /** What went wrong, at most a few times each. */
  readonly faults: readonly string[];
}

/** Connections at a time. Each has a seed of its own, so that their order in time decides nothing. */
const lanes = 8;
/** Enough to see what is wrong. */
const maxFaults = 20;

/** Sends random and mutated requests over raw connections, and says what came that may not come. */
export async function runFuzz(options: FuzzOptions): Promise<FuzzResult> {
  const { seed, requests, seconds } = options;
  const run = new FuzzRun(options);
  const endsAt = seconds === undefined ? Number.POSITIVE_INFINITY : performance.now() + seconds * 1000;
  const isDone = () => run.requests >= requests || performance.now() > endsAt || run.faults.length >= maxFaults;
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      const random = new Random(seed * lanes + lane);
      const tokens: string[] = [];
      while (!isDone()) await run.talk(random, tokens);
    }),
  );
  return {
    fuzz: 'local-appflow',
    seed,
    requests: run.requests,
    answers: Object.fromEntries(run.answers),
    connections: run.connections,
    faults: run.faults,
  };
}

class FuzzRun {
  readonly #port: number;
  readonly #patienceMs: number;
  readonly #hasFaultControl: boolean;
  readonly answers = new Map<number, number>();
  readonly faults: string[] = [];
  requests = 0;
  connections = 0;

  constructor({ url, patienceMs = 20_000, hasFaultControl = false }: FuzzOptions) {
    this.#port = Number(new URL(url).port);
    this.#patienceMs = patienceMs;
    this.#hasFaultControl = hasFaultControl;
  }

  /** One connection: batches of good framing, and something wild, cut or nothing at the end. */
  async talk(random: Random, tokens: string[]): Promise<void> {
    const socket = connect(this.#port, '127.0.0.1');
    // A reset by the server ends the reading, which says what is missing.
    socket.on('error', () => socket.destroy());
    this.connections += 1;
    const stopWaiting = setTimeout(() => socket.destroy(new Error('hangs')), this.#patienceMs);
    try {
      await once(socket, 'connect');
      const conversation = new Conversation(socket);
      for (let batches = whole(random, 5); batches >= 0 && !socket.destroyed; batches -= 1) {
        stopWaiting.refresh();
        await this.#exchange(conversation, random, tokens);
      }
      stopWaiting.refresh();
      await this.#end(conversation, random, tokens);
    } finally {
      clearTimeout(stopWaiting);
      socket.destroy();
    }
  }

  async #exchange(conversation: Conversation, random: Random, tokens: string[]): Promise<void> {
    const batch = Array.from({ length: 1 + whole(random, 10) }, () => fuzzRequest(random, tokens));
    this.requests += batch.length;
    conversation.send(random, batch);
    const answers = await conversation.take(batch);
    for (const [index, answer] of answers.entries()) this.#judge(answer, batch[index]);
    if (answers.length !== batch.length) {
      this.#report(`${answers.length} answers to ${batch.length} requests`, batch[answers.length]);
    }
    for (const { body } of answers) keepToken(tokens, body);
  }

  async #end(conversation: Conversation, random: Random, tokens: string[]): Promise<void> {
    const { socket } = conversation;
    const kind = random.pick(['wild', 'wild', 'cut', 'reset', 'nothing']);
    if (kind === 'nothing') return;
    const bytes = kind === 'wild' ? fuzzWildly(random, tokens) : fuzzCut(random, tokens);
    this.requests += 1;
    socket.write(bytes);
    if (kind === 'reset') return void socket.resetAndDestroy();
    socket.end();
    const { answers, rest, hangs } = await conversation.takeAll();
    const request = { method: 'POST', bytes };
    for (const answer of answers) this.#judge(answer, request);
    if (rest !== '') this.#report(`half an answer: ${rest.slice(0, 200)}`, request);
    if (hangs) this.#report('the connection does not end', request);
  }

  #judge(answer: FuzzAnswer, request: FuzzRequest | undefined): void {
    this.answers.set(answer.status, (this.answers.get(answer.status) ?? 0) + 1);
    const fault = findFault(answer, request?.method, this.#hasFaultControl);
    if (fault !== undefined) this.#report(fault, request);
  }

  #report(fault: string, request: FuzzRequest | undefined): void {
    this.faults.push(`${fault} for ${JSON.stringify(request?.bytes.toString('latin1').slice(0, 1000))}`);
  }
}

/** What goes over one connection and comes back. */
class Conversation {
  readonly socket: Socket;
  readonly #reader = new AnswerReader();
  readonly #chunks: AsyncIterator<Buffer>;

  constructor(socket: Socket) {
    this.socket = socket;
    this.#chunks = socket[Symbol.asyncIterator]();
  }

  /** All at once, or in pieces that end anywhere. */
  send(random: Random, batch: readonly FuzzRequest[]): void {
    const bytes = Buffer.concat(batch.map(request => request.bytes));
    const middle = random.chance(0.3) ? whole(random, bytes.length) : bytes.length;
    this.socket.write(bytes.subarray(0, middle));
    if (middle < bytes.length) this.socket.write(bytes.subarray(middle));
  }

  /** The answers to these, or as many as come before the connection ends. */
  async take(batch: readonly FuzzRequest[]): Promise<FuzzAnswer[]> {
    const answers: FuzzAnswer[] = [];
    while (answers.length < batch.length) {
      const chunk = await this.#read();
      if (chunk === undefined) break;
      answers.push(
        ...this.#reader.read(
          chunk,
          batch.slice(answers.length).map(({ method }) => method),
        ),
      );
    }
    return answers;
  }

  /** Everything until the connection ends. */
  async takeAll(): Promise<{ answers: FuzzAnswer[]; rest: string; hangs: boolean }> {
    const answers: FuzzAnswer[] = [];
    for (let chunk = await this.#read(); chunk !== undefined; chunk = await this.#read()) {
      answers.push(...this.#reader.read(chunk, []));
    }
    return { answers, rest: this.#reader.rest, hangs: this.socket.errored?.message === 'hangs' };
  }

  /** The next bytes; `undefined` when there will be none. */
  async #read(): Promise<Buffer | undefined> {
    try {
      const { done, value } = await this.#chunks.next();
      return done ? undefined : value;
    } catch {
      // The connection was reset, or given up: the caller sees by what is missing.
      return undefined;
    }
  }
}

function keepToken(tokens: string[], body: string): void {
  const token = /"nextToken":"([^"]+)"/.exec(body)?.[1];
  if (token !== undefined) tokens.push(token);
  if (tokens.length > 20) tokens.shift();
}
