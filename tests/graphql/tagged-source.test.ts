import { expect, it } from 'vitest';
import { createSurrogateTags, tagSource } from '../../src/graphql/tagged-source.ts';
import { MetadataError } from '../../src/metadata/errors.ts';
import type { MetadataRef } from '../../src/metadata/refs.ts';
import { tagsOf, tagsReachedBy } from '../../src/metadata/surrogate-tags.ts';
import { createSampleSource } from './test-gateway.ts';

const request = { connectorProfileName: 'my-salesforce', connectorEntityName: 'Account' };

it('notes everything that is asked for, and answers as the source does', async () => {
  const { source, tags, tagged } = aTaggedSource();
  const answers = await Promise.all([
    tagged.listConnectors(),
    tagged.listEntities({ connectorProfileName: 'my-sap', entitiesPath: 'API_PRODUCT' }),
    tagged.describeEntity(request),
  ]);
  expect(answers).toEqual([
    source.connectors,
    await source.listEntities({ connectorProfileName: 'my-sap', entitiesPath: 'API_PRODUCT' }),
    await source.describeEntity(request),
  ]);
  const refs: MetadataRef[] = [
    { kind: 'connectors' },
    { kind: 'entities', connectorProfileName: 'my-sap', entitiesPath: 'API_PRODUCT' },
    { kind: 'entity', ...request },
  ];
  expect(tags.answer).toEqual(new Set(refs.flatMap(tagsOf)));
  expect(tags.purge).toEqual(new Set());
});

it.each([
  ['connectors', 'listConnectors'],
  ['profiles', 'listProfiles'],
] as const)('notes %s as part of the directory', async (_, method) => {
  const { tags, tagged } = aTaggedSource();
  await tagged[method]();
  expect(tags.answer).toEqual(new Set(['directory']));
});

it('notes the directory for a connector, and what is not there, too', async () => {
  const { tags, tagged } = aTaggedSource();
  await expect(tagged.describeConnector({ connectorType: 'Nowhere' })).rejects.toThrow();
  await expect(tagged.describeEntity({ ...request, connectorEntityName: 'Gone' })).rejects.toThrow();
  expect([...tags.answer]).toEqual(['directory', 'profile:my-salesforce:entity:Gone', 'profile:*:entity:Gone']);
});

it('notes what a reset reached', async () => {
  const { tags, tagged } = aTaggedSource();
  expect(await tagged.reset(request)).toMatchObject({ scope: 'ENTITY_DETAILS' });
  expect([...tags.purge]).toEqual(tagsReachedBy(request));
  expect(tags.answer).toEqual(new Set());
});

it.each(['UPSTREAM_RESET_UNCERTAIN', 'RESET_NOT_PROPAGATED'] as const)(
  'notes what a reset may have reached that failed with %s',
  async code => {
    const { source, tags, tagged } = aTaggedSource();
    source.failNext('reset', new MetadataError(code, 'Who knows.'));
    await expect(tagged.reset(request)).rejects.toThrow('Who knows.');
    expect([...tags.purge]).toEqual(tagsReachedBy(request));
  },
);

it('notes nothing of a reset that AppFlow refused', async () => {
  const { source, tags, tagged } = aTaggedSource();
  source.failNext('reset', new MetadataError('UPSTREAM_THROTTLED', 'Later.'));
  await expect(tagged.reset(request)).rejects.toThrow('Later.');
  expect(tags.purge).toEqual(new Set());
});

function aTaggedSource() {
  const source = createSampleSource();
  const tags = createSurrogateTags();
  return { source, tags, tagged: tagSource(source, tags) };
}
