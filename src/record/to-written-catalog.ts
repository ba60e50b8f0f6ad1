import type { ConnectorEntityField } from '@aws-sdk/client-appflow';
import type { WrittenCatalog, WrittenProfile } from './catalog-text.ts';
import type { CatalogMap } from './catalog-value.ts';
import type { Journal } from './journal.ts';
import type { Losses } from './losses.ts';
import type { PlannedProfile } from './plan-recording.ts';
import { fieldsKey, namesOf, type RecordedEntities } from './record-entities.ts';
import { profilesOf } from './record-flows.ts';
import { isCustom, toCatalogConnector, writeOperationsOf } from './to-catalog-connector.ts';
import { type JournaledFlow, toCatalogFlow } from './to-catalog-flow.ts';
import { toCatalogProfile } from './to-catalog-profile.ts';
import { UsualOperators } from './usual-operators.ts';

/** A profile whose entities are in the journal, by the API version they were read in. */
export interface RecordedProfile extends PlannedProfile {
  readonly entities: ReadonlyMap<string | undefined, RecordedEntities>;
}

export interface RecordedParts {
  /** Those that were asked for, and those that flows lead to. */
  readonly profiles: readonly RecordedProfile[];
  readonly flows: readonly JournaledFlow[];
  readonly journal: Journal;
  readonly unread: Losses;
  readonly unstated: Losses;
}

/** Puts what was recorded into a catalogue's words. */
export async function toWrittenCatalog(parts: RecordedParts): Promise<WrittenCatalog> {
  const { profiles, journal, unread, unstated } = parts;
  const fieldsOf = ({ place }: RecordedEntities, name: string) => readFields(journal, fieldsKey(place, name));
  const written = new Map<string, WrittenProfile>();
  for (const profile of profiles) written.set(profile.name, await toWrittenProfile(profile, fieldsOf, unstated));
  return {
    title: 'Recorded from Amazon AppFlow by appflow-gateway record. Credentials are not in it.',
    connectors: connectorsOf(parts, false),
    customConnectors: connectorsOf(parts, true),
    profiles: written,
    flows: flowsOf(parts),
    fieldsOf,
    lose: (what, where) => unstated.add(what, where),
    remarks: () => [
      ...titled('AppFlow did not answer, so this is not in here:', unread.lines()),
      ...titled('AppFlow said it, but a catalogue cannot:', unstated.lines()),
    ],
  };
}

async function readFields(
  journal: Journal,
  key: ReturnType<typeof fieldsKey>,
): Promise<ConnectorEntityField[] | undefined> {
  return journal.has(key) ? ((await journal.read(key)) as ConnectorEntityField[]) : undefined;
}

function connectorsOf({ profiles, unstated }: RecordedParts, custom: boolean): ReadonlyMap<string, CatalogMap> {
  const found = profiles.filter(({ connector }) => isCustom(connector) === custom);
  const byName = new Map(found.map(({ profile, connector }) => [nameOf(profile), connector]));
  return new Map(
    [...byName].map(([name, connector]) => [name, toCatalogConnector(connector, what => unstated.add(what, name))]),
  );
}

function flowsOf({ flows, profiles, unstated }: RecordedParts): ReadonlyMap<string, CatalogMap> {
  const known = new Set(profiles.map(({ name }) => name));
  const carried = flows.filter(flow => {
    const isCarried = profilesOf(flow).every(name => known.has(name));
    if (!isCarried) unstated.add('a flow that leads to a profile that is gone', flow.flowName ?? '');
    return isCarried;
  });
  const named = carried.map(flow => [flow.flowName ?? '', flow] as const);
  return new Map(named.map(([name, flow]) => [name, toCatalogFlow(flow, what => unstated.add(what, name))]));
}

function nameOf({ connectorLabel, connectorType }: RecordedProfile['profile']): string {
  return connectorLabel ?? connectorType ?? '';
}

async function toWrittenProfile(
  recorded: RecordedProfile,
  fieldsOf: WrittenCatalog['fieldsOf'],
  unstated: Losses,
): Promise<WrittenProfile> {
  const { name, profile, connector, entities } = recorded;
  return {
    head: toCatalogProfile(profile, what => unstated.add(what, name)),
    operators: await usualOperators([...entities.values()], fieldsOf),
    writeOperations: writeOperationsOf(connector),
    grouped: !isCustom(connector),
    entities: toWrittenEntities(recorded),
  };
}

/** By version where the connector has several: also those that were not asked for, which then have no entities. */
function toWrittenEntities({ connector, entities }: RecordedProfile): WrittenProfile['entities'] {
  const { supportedApiVersions: versions = [] } = connector;
  const [only] = entities.values();
  if (!only || versions.length <= 1 || !isCustom(connector)) return only;
  return new Map(versions.map(version => [version, entities.get(version)]));
}

async function usualOperators(
  recorded: readonly RecordedEntities[],
  fieldsOf: WrittenCatalog['fieldsOf'],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const operators = new UsualOperators();
  for (const entities of recorded) {
    for (const name of namesOf(entities.tree)) {
      for (const field of (await fieldsOf(entities, name)) ?? []) operators.count(field);
    }
  }
  return operators.byType();
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [title, ...lines.map(line => `- ${line}`)] : [];
}
