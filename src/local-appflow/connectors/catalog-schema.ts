import { z } from 'zod';
import { type FaultPlan, faultPlanSchema } from '../faults/fault-plan.ts';
import {
  authenticationTypes,
  connectionModes,
  connectorModes,
  dataTransferTypes,
  operators,
  schedulingFrequencies,
  triggerTypes,
  writeOperations,
} from './appflow-values.ts';
import { connectorTypes } from './built-in-connectors.ts';
import { type CatalogField, fieldSchema } from './catalog-field-schema.ts';
import { type CatalogFlow, flowSchema } from './catalog-flow-schema.ts';
import { metadataSchema, settingsMembers } from './connector-settings-schema.ts';
import { expected } from './expected.ts';
import { flowLimits } from './flow-limits.ts';
import { toInvocationUrl } from './invocation-url.ts';
import { outputLimits } from './output-limits.ts';
import { DeferredValue } from './plain-yaml.ts';
import { emptyWhenNothing, instant, limitedText, mapOf, oneOf, recordOf, scalarText } from './schema-parts.ts';

/** An entity of a catalogue; its name is its key. `entities`, even when empty, makes it one that has nested entities. */
export interface CatalogEntity {
  readonly label?: string | undefined;
  /** Key of AppFlow's entity map; `Objects` when absent. */
  readonly group?: string | undefined;
  /** Seconds AppFlow may keep this entity's fields and its list of nested entities. */
  readonly cacheControl?: number | undefined;
  readonly fields?: Readonly<Record<string, CatalogField>> | undefined;
  readonly entities?: CatalogEntities | undefined;
}

export type CatalogEntities = Readonly<Record<string, CatalogEntity>>;

type WrittenEntity = Omit<CatalogEntity, 'fields'> & { readonly fields?: DeferredValue | CatalogEntity['fields'] };

const cacheControl = z
  .number(expected('a whole number of seconds'))
  .refine(seconds => Number.isInteger(seconds) && seconds >= 1, expected('a whole number of seconds, at least 1'))
  .optional();

const fields = recordOf('a map of fields', outputLimits.identifier, fieldSchema);

/** Fields that were looked over when they were read pass as they are. */
const writtenFields = z.unknown().transform((written, context) => {
  if (written instanceof DeferredValue) return written;
  const { data, error } = fields.safeParse(written, { reportInput: true });
  context.issues.push(...((error?.issues ?? []) as z.core.$ZodRawIssue[]));
  return data;
});

const entity: z.ZodType<CatalogEntity> = z
  .preprocess(
    emptyWhenNothing,
    mapOf('a map with label, fields or entities', {
      label: limitedText(outputLimits.label).optional(),
      group: limitedText(outputLimits.group).optional(),
      cacheControl,
      fields: writtenFields.optional(),
      get entities() {
        return entities.optional();
      },
    }),
  )
  .transform(withFieldsOnDemand);

const entities: z.ZodType<CatalogEntities> = z.lazy(() =>
  recordOf('a map of entities', outputLimits.entityName, entity),
);

/** What AWS's own connectors and custom ones say of themselves alike; an empty text leaves out what AppFlow says. */
const connectorMembers = {
  name: limitedText(outputLimits.connectorName).optional(),
  description: limitedText(outputLimits.connectorDescription).optional(),
  owner: limitedText(outputLimits.connectorOwner).optional(),
  version: scalarText({ ...outputLimits.connectorVersion, pattern: /^\S*$/u }).optional(),
  apiVersions: z
    .array(scalarText(outputLimits.apiVersion), expected('a list of API versions'))
    .nonempty(expected('at least one API version'))
    .refine(versions => new Set(versions).size === versions.length, 'expected each API version once')
    .optional(),
  cacheControl,
  modes: z.array(oneOf(connectorModes), expected('a list of modes')).optional(),
  triggers: z.array(oneOf(triggerTypes), expected('a list of trigger types')).optional(),
  schedulingFrequencies: z.array(oneOf(schedulingFrequencies), expected('a list of frequencies')).optional(),
  destinations: z.array(oneOf(connectorTypes), expected('a list of connector types')).optional(),
  writeOperations: z.array(oneOf(writeOperations), expected('a list of write operations')).optional(),
  dataTransferTypes: z.array(oneOf(dataTransferTypes), expected('a list of data transfer types')).optional(),
  ...settingsMembers,
};

const flag = z.boolean(expected('true or false')).optional();

const builtIn = z.preprocess(
  emptyWhenNothing,
  mapOf('a map describing one of the connectors of AWS', {
    ...connectorMembers,
    privateLink: flag,
    privateLinkUrlRequired: flag,
    metadata: metadataSchema.optional(),
    entities: entities.optional(),
  }),
);

/** Not shown in a complaint: it may hold what nobody should read. */
const whatInvocationUrl = 'expected a http or https URL without user name and password, such as http://127.0.0.1:9000';
const invocationUrl = z
  .string(whatInvocationUrl)
  .refine(text => toInvocationUrl(text) !== undefined, whatInvocationUrl);

const custom = z.preprocess(
  emptyWhenNothing,
  mapOf('a map describing a custom connector', {
    ...connectorMembers,
    arn: limitedText(outputLimits.arn).optional(),
    lambdaArn: limitedText(outputLimits.arn).optional(),
    logoUrl: limitedText(outputLimits.logoUrl).optional(),
    registeredAt: instant.optional(),
    registeredBy: limitedText(outputLimits.registeredBy).optional(),
    invocationUrl: invocationUrl.optional(),
  }),
);

const property = z.union([z.string(), z.number(), z.boolean()], expected('text, a number or true or false'));

const profile = mapOf('a map with connector and entities', {
  connector: z.string(expected('a connector type or the label of a custom connector')),
  connectionMode: oneOf(connectionModes).optional(),
  properties: z.record(z.string(), property, expected('a map of profile properties')).optional(),
  arn: limitedText(outputLimits.profileArn).optional(),
  credentialsArn: limitedText(outputLimits.arn).optional(),
  createdAt: instant.optional(),
  lastUpdatedAt: instant.optional(),
  cacheControl,
  /** Filter operators by field type, for fields that state none; AppFlow's usual ones for types that are not here. */
  operators: recordOf(
    'a map of field types',
    outputLimits.fieldType,
    z.array(oneOf(operators), expected('a list of operators')),
  ).optional(),
  entities: entities.optional(),
  versions: recordOf('a map of API versions', outputLimits.apiVersion, entities).optional(),
  credentials: mapOf('a map with secretArn and authenticationType', {
    secretArn: limitedText(outputLimits.arn),
    authenticationType: oneOf(authenticationTypes),
  }).optional(),
  runtimeSettings: recordOf(
    'a map of runtime settings',
    outputLimits.customProfilePropertyKey,
    scalarText(outputLimits.customProfileProperty),
  ).optional(),
});

/** The shape of a catalogue file. What a shape cannot say (which names refer to which) is in check-catalog-references.ts. */
export const catalogSchema = mapOf('a map with profiles, connectors, customConnectors and flows', {
  /** A place for anchors; read by nobody. */
  definitions: z.unknown().optional(),
  /** AWS's own connectors, by type: entities of those that need no profile, and what is otherwise than local AppFlow has it. */
  connectors: recordOf('a map of connector types', outputLimits.connectorLabel, builtIn).optional(),
  /** By connector label. */
  customConnectors: recordOf('a map of custom connectors', outputLimits.connectorLabel, custom).optional(),
  profiles: recordOf('a map of profiles', outputLimits.profileName, profile).optional(),
  flows: recordOf('a map of flows', flowLimits.flowName, flowSchema).optional(),
  /** In force only where faults are enabled. */
  faults: z.preprocess(emptyWhenNothing, faultPlanSchema).optional(),
});

/** Fields that stayed text are read, and their short forms written out, each time somebody asks for them. */
function withFieldsOnDemand({ fields: written, ...entity }: WrittenEntity): CatalogEntity {
  if (!(written instanceof DeferredValue)) return written === undefined ? entity : { ...entity, fields: written };
  return {
    ...entity,
    get fields() {
      return fields.parse(written.read());
    },
  };
}

/** A catalogue as it was written, short forms written out, without the place for anchors. */
export interface Catalog {
  readonly connectors: Readonly<Record<string, CatalogBuiltIn>>;
  readonly customConnectors: Readonly<Record<string, CatalogCustomConnector>>;
  readonly profiles: Readonly<Record<string, CatalogProfile>>;
  readonly flows: Readonly<Record<string, CatalogFlow>>;
  readonly faults?: FaultPlan;
}

export type CatalogBuiltIn = z.infer<typeof builtIn>;
export type CatalogCustomConnector = z.infer<typeof custom>;
export type CatalogProfile = z.infer<typeof profile>;
