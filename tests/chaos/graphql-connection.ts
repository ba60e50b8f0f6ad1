import { Agent, request } from 'node:http';
import type { Answer } from '../support/run-gateway.ts';

/** One kept-alive connection of a client to whichever gateway it asks. */
export class GraphQLConnection {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #timeoutMs: number;

  constructor(timeoutMs = 20_000) {
    this.#timeoutMs = timeoutMs;
  }

  /** Posts a document. Rejects when there is no answer in time. */
  post<Data>(url: string, query: string): Promise<Answer<Data>> {
    const body = JSON.stringify({ query });
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const sent = request(`${url}/graphql`, { method: 'POST', agent: this.#agent, headers }, response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          try {
            resolve(JSON.parse(Buffer.concat(chunks).toString()));
          } catch (error) {
            reject(error);
          }
        });
      });
      sent.on('error', reject);
      sent.setTimeout(this.#timeoutMs, () => sent.destroy(new Error(`no answer within ${this.#timeoutMs} ms`)));
      sent.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
