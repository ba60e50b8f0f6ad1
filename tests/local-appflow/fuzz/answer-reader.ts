/** One answer as it came over a connection. */
export interface FuzzAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Cuts what comes over one connection into answers; interim ones (100 Continue) are dropped. */
export class AnswerReader {
  #bytes = Buffer.alloc(0);

  /** The answers complete so far that were not taken before. `methods` are those of the requests they belong to, in order. */
  read(chunk: Buffer, methods: readonly string[]): FuzzAnswer[] {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    const answers: FuzzAnswer[] = [];
    for (let answer = this.#next(methods[0]); answer; answer = this.#next(methods[answers.length])) {
      if (answer.status >= 200) answers.push(answer);
    }
    return answers;
  }

  /** What came of an answer that is not complete. */
  get rest(): string {
    return this.#bytes.toString('latin1');
  }

  #next(method: string | undefined): FuzzAnswer | undefined {
    const end = this.#bytes.indexOf('\r\n\r\n');
    if (end === -1) return undefined;
    const [line = '', ...lines] = this.#bytes.subarray(0, end).toString('latin1').split('\r\n');
    const headers = new Map(lines.map(toHeader));
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(line)?.[1] ?? 0);
    const length = method === 'HEAD' || status === 100 ? 0 : Number(headers.get('content-length') ?? 0);
    if (this.#bytes.length < end + 4 + length) return undefined;
    const body = this.#bytes.subarray(end + 4, end + 4 + length).toString();
    this.#bytes = this.#bytes.subarray(end + 4 + length);
    return { status, headers, body };
  }
}

function toHeader(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
