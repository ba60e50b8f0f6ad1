import { createLog } from '../../../src/base/log.ts';
import { parseCatalog } from '../../../src/local-appflow/connectors/parse-catalog.ts';
import { registerCatalog } from '../../../src/local-appflow/connectors/register-catalog.ts';
import { registerFlows } from '../../../src/local-appflow/connectors/register-flows.ts';
import type { Registry } from '../../../src/local-appflow/connectors/registry.ts';
import {
  type SourceApplication,
  SourceApplicationError,
} from '../../../src/local-appflow/connectors/source-application.ts';
import { faultPlanSchema } from '../../../src/local-appflow/faults/fault-plan.ts';
import { Faults } from '../../../src/local-appflow/faults/faults.ts';
import { createLocalAppflow, type LocalAppflow } from '../../../src/local-appflow/server.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { aWireProfile } from '../../support/fake-registry.ts';
import { noLambdas } from '../../support/no-lambdas.ts';
import type { World } from './wire-case.ts';

/** The small catalogue whose answers are written down. */
const catalog = `
customConnectors:
  Ledger:
    name: Ledger
    owner: Books Ltd
    version: '2.1'
    description: The general ledger
    apiVersions: [v1, v2]
    modes: [SOURCE]
    triggers: [OnDemand]
    schedulingFrequencies: [DAILY]
    registeredAt: 2026-01-01T00:00:00Z
    registeredBy: books
    arn: arn:aws:appflow:eu-west-1:123456789012:connector/Ledger
    lambdaArn: arn:aws:lambda:eu-west-1:123456789012:function:ledger
profiles:
  books:
    connector: Ledger
    createdAt: 2026-01-01T00:00:00Z
    lastUpdatedAt: 2026-01-01T00:00:01.500Z
    arn: arn:aws:appflow:eu-west-1:123456789012:connectorprofile/books
    credentialsArn: arn:aws:secretsmanager:eu-west-1:123456789012:secret:books
    entities:
      Entry:
        fields:
          Amount: decimal
  sales:
    connector: Salesforce
    entities:
      Account:
        label: Accounts
        group: Standard
        fields:
          Id: { type: id, label: Account ID, primaryKey: true, operators: [EQUAL_TO], retrievable: true, queryable: true,
            timestamp: false, creatable: false, updatable: false, upsertable: false, nullable: false, defaultedOnCreate: true }
        entities:
          Note:
      Visit__c:
        group: Custom
  helpdesk:
    connector: Zendesk
flows:
  nightly:
    description: All that was booked
    status: Suspended
    trigger: { schedule: rate(1days), pullMode: Incremental, startTime: 2026-02-01T02:00:00Z, timezone: UTC }
    source: { profile: books, apiVersion: v1, entity: Entry, incrementalField: BookedAt }
    destinations: [{ connector: S3, bucket: lake, prefix: books, output: { fileType: PARQUET } }]
    tasks: [{ type: Map_all, sourceFields: [], operator: NO_OP, properties: { EXCLUDE_SOURCE_FIELDS_LIST: '[]' } }]
    lastRun: { status: Error, time: 2026-02-02T02:00:04.500Z, message: No such field. }
    tags: { team: books }
    arn: arn:aws:appflow:eu-west-1:123456789012:flow/nightly
    createdAt: 2026-02-01T00:00:00Z
    createdBy: bookkeeper
    lastUpdatedAt: 2026-02-01T00:00:01Z
    lastUpdatedBy: auditor
    schemaVersion: 3
  accounts:
    source: { profile: sales, entity: Account }
    destinations: [{ profile: helpdesk, entity: organizations, idFields: [external_id], writeOperation: UPSERT }]
    tasks:
      - { type: Filter, sourceFields: [Id], operator: PROJECTION }
      - { type: Map, sourceFields: [Id], destinationField: external_id, operator: NO_OP }
`;

/** Starts local AppFlow over that catalogue; beside its profiles, `refusing` takes no credentials and `failing` always fails. */
export function startWorld(world: World): Promise<LocalAppflow> {
  const parts = { clock: new FakeClock(), log: createLog('silent') };
  const { registry, rules } = makings[world];
  const faults = rules && new Faults(parts);
  faults?.replace(faultPlanSchema.parse({ rules }));
  return createLocalAppflow({ ...parts, registry, faults, port: 0 });
}

const account = { region: 'eu-west-1', accountId: '123456789012' };
const parsed = parseCatalog(catalog);
const { connectors, profiles } = registerCatalog(parsed, account, noLambdas);
const flows = registerFlows(parsed.flows, profiles, account);

const allProfiles = [
  ...profiles,
  toProfile('refusing', new SourceApplicationError('invalid client', { refusedCredentials: true })),
  toProfile('failing', new SourceApplicationError('connection refused')),
];

interface Makings {
  readonly registry: Registry;
  /** What requests meet; absent: faults are not enabled. */
  readonly rules?: readonly object[];
}

const sound: Registry = { connectors: () => connectors, profiles: () => allProfiles, flows: () => flows };
const throttling = { fault: 'error', name: 'ThrottlingException' };

const makings: Readonly<Record<World, Makings>> = {
  sound: { registry: sound },
  broken: { registry: { connectors: failUnforeseen, profiles: failUnforeseen, flows: failUnforeseen } },
  conflicting: {
    registry: sound,
    rules: [{ fault: 'error', name: 'ConflictException', message: 'The profile is being changed.' }],
  },
  throttling: { registry: sound, rules: [throttling] },
  'throttling for a while': { registry: sound, rules: [{ ...throttling, retryAfterSeconds: 7 }] },
  faulty: { registry: sound, rules: [] },
};

function toProfile(name: string, failure: SourceApplicationError) {
  const fail = () => Promise.reject(failure);
  const application: SourceApplication = { listEntities: fail, describeEntity: fail, close: async () => undefined };
  return { profile: aWireProfile(name), application };
}

function failUnforeseen(): never {
  throw new TypeError('undefined is not a function');
}
