import { appflowErrorStatuses } from '../errors.ts';

/**
 * The errors a fault may answer with, and their HTTP status: all that local AppFlow knows itself, and a few that AWS's clients
 * meet at any service (AWS: common errors).
 */
export const faultErrorStatuses = {
  ...appflowErrorStatuses,
  ExpiredTokenException: 403,
  UnrecognizedClientException: 403,
  TooManyRequestsException: 429,
  ServiceUnavailableException: 503,
} as const satisfies Record<string, number>;

export type FaultErrorName = keyof typeof faultErrorStatuses;

/** What such an answer says where the rule does not; the words of a 429 are those seen at the real service. */
export function defaultMessageOf(name: FaultErrorName): string {
  return faultErrorStatuses[name] === 429 ? 'Too Many Requests' : 'A fault that local AppFlow was told to make.';
}
