/** How the world behaves at the moment: probabilities from 0 to 1 unless the name says otherwise. */
export interface Conditions {
  readonly lostRequests: number;
  readonly lostReplies: number;
  readonly lostNudges: number;
  readonly duplicatedNudges: number;
  /** Messages that take up to `slowMessageMs` instead of a millisecond; nudges are slow as replies are. */
  readonly slowRequests: number;
  readonly slowReplies: number;
  readonly slowMessageMs: number;
  /** Which replicas' messages are slow, by number. */
  readonly slowLinks: 'all' | 'even';
  readonly failedFetches: number;
  readonly missingSubjects: number;
  /** Fetches that take up to `slowFetchMs` instead of some 30 milliseconds. */
  readonly slowFetches: number;
  readonly slowFetchMs: number;
  readonly refusedResets: number;
  /** Resets of which AppFlow's answer is lost. */
  readonly unansweredResets: number;
}

/** Nothing goes wrong. */
export const calm: Conditions = {
  lostRequests: 0,
  lostReplies: 0,
  lostNudges: 0,
  duplicatedNudges: 0,
  slowRequests: 0,
  slowReplies: 0,
  slowMessageMs: 0,
  slowLinks: 'all',
  failedFetches: 0,
  missingSubjects: 0,
  slowFetches: 0,
  slowFetchMs: 0,
  refusedResets: 0,
  unansweredResets: 0,
};
