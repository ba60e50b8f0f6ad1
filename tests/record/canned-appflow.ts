import type { Appflow } from '@aws-sdk/client-appflow';
import type { AppflowCalls, Send } from '../../src/appflow/appflow-calls.ts';
import { type Clock, systemClock } from '../../src/base/clock.ts';

/** What an operation answers, by AppFlow's name of it; an Error is thrown. */
export type CannedAnswers = Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => object>>;

export interface CannedCalls extends Pick<AppflowCalls, 'call'> {
  /** Operations called so far, in order. */
  readonly called: readonly string[];
}

/** AppFlow as a test says it is, without a wire in between: for answers no server of ours gives, and for very many of them. */
export function cannedCalls(answers: CannedAnswers): CannedCalls {
  const called: string[] = [];
  const all: CannedAnswers = { ListFlows: () => ({ flows: [] }), ...answers };
  const methods = Object.entries(all).map(([name, answer]) => [
    name[0]?.toLowerCase() + name.slice(1),
    async (input: Record<string, unknown>) => {
      called.push(name);
      const found = answer(input);
      if (found instanceof Error) throw found;
      return { $metadata: {}, ...found };
    },
  ]);
  const appflow = Object.fromEntries(methods) as Appflow;
  return {
    called,
    call: <R>(_: string, send: Send<R>) => send(appflow, { abortSignal: new AbortController().signal }),
  };
}

/** An AppFlow with one profile, `crm`, of Salesforce, whose entities have these fields. */
export function cannedProfile(names: readonly string[], fields: readonly object[]): CannedAnswers {
  const entities = names.map(name => ({ name, label: name, hasNestedEntities: false }));
  return {
    DescribeConnectorProfiles: () => ({
      connectorProfileDetails: [{ connectorProfileName: 'crm', connectorType: 'Salesforce', connectionMode: 'Public' }],
    }),
    DescribeConnector: () => ({ connectorConfiguration: { connectorType: 'Salesforce', canUseAsSource: true } }),
    ListConnectorEntities: () => ({ connectorEntityMap: { Objects: entities } }),
    DescribeConnectorEntity: () => ({ connectorEntityFields: fields }),
  };
}

/** A clock on which every pause is over at once, and counted. */
export function hastyClock(): Clock & { readonly pausedMs: () => number } {
  let paused = 0;
  return {
    ...systemClock,
    monotonicNow: () => paused,
    setTimer(delayMs, callback) {
      const timer = setImmediate(() => {
        paused += delayMs;
        callback();
      });
      return () => clearImmediate(timer);
    },
    pausedMs: () => paused,
  };
}
