import type { ConnectorEntity } from '../wire.ts';
import { SourceApplicationError } from './source-application.ts';

/** A list that goes on for longer is taken for one that has no end. */
const maxPages = 1000;
const maxEntities = 100_000;

export interface ConnectorPage {
  /** Null, absent or empty on the last page. */
  readonly nextToken: string | null | undefined;
  readonly timeToLiveSeconds: number | undefined;
}

/** Gathers the pages of one list, as a connector gives them. */
export class ConnectorPages {
  readonly entities: ConnectorEntity[] = [];
  /** What to ask for the next page with; `undefined` before the first one and after the last. */
  nextToken: string | undefined;
  /** The least any page states. */
  timeToLiveSeconds: number | undefined;
  readonly #tokens = new Set<string>();

  /** @throws SourceApplicationError when the list has no end. */
  add(entities: readonly ConnectorEntity[], { nextToken, timeToLiveSeconds }: ConnectorPage): void {
    for (const entity of entities) this.entities.push(entity);
    this.timeToLiveSeconds = lesser(this.timeToLiveSeconds, timeToLiveSeconds);
    this.nextToken = nextToken || undefined;
    if (this.nextToken !== undefined) this.#checkProgress(this.nextToken);
  }

  #checkProgress(nextToken: string): void {
    if (this.#tokens.has(nextToken)) throw endless('it gave the nextToken of an earlier page again');
    this.#tokens.add(nextToken);
    if (this.#tokens.size >= maxPages) throw endless(`it goes on after ${maxPages} pages`);
    if (this.entities.length > maxEntities) throw endless(`it goes on after ${maxEntities} entities`);
  }
}

function lesser(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function endless(why: string): SourceApplicationError {
  return new SourceApplicationError(`The connector's list has no end: ${why}.`);
}
