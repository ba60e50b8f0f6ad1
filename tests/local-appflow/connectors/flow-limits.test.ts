import { describe, expect, it } from 'vitest';
import { flowLimits } from '../../../src/local-appflow/connectors/flow-limits.ts';
import { breachOf } from '../../../src/local-appflow/connectors/output-limits.ts';

/** The longest text the API model allows, and one it does not. Carried over by hand, so that it judges the code. */
const modelled: Readonly<Record<keyof typeof flowLimits, readonly [max: number, fill: string, bad: string]>> = {
  flowName: [256, 'x', 'x'],
  description: [2048, ' ', '100%'],
  statusMessage: [2048, '/', 'a, b'],
  executionMessage: [2048, '?', 'a/b'],
  flowArn: [512, 'arn:aws:appflow:eu-west-1:123456789012:flow/x', 'arn:aws:appflow:eu-west-1:me:flow/x'],
  kmsArn: [2048, 'arn:aws:kms:eu-west-1:123456789012:key/x', 'arn:aws:s3:::x'],
  roleArn: [512, 'arn:aws:iam::123456789012:role/x', 'arn:aws:iam::role/x'],
  principal: [256, 'x', 'a b'],
  tagKey: [128, 'k', 'aws:a'],
  tagValue: [256, ' ', '#'],
  object: [512, 'x', ''],
  entity: [1024, 'x', 'a b'],
  bucket: [63, 'x', 'ab'],
  upsolverBucket: [63, 'upsolver-appflow', 'appflow-upsolver'],
  prefix: [512, ' ', 'a\nb'],
  dateField: [256, ' ', 'a\nb'],
  documentType: [512, ' ', 'a.b'],
  transferApi: [64, '/', 'a b'],
  idField: [128, 'x', ''],
  domain: [64, 'x', 'a b'],
  objectType: [255, 'x', 'a b'],
  schedule: [256, ' ', 'a\nb'],
  timezone: [256, ' ', 'a\nb'],
  sourceField: [2048, ' ', 'a\nb'],
  destinationField: [256, ' ', 'a\nb'],
  taskProperty: [2048, ' ', ''],
  glueDatabase: [255, '\u{1F600}', 'a\nb'],
  glueTablePrefix: [128, '\t', 'a\u0007b'],
  registration: [2048, ' ', 'a\nb'],
};

describe('the limits of flows', () => {
  it.each(Object.entries(modelled))('are those of the API model: %s', (name, [max, fill, bad]) => {
    const limit = flowLimits[name as keyof typeof flowLimits];
    const longest = [...fill.padEnd(max * 2, [...fill].at(-1))].slice(0, max).join('');
    expect(breachOf(longest, limit)).toBeUndefined();
    expect(breachOf(`${longest}x`, limit)).toBe(`expected at most ${max} characters, got ${max + 1}`);
    expect(breachOf(bad, limit)).toContain(`expected ${limit.allowed}, got`);
  });
});
