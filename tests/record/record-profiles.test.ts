import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { MetadataError } from '../../src/metadata/errors.ts';
import type { RecordOptions } from '../../src/record/record-profiles.ts';
import { temporaryFile } from '../support/temporary-file.ts';
import { answersAbout } from './answers-about.ts';
import { type CannedAnswers, cannedCalls, cannedProfile, hastyClock } from './canned-appflow.ts';
import { recordFrom } from './record-from.ts';
import { serving } from './serving.ts';

const names = ['Account', 'Contact', 'Lead', 'Order', 'Task', 'User'];
const field = {
  identifier: 'Id',
  label: 'Id',
  supportedFieldTypeDetails: { v1: { fieldType: 'id', filterOperators: [] } },
};

async function recordCrm(answers: CannedAnswers, given: Partial<RecordOptions> = {}) {
  const out = given.out ?? (await temporaryFile('crm.yaml'));
  const calls = cannedCalls(answers);
  const said: string[] = [];
  const terminal = { write: (text: string) => said.push(text) };
  const options = { profiles: ['crm'], out, calls, clock: hastyClock(), terminal, ...given };
  return { out, calls, said, recording: recordFrom('http://127.0.0.1:1', options) };
}

describe('a recording that is interrupted', () => {
  it('goes on where it ended, and asks for nothing twice', async () => {
    const abort = new AbortController();
    let described = 0;
    const interrupting = {
      ...cannedProfile(names, [field]),
      DescribeConnectorEntity: () => {
        described += 1;
        if (described === 3) abort.abort();
        return { connectorEntityFields: [field] };
      },
    };
    const first = await recordCrm(interrupting, { signal: abort.signal });
    await expect(first.recording).rejects.toThrow('interrupted');
    const kept = (await readFile(`${first.out}.partial`, 'utf8')).match(/"fields"/g)?.length ?? 0;
    expect(kept).toBeGreaterThan(0);
    const second = await recordCrm(cannedProfile(names, [field]), { out: first.out });
    await second.recording;
    const again = second.calls.called.filter(name => name === 'DescribeConnectorEntity');
    expect(again).toHaveLength(names.length - kept);
    expect(second.calls.called).not.toContain('ListConnectorEntities');
    expect(second.said.join('')).toContain(`${kept + 1} answers are there`);
    await expect(readFile(`${first.out}.partial`)).rejects.toThrow('ENOENT');
    const whole = await recordCrm(cannedProfile(names, [field]));
    await whole.recording;
    expect(await readFile(first.out, 'utf8')).toBe(await readFile(whole.out, 'utf8'));
  });

  it('starts over when the profile has changed since', async () => {
    const broken = { ...cannedProfile(names, [field]), DescribeConnectorEntity: () => denied };
    const first = await recordCrm(broken);
    await expect(first.recording).rejects.toThrow('denied');
    const changed = {
      ...cannedProfile(names, [field]),
      DescribeConnector: () => ({ connectorConfiguration: { connectorType: 'Salesforce', canUseAsDestination: true } }),
    };
    const second = await recordCrm(changed, { out: first.out });
    await second.recording;
    expect(second.calls.called).toContain('ListConnectorEntities');
    expect(second.said.join('')).toContain('starting over');
  });

  it('leaves the journal of another recording alone', async () => {
    const broken = { ...cannedProfile(names, [field]), DescribeConnectorEntity: () => denied };
    const first = await recordCrm(broken);
    await expect(first.recording).rejects.toThrow('denied');
    const second = await recordCrm(cannedProfile(names, [field]), { out: first.out, apiVersions: ['v1'] });
    await expect(second.recording).rejects.toThrow('belongs to another recording (profile crm)');
  });
});

const denied = new MetadataError('UPSTREAM_ACCESS_DENIED', 'denied');
const throttled = new MetadataError('UPSTREAM_THROTTLED', 'AppFlow is throttling.', { retryAfterMs: 7000 });
const failing = new MetadataError('CONNECTOR_FAILED', 'The application is away.');

describe('an AppFlow that', () => {
  it('throttles is left in peace for as long as it asks, and longer each time', async () => {
    let refusals = 5;
    const clock = hastyClock();
    const answers = {
      ...cannedProfile(names, [field]),
      ListConnectorEntities: () =>
        refusals-- > 0 ? throttled : { connectorEntityMap: { Objects: [{ name: 'Account' }] } },
    };
    const { recording, said } = await recordCrm(answers, { clock });
    expect(await recording).toMatchObject({ unread: [] });
    expect(clock.pausedMs()).toBeGreaterThanOrEqual(7000 * 4 + 16_000);
    expect(said.join('')).toContain('AppFlow is throttling. Trying again in 7 s.');
  });

  it('goes on throttling ends the recording, not what was read', async () => {
    const answers = { ...cannedProfile(names, [field]), DescribeConnectorEntity: () => throttled };
    const { recording, out } = await recordCrm(answers);
    await expect(recording).rejects.toThrow('throttling');
    expect(await readFile(`${out}.partial`, 'utf8')).toContain('"entities"');
  });

  it('cannot read one entity is recorded without it, which the file and the answer say', async () => {
    const answers = {
      ...cannedProfile(names, [field]),
      DescribeConnectorEntity: ({ connectorEntityName }: Readonly<Record<string, unknown>>) =>
        connectorEntityName === 'Lead' ? failing : { connectorEntityFields: [field] },
    };
    const { recording, out } = await recordCrm(answers);
    const unread = ['its fields (The application is away.): Lead'];
    expect(await recording).toMatchObject({ unread, complaint: undefined });
    const text = await readFile(out, 'utf8');
    expect(text).toContain('Lead:\n        # its fields could not be read\n');
    expect(text).toContain(`# - ${unread[0]}\n`);
  });

  it('lets nobody read flows is recorded without them', async () => {
    const { recording } = await recordCrm({ ...cannedProfile([], []), ListFlows: () => denied });
    expect(await recording).toMatchObject({ unread: ['flows: denied'] });
  });

  it('has no such profile is told from one that has', async () => {
    const answers = { ...cannedProfile([], []), DescribeConnectorProfiles: () => ({ connectorProfileDetails: [] }) };
    const { recording } = await recordCrm(answers);
    await expect(recording).rejects.toThrow('AppFlow has no connector profile crm.');
  });
});

describe('what a catalogue cannot say', () => {
  it('is listed by kind, and the rest can be served', async () => {
    const type = { fieldType: 'picklist', filterOperators: ['EQUAL_TO', 'SOUNDS_LIKE'] };
    const odd = [
      { ...field, identifier: 'has space' },
      { ...field, identifier: '__proto__' },
      field,
      { ...field, label: 'second' },
      { identifier: 'Typeless' },
      { identifier: 'Stage', supportedFieldTypeDetails: { v1: { ...type, supportedValues: ['Won', 'Closed Lost'] } } },
      { ...field, identifier: 'Child', parentIdentifier: 'Nobody', description: 'what?' },
      {
        identifier: 'Sum',
        supportedFieldTypeDetails: { v1: { fieldType: 'int', filterOperators: [], fieldValueRange: { minimum: 1 } } },
      },
    ];
    const { recording, out } = await recordCrm(cannedProfile(['Account'], odd));
    const { unstated, complaint } = await recording;
    expect(complaint).toBeUndefined();
    expect(unstated).toEqual([
      "a field whose identifier is outside AppFlow's own limits: Account.has space, Account.__proto__",
      'a field described a second time: Account.Id',
      'no field type, given as string: Account.Typeless',
      'SOUNDS_LIKE, which is newer than the catalogue: Account.Stage',
      'supportedValues with a space in them or of more than 128 characters: Account.Stage',
      'parentIdentifier, which is no field of the entity: Account.Child',
      "description, which is outside AppFlow's own limits: Account.Child",
      'fieldValueRange without two bounds in order: Account.Sum',
    ]);
    for (const line of unstated) expect(await readFile(out, 'utf8')).toContain(`# - ${line}\n`);
  });

  it('are entities in a second place, under themselves for example, and parents whose name is no path', async () => {
    const nested = {
      Objects: [
        { name: 'Folder', hasNestedEntities: true },
        { name: 'a:b', hasNestedEntities: true },
      ],
    };
    const answers = { ...cannedProfile([], [field]), ListConnectorEntities: () => ({ connectorEntityMap: nested }) };
    const { recording } = await recordCrm(answers);
    expect((await recording).unstated).toEqual([
      'nested entities of one whose name is no entitiesPath for AppFlow: a:b',
      'an entity listed in a second place: Folder, a:b',
    ]);
  });
});

describe('what somebody signs in with', () => {
  it('is left out, whatever the property is called', async () => {
    const secret = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:hush';
    const profileProperties = {
      baseUrl: 'https://example.com',
      tokenUrl: 'https://example.com/token',
      clientSecret: 'hush',
      where: secret,
      proxy: 'http://me:hush@example.com',
    };
    const custom = { connectorType: 'CustomConnector', connectorLabel: 'Fleet' };
    const answers = {
      ...cannedProfile([], []),
      DescribeConnectorProfiles: () => ({
        connectorProfileDetails: [
          {
            ...custom,
            connectorProfileName: 'crm',
            credentialsArn: secret,
            connectorProfileProperties: { CustomConnector: { profileProperties } },
          },
        ],
      }),
      DescribeConnector: () => ({ connectorConfiguration: { ...custom, canUseAsSource: true } }),
    };
    const { recording, out } = await recordCrm(answers);
    expect((await recording).unstated).toEqual([
      'property clientSecret: crm',
      'property where: crm',
      'property proxy: crm',
    ]);
    const text = await readFile(out, 'utf8');
    expect(text).not.toContain('hush');
    expect(text).toContain('properties: { baseUrl: https://example.com, tokenUrl: https://example.com/token }');
  });
});

it('labels nothing that AppFlow does not label', async () => {
  const { label: _, ...unlabelled } = field;
  const answers = {
    ...cannedProfile([], [unlabelled]),
    ListConnectorEntities: () => ({ connectorEntityMap: { Objects: [{ name: 'Account', hasNestedEntities: false }] } }),
  };
  const { recording, out } = await recordCrm(answers);
  expect(await recording).toMatchObject({ unstated: [], complaint: undefined });
  await serving(out, async url => {
    const { connector, entities } = await answersAbout(url, 'crm');
    expect(connector).not.toHaveProperty('connectorConfiguration.connectorName');
    expect(entities).toMatchObject({
      undefined: {
        '': {
          list: '{"Objects":[{"name":"Account","hasNestedEntities":false}]}',
          fields: { Account: { connectorEntityFields: [expect.not.objectContaining({ label: expect.anything() })] } },
        },
      },
    });
  });
});

describe('a file that is there', () => {
  it('is written over only by force', async () => {
    const out = await temporaryFile('crm.yaml');
    await writeFile(out, 'mine');
    await expect((await recordCrm(cannedProfile([], []), { out })).recording).rejects.toThrow('exists; --force');
    expect(await readFile(out, 'utf8')).toBe('mine');
    await (await recordCrm(cannedProfile([], []), { out, force: true })).recording;
    expect(await readFile(out, 'utf8')).toContain('  crm:\n');
  });

  it('is no journal is left alone, unless by force', async () => {
    const out = await temporaryFile('crm.yaml');
    await writeFile(`${out}.partial`, 'a letter\n');
    await expect((await recordCrm(cannedProfile([], []), { out })).recording).rejects.toThrow('is no journal');
    expect(await readFile(`${out}.partial`, 'utf8')).toBe('a letter\n');
    await (await recordCrm(cannedProfile([], []), { out, force: true })).recording;
  });
});

it('says where nobody listens, at once', async () => {
  const out = await temporaryFile('crm.yaml');
  await expect(recordFrom('http://127.0.0.1:1', { profiles: ['crm'], out, clock: hastyClock() })).rejects.toThrow(
    'AppFlow is away',
  );
});

it('records ten thousand entities a few at a time, without holding their fields', async () => {
  const many = Array.from({ length: 10_000 }, (_, index) => `Entity${index}`);
  const fields = Array.from({ length: 4 }, (_, index) => ({ ...field, identifier: `Field${index}` }));
  const { recording, out } = await recordCrm(cannedProfile(many, fields), { check: async () => undefined });
  await recording;
  expect((await readFile(out, 'utf8')).split('\n').length).toBeGreaterThan(60_000);
}, 60_000);
