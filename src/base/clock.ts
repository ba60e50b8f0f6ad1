import { performance } from 'node:perf_hooks';

/** Time as a dependency: everything with a TTL, a lease, a retry or a deadline takes one, so tests cross an hour in no time. */
export interface Clock {
  /** Milliseconds that only ever grow. For durations and deadlines. */
  monotonicNow(): number;
  /** Milliseconds since the epoch. For people and protocols; it may jump. */
  wallNow(): number;
  /** Runs `callback` once after `delayMs`; the returned function cancels. A timer does not keep the process alive. */
  setTimer(delayMs: number, callback: () => void): () => void;
}

/** The machine's own clocks. */
export const systemClock: Clock = {
  monotonicNow: () => performance.now(),
  wallNow: () => Date.now(),
  setTimer(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** The same for a program that has nothing to do but wait, between two tries for example: its timers keep the process alive. */
export const wakefulClock: Clock = {
  ...systemClock,
  setTimer(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Fulfils after `delayMs` of the clock's time. */
export function pause(clock: Clock, delayMs: number): Promise<void> {
  return new Promise(resolve => {
    clock.setTimer(delayMs, resolve);
  });
}
