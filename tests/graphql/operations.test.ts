import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { DescribeEntityDocument, ResetDetailsDocument } from '../../src/explorer/generated/graphql.ts';
import { createSampleSource, createTestGateway } from './test-gateway.ts';

const folder = new URL('../../schema/operations/', import.meta.url);
const files = readdirSync(folder).sort();

describe('the example operations', () => {
  it.each(files)('%s says what it is for and runs as it stands', async file => {
    const document = readFileSync(new URL(file, folder), 'utf8');
    expect(document).toMatch(/^# [A-Z].*\.\n(query|mutation) [A-Z]\w+/);
    expect(parse(document).definitions).toHaveLength(1);
    const gateway = await createTestGateway(createSampleSource());
    const { data, errors } = await gateway.execute(document);
    expect(errors).toEqual([]);
    expect(Object.values(data ?? {})).not.toContain(null);
  });

  it('have typed documents', async () => {
    const gateway = await createTestGateway(createSampleSource());
    const { data } = await gateway.execute(DescribeEntityDocument, { entity: 'Contact' });
    const after = await gateway.execute(ResetDetailsDocument, { entity: 'Contact' });
    const fingerprint: string | null | undefined = data?.connectorEntity?.fingerprint;
    expect(after.data?.resetConnectorMetadataCache?.entity?.fingerprint).toBe(fingerprint);
  });
});
