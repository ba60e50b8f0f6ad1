import type { Appflow } from '@aws-sdk/client-appflow';
import { retryAfterMsOf } from './errors.ts';

/**
 * Makes the SDK give up at once on an error that asks for a longer pause. The SDK would wait, not even as long as it was asked to,
 * and run into the deadline: a plain "come back in a minute" would turn into a timeout, and that of a reset into uncertainty.
 *
 * @param longestMs Pauses as long as this are given up on, too.
 */
export function limitRetryPauses(appflow: Appflow, longestMs: number): void {
  const loadStrategy = appflow.config.retryStrategy;
  appflow.config.retryStrategy = async () => {
    const strategy = await loadStrategy();
    // The deprecated kind, which only a configuration of one's own can bring about.
    if (!('refreshRetryTokenForRetry' in strategy)) return strategy;
    return {
      acquireInitialRetryToken: scope => strategy.acquireInitialRetryToken(scope),
      refreshRetryTokenForRetry: async (token, info) => {
        // The SDK answers its caller with the error that it was about to retry, not with this one.
        if ((retryAfterMsOf(info.error) ?? 0) >= longestMs) throw new Error('AppFlow asks for too long a pause');
        return strategy.refreshRetryTokenForRetry(token, info);
      },
      recordSuccess: token => strategy.recordSuccess(token),
    };
  };
}
