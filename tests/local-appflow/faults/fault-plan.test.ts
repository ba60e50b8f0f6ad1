import { describe, expect, it } from 'vitest';
import { CatalogError } from '../../../src/local-appflow/connectors/catalog-error.ts';
import { parseCatalog } from '../../../src/local-appflow/connectors/parse-catalog.ts';

describe('the faults of a catalogue', () => {
  it('need little to be written', () => {
    const { faults } = parseCatalog(`
faults:
  rules:
    - { fault: latency, ms: [50, 200], rate: 0.5 }
    - { fault: error, name: ThrottlingException, retryAfterSeconds: 2, operations: [ListConnectorEntities], times: 3 }
    - { fault: hang, profiles: [crm], entities: [Account], after: 1 }
    - fault: truncated-body
    - fault: malformed-body
    - fault: slow-body
    - { fault: expired-token, afterUses: 1 }
    - { fault: connection-reset, takesEffect: true }
`);
    const always = { after: 0, rate: 1 };
    expect(faults).toEqual({
      seed: 1,
      rules: [
        { fault: 'latency', ms: [50, 200], after: 0, rate: 0.5 },
        {
          fault: 'error',
          name: 'ThrottlingException',
          retryAfterSeconds: 2,
          takesEffect: false,
          operations: ['ListConnectorEntities'],
          times: 3,
          ...always,
        },
        { fault: 'hang', takesEffect: false, profiles: ['crm'], entities: ['Account'], after: 1, rate: 1 },
        { fault: 'truncated-body', ...always },
        { fault: 'malformed-body', body: '<html>It works!</html>', ...always },
        { fault: 'slow-body', pieceBytes: 64, pauseMs: 100, ...always },
        { fault: 'expired-token', afterUses: 1, ...always },
        { fault: 'connection-reset', takesEffect: true, ...always },
      ],
    });
  });

  it.each(['faults:\n', 'faults: {}\n'])('may be none: %j', text => {
    expect(parseCatalog(text).faults).toEqual({ seed: 1, rules: [] });
  });

  it('are not there when nobody wrote any', () => {
    expect(parseCatalog('profiles: {}\n')).not.toHaveProperty('faults');
  });

  it('are told everything that is wrong with them, with line and column', () => {
    const text = `faults:
  seed: -1
  chaos: true
  rules:
    - { fault: latancy, ms: 5 }
    - { fault: latency, ms: [200, 50] }
    - { fault: latency, ms: 1.5 }
    - { fault: latency }
    - { fault: error, name: ThrottledException }
    - { fault: error, name: ThrottlingException, retryAfterSeconds: soon }
    - { fault: hang, operations: [ListEntities], times: 0 }
    - { fault: hang, profiles: [], rate: 2, seconds: 5 }
    - hang
    - { rate: 1 }
    - { fault: slow-body, pieceBytes: 0, takesEffect: true }
`;
    expect(problemsOf(text)).toEqual([
      '2:9 faults.seed: expected a whole number from 0 up, got -1',
      '3:3 faults.chaos: expected only seed, rules, got "chaos"',
      '5:16 faults.rules.0.fault: expected one of latency, error, hang, connection-reset, truncated-body, malformed-body, slow-body, expired-token, got "latancy"',
      '6:29 faults.rules.1.ms: expected a list [least, most], the least first, got a list',
      '7:29 faults.rules.2.ms: expected a whole number from 0 to 3600000, got 1.5',
      '8:7 faults.rules.3.ms: expected whole milliseconds, at most 3600000, or a list [least, most] of them, got nothing',
      expect.stringMatching(
        /^9:29 faults\.rules\.4\.name: expected one of ValidationException, .*, ServiceUnavailableException, got "ThrottledException"$/,
      ),
      '10:69 faults.rules.5.retryAfterSeconds: expected a whole number from 0 to 86400, got "soon"',
      expect.stringMatching(
        /^11:35 faults\.rules\.6\.operations\.0: expected one of .*DescribeConnectorEntity.*, got "ListEntities"$/,
      ),
      '11:57 faults.rules.6.times: expected a whole number from 1 up, got 0',
      '12:32 faults.rules.7.profiles: expected a list of profile names, at least one, got a list',
      '12:42 faults.rules.7.rate: expected a number from 0 to 1, got 2',
      expect.stringMatching(/^12:45 faults\.rules\.7\.seconds: expected only fault, takesEffect, .*, got "seconds"$/),
      '13:7 faults.rules.8: expected a map with fault and what it needs, got "hang"',
      expect.stringMatching(/^14:7 faults\.rules\.9\.fault: expected one of latency, .*, got nothing$/),
      '15:39 faults.rules.10.pieceBytes: expected a whole number from 1 to 1000000000, got 0',
      expect.stringMatching(/^15:42 faults\.rules\.10\.takesEffect: expected only /),
    ]);
  });
});

function problemsOf(text: string): string[] {
  try {
    parseCatalog(text);
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    return error.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
  }
  throw new Error('The catalogue was taken.');
}
