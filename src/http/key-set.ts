import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';

/** After so long keys are loaded again, in the background: a key that was withdrawn is not believed for longer. */
const refreshAfterMs = 10 * 60_000;

/** Between two attempts to load: tokens with made-up key ids must not become a storm on the issuer. */
const cooldownMs = 30_000;

export interface KeySetOptions {
  /** Fetches the keys anew; may reject. */
  readonly load: () => Promise<JSONWebKeySet>;
  readonly clock: Clock;
  readonly log: Log;
}

/** The keys cannot be had, and none were there before. */
export class KeysUnavailableError extends Error {}

/**
 * The issuer's public keys. They are served from memory, and go on being served while their source is down. A token with an
 * unknown key has them loaded again, every 30 s at the most, because keys are rotated.
 */
export class KeySet {
  readonly #options: KeySetOptions;
  #find: JWTVerifyGetKey | undefined;
  #loading: Promise<void> | undefined;
  #triedAt = Number.NEGATIVE_INFINITY;
  #loadedAt = Number.NEGATIVE_INFINITY;

  constructor(options: KeySetOptions) {
    this.#options = options;
  }

  /** Loads the keys. A failure is logged, and leaves those that were there. */
  refresh(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  /** Finds the key that a token was signed with. Rejects with jose's `JWKSNoMatchingKey`, or a `KeysUnavailableError`. */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    if (this.#find === undefined) await this.#refreshIfRested();
    else if (this.#age(this.#loadedAt) > refreshAfterMs) void this.#refreshIfRested();
    try {
      return await this.#keys()(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.#refreshIfRested();
      return this.#keys()(header, token);
    }
  };

  #keys(): JWTVerifyGetKey {
    if (this.#find === undefined) throw new KeysUnavailableError('the keys of JWT_JWKS could not be loaded yet');
    return this.#find;
  }

  /** Joins an attempt under way; begins one only some time after the last. */
  #refreshIfRested(): Promise<void> {
    const isRested = this.#age(this.#triedAt) >= cooldownMs;
    return this.#loading ?? (isRested ? this.refresh() : Promise.resolve());
  }

  async #load(): Promise<void> {
    const { load, clock, log } = this.#options;
    this.#triedAt = clock.monotonicNow();
    try {
      this.#find = createLocalJWKSet(await load());
      this.#loadedAt = clock.monotonicNow();
    } catch (error) {
      const outcome = this.#find ? 'those that are there go on being used' : 'no token can be checked';
      log.warn({ err: error }, `the keys of JWT_JWKS could not be loaded: ${outcome}`);
    }
  }

  #age(since: number): number {
    return this.#options.clock.monotonicNow() - since;
  }
}
