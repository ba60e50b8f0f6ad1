import type {
  SourceApplication,
  SourceEntityDetails,
  SourceEntityList,
} from '../../src/local-appflow/connectors/source-application.ts';
import { UnknownEntityError } from '../../src/local-appflow/connectors/source-application.ts';
import type { ConnectorEntity, ConnectorEntityField } from '../../src/local-appflow/wire.ts';

export interface LargeApplicationOptions {
  /** How many entities it lists: `Entity00000`, `Entity00001`, ... Default 10,000. */
  readonly entities?: number;
  /** How many fields each entity has: `field00000`, ... Default 2,000. */
  readonly fields?: number;
  /** Groups the entities are spread over in turn. Default the single group `Objects`. */
  readonly groups?: readonly string[];
}

/** An application as large as one likes, in memory, the same each time; `entitiesPath` names nothing in it. */
export function createLargeApplication(options: LargeApplicationOptions = {}): SourceApplication {
  const { entities = 10_000, fields = 2_000, groups = ['Objects'] } = options;
  const listed = Array.from({ length: entities }, (_, index) => anEntity(index));
  const names = new Set(listed.map(({ name }) => name));
  const described = Array.from({ length: fields }, (_, index) => aField(index));
  const list = spread(listed, groups);
  return {
    async listEntities({ entitiesPath }): Promise<SourceEntityList> {
      if (entitiesPath) throw new UnknownEntityError(entitiesPath);
      return { groups: list };
    },
    async describeEntity({ connectorEntityName }): Promise<SourceEntityDetails> {
      if (!names.has(connectorEntityName)) throw new UnknownEntityError(connectorEntityName);
      return { fields: described };
    },
    close: async () => undefined,
  };
}

function spread(entities: readonly ConnectorEntity[], groups: readonly string[]): Record<string, ConnectorEntity[]> {
  const parts = groups.map((group, turn) => [group, entities.filter((_, index) => index % groups.length === turn)]);
  return Object.fromEntries(parts);
}

function anEntity(index: number): ConnectorEntity {
  const name = `Entity${padded(index)}`;
  return { name, label: `Entity number ${index}`, hasNestedEntities: false };
}

function aField(index: number): ConnectorEntityField {
  const identifier = `field${padded(index)}`;
  return {
    identifier,
    label: `Field number ${index}`,
    isPrimaryKey: index === 0,
    isDeprecated: false,
    supportedFieldTypeDetails: {
      v1: { fieldType: 'String', filterOperators: ['CONTAINS', 'EQUAL_TO', 'NOT_EQUAL_TO'], supportedValues: [] },
    },
    description: `The field at position ${index} of every entity.`,
    sourceProperties: { isRetrievable: true, isQueryable: true, isTimestampFieldForIncrementalQueries: false },
  };
}

function padded(index: number): string {
  return String(index).padStart(5, '0');
}
