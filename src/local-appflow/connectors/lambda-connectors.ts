import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { toInvocationUrl } from './invocation-url.ts';
import { createLambdaApplication, type ProfileConnection } from './lambda-application.ts';
import { LambdaConfiguration } from './lambda-configuration.ts';
import { LambdaFunction } from './lambda-function.ts';
import type { SourceApplication } from './source-application.ts';

/**
 * The functions of custom connectors, by URL: whoever names the same URL shares one queue, and they outlive a catalogue, so that a
 * reload neither ends an invocation nor begins a second one beside it.
 */
export class LambdaConnectors {
  readonly #parts: { readonly clock: Clock; readonly log: Log };
  readonly #functions = new Map<string, LambdaFunction>();
  readonly #configurations = new Map<string, LambdaConfiguration>();

  constructor(parts: { readonly clock: Clock; readonly log: Log }) {
    this.#parts = parts;
  }

  /** What the connector of that label says about itself, asked at the `invocationUrl` a catalogue names. */
  configurationOf(connectorLabel: string, invocationUrl: string): LambdaConfiguration {
    const key = JSON.stringify([connectorLabel, invocationUrl]);
    const lambda = this.#functionAt(invocationUrl);
    const known = this.#configurations.get(key) ?? new LambdaConfiguration({ lambda, connectorLabel, ...this.#parts });
    this.#configurations.set(key, known);
    return known;
  }

  /** The application a profile of that connector reaches. */
  createApplication(connectorLabel: string, invocationUrl: string, connection: ProfileConnection): SourceApplication {
    const lambda = this.#functionAt(invocationUrl);
    const configuration = this.configurationOf(connectorLabel, invocationUrl);
    return createLambdaApplication({ ...connection, connectorLabel, lambda, configuration, ...this.#parts });
  }

  /** Ends what is under way; afterwards no function is invoked any more. */
  close(): void {
    for (const lambda of this.#functions.values()) lambda.close();
  }

  #functionAt(invocationUrl: string): LambdaFunction {
    const url = toInvocationUrl(invocationUrl);
    if (!url) throw new Error('The catalogue was taken with an invocationUrl that is none.');
    const found = this.#functions.get(url.href) ?? new LambdaFunction(url, this.#parts.clock);
    this.#functions.set(url.href, found);
    return found;
  }
}
