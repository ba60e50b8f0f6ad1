import { type Clock, pause } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { configurationAnswer, readConnectorAnswer, type SdkConfiguration } from './connector-protocol.ts';
import type { LambdaFunction } from './lambda-function.ts';
import { SourceApplicationError } from './source-application.ts';

/** AppFlow asks once, at registration; here a connector under development is asked again when a minute has passed. */
const askAgainMs = 60_000;
/** The same after a failure: a function that is started after local AppFlow is not to be missed for long. */
const askAgainAfterFailureMs = 10_000;
/** How long a caller waits for the answer before it makes do with what is known. */
const patienceMs = 2_000;
/** How long the question may wait for its turn at a busy function. */
const queuePatienceMs = 30_000;

export interface LambdaConfigurationOptions {
  readonly lambda: LambdaFunction;
  /** For the log. */
  readonly connectorLabel: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** What a custom connector says about itself. The last answer stays while the connector is away. */
export class LambdaConfiguration {
  readonly #options: LambdaConfigurationOptions;
  #known: SdkConfiguration | undefined;
  #askAgainAt = Number.NEGATIVE_INFINITY;
  #asked: Promise<void> = Promise.resolve();
  /** Said in the log once, until it is there again. */
  #isAway = false;

  constructor(options: LambdaConfigurationOptions) {
    this.#options = options;
  }

  /** The last answer; `undefined` before the first one. */
  get known(): SdkConfiguration | undefined {
    return this.#known;
  }

  /** Asks the connector when it is time to. Settles with the answer, or after two seconds without one; never rejects. */
  refresh(): Promise<void> {
    const { clock } = this.#options;
    const now = clock.monotonicNow();
    if (now >= this.#askAgainAt) {
      this.#askAgainAt = now + askAgainMs;
      this.#asked = Promise.race([this.#ask(now + queuePatienceMs), pause(clock, patienceMs)]);
    }
    return this.#asked;
  }

  async #ask(startBy: number): Promise<void> {
    const { lambda, connectorLabel, clock, log } = this.#options;
    try {
      const answer = await lambda.invoke({ type: 'DescribeConnectorConfigurationRequest', locale: 'en-US' }, startBy);
      this.#known = readConnectorAnswer(configurationAnswer, answer);
      this.#isAway = false;
    } catch (error) {
      const reason = error instanceof SourceApplicationError ? { reason: error.message } : { err: error };
      const complaint = 'custom connector did not say its configuration; what is known stands in';
      if (!this.#isAway) log.warn({ connector: connectorLabel, ...reason }, complaint);
      this.#isAway = true;
      this.#askAgainAt = clock.monotonicNow() + askAgainAfterFailureMs;
    }
  }
}
