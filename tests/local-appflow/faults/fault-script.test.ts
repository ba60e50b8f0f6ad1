import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FaultPlan, faultPlanSchema } from '../../../src/local-appflow/faults/fault-plan.ts';
import { FaultScript, type Verdict } from '../../../src/local-appflow/faults/fault-script.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const list = { operation: 'ListConnectorEntities', input: { connectorProfileName: 'crm', entitiesPath: 'Sales' } };
const describeAccount = {
  operation: 'DescribeConnectorEntity',
  input: { connectorProfileName: 'erp', connectorEntityName: 'Account' },
};

describe('a rule', () => {
  it.each([
    [{}, true, true],
    [{ operations: ['ListConnectorEntities'] }, true, false],
    [{ profiles: ['erp', 'other'] }, false, true],
    [{ entities: ['Account'] }, false, true],
    [{ entities: ['Sales'] }, true, false],
    [{ operations: ['ListConnectorEntities'], profiles: ['erp'] }, false, false],
  ])('%j is about the requests it names', (target, ofList, ofDescribe) => {
    const script = aScript({ rules: [{ fault: 'hang', ...target }] });
    expect([script.decide(list).fault !== undefined, script.decide(describeAccount).fault !== undefined]).toEqual([
      ofList,
      ofDescribe,
    ]);
  });

  it('finds a profile among several that are asked for', () => {
    const script = aScript({ rules: [{ fault: 'hang', profiles: ['crm'] }] });
    const input = { connectorProfileNames: ['erp', 'crm'] };
    expect(script.decide({ operation: 'DescribeConnectorProfiles', input }).fault).toBeDefined();
  });

  it('finds the flow that is described', () => {
    const script = aScript({ rules: [{ fault: 'hang', flows: ['nightly'] }] });
    const flows = ['nightly', 'hourly', undefined];
    const faults = flows.map(flowName => script.decide({ operation: 'DescribeFlow', input: { flowName } }).fault);
    expect(faults.map(fault => fault !== undefined)).toEqual([true, false, false]);
    expect(script.decide({ operation: 'ListFlows', input: {} }).fault).toBeUndefined();
  });

  it('is about no profile where the request names none', () => {
    const script = aScript({ rules: [{ fault: 'hang', profiles: ['crm'] }, { fault: 'expired-token' }] });
    const input = { connectorProfileName: undefined, nextToken: undefined };
    expect(script.decide({ operation: 'ListConnectorEntities', input }).fault).toBeUndefined();
  });

  it('lets requests pass first, strikes so often, and stops', () => {
    const script = aScript({ rules: [{ fault: 'hang', after: 1, times: 2 }] });
    expect(Array.from({ length: 5 }, () => script.decide(list).fault?.fault)).toEqual([
      undefined,
      'hang',
      'hang',
      undefined,
      undefined,
    ]);
    expect(script.struck).toEqual([2]);
  });
});

describe('rules', () => {
  it('add up their delays, and end with the first other fault', () => {
    const script = aScript({
      rules: [
        { fault: 'latency', ms: 100 },
        { fault: 'hang', times: 1 },
        { fault: 'latency', ms: 20 },
        { fault: 'connection-reset' },
      ],
    });
    expect([script.decide(list), script.decide(list)]).toMatchObject([
      { delayMs: 100, fault: { fault: 'hang' } },
      { delayMs: 120, fault: { fault: 'connection-reset' } },
    ]);
    expect(script.struck).toEqual([2, 1, 1, 1]);
  });

  it('refuse only requests with a token that has expired', () => {
    const script = aScript({ rules: [{ fault: 'expired-token', afterUses: 1, times: 1 }] });
    const next = { ...list, input: { nextToken: 't' } };
    script.noteAnswer(list, { nextToken: 't' });
    const verdicts = [list, next, next, next].map(request => script.decide(request).fault?.fault);
    expect(verdicts).toEqual([undefined, undefined, 'expired-token', undefined]);
  });
});

describe('chance', () => {
  const plans = fc.record({
    seed: fc.nat(),
    rules: fc.array(
      fc.record({
        fault: fc.constantFrom('hang', 'latency'),
        ms: fc.constant([0, 1000]),
        rate: fc.double({ min: 0, max: 1, noNaN: true }),
        after: fc.nat(3),
        operations: fc.constantFrom(['ListConnectorEntities'], ['DescribeConnectorEntity']),
      }),
      { maxLength: 4 },
    ),
  });
  const requests = fc.array(fc.constantFrom(list, describeAccount), { maxLength: 40 });

  it('repeats: the same seed and the same requests give the same faults', () => {
    fc.assert(
      fc.property(plans, requests, (plan, sequence) => {
        expect(runOf(plan, sequence)).toEqual(runOf(plan, sequence));
      }),
    );
  });

  it('of one rule does not depend on what other rules are about', () => {
    const rule = { fault: 'hang', rate: 0.5, operations: ['ListConnectorEntities'] };
    const other = { fault: 'hang', rate: 0.5, operations: ['DescribeConnectorEntity'] };
    fc.assert(
      fc.property(fc.nat(), requests, (seed, sequence) => {
        const faultsOfList = (rules: object[]) =>
          runOf({ seed, rules }, sequence).filter((_, n) => sequence[n] === list);
        expect(faultsOfList([rule])).toEqual(faultsOfList([rule, other]));
      }),
    );
  });

  it('differs with the seed, and strikes about as often as it was told', () => {
    const run = (seed: number) =>
      runOf({ seed, rules: [{ fault: 'hang', rate: 0.3 }] }, Array<typeof list>(1000).fill(list)).map(
        ({ fault }) => !!fault,
      );
    expect(run(1)).not.toEqual(run(2));
    const struck = run(1).filter(Boolean).length;
    expect(struck).toBeGreaterThan(250);
    expect(struck).toBeLessThan(350);
  });

  it('takes a delay from everywhere in its range, both ends included', () => {
    const delays = runOf({ rules: [{ fault: 'latency', ms: [5, 9] }] }, Array<typeof list>(200).fill(list));
    expect([...new Set(delays.map(({ delayMs }) => delayMs))].sort()).toEqual([5, 6, 7, 8, 9]);
  });
});

function aScript(plan: object): FaultScript {
  const parsed: FaultPlan = faultPlanSchema.parse(plan);
  return new FaultScript(parsed, new FakeClock());
}

function runOf(
  plan: { seed?: number; rules: readonly object[] },
  sequence: readonly (typeof list | typeof describeAccount)[],
): Verdict[] {
  const rules = plan.rules.map(rule => ('fault' in rule && rule.fault === 'hang' ? { ...rule, ms: undefined } : rule));
  const script = aScript({ ...plan, rules: rules.map(rule => JSON.parse(JSON.stringify(rule))) });
  return sequence.map(request => script.decide(request));
}
