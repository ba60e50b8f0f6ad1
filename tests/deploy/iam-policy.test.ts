import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

it('the IAM policy is the one the README shows, and has what IAM asks of a policy', () => {
  const policy = readFileSync(join(root, 'deploy/iam-policy.json'), 'utf8');
  const [, shown] = /```json\n(\{\n {2}"Version"[\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
  expect(policy).toBe(shown);
  expect(JSON.parse(policy)).toEqual({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: expect.any(Array), Resource: '*' }],
  });
});
