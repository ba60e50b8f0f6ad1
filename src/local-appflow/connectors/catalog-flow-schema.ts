import { z } from 'zod';
import { operators, triggerTypes, writeOperations } from './appflow-values.ts';
import { expected } from './expected.ts';
import { flowLimits, maxTags } from './flow-limits.ts';
import {
  aggregationTypes,
  customTransferApiTypes,
  dataPullModes,
  executionStatuses,
  flowStatuses,
  inputFileTypes,
  outputFileTypes,
  pathPrefixes,
  prefixFormats,
  prefixTypes,
  salesforceTransferApis,
  taskPropertyNames,
  taskTypes,
} from './flow-values.ts';
import { maxCustomProperties, outputLimits } from './output-limits.ts';
import { instant, limitedText, mapOf, oneOf, recordOf, scalarText } from './schema-parts.ts';

const flag = z.boolean(expected('true or false')).optional();

function wholeNumber(min: number, max: number) {
  const what = `a whole number from ${min} to ${max}`;
  return z
    .number(expected(what))
    .refine(value => Number.isInteger(value) && value >= min && value <= max, expected(what));
}

/** AppFlow has them with 64 bits; JavaScript, and so its clients, are exact up to this. */
const long = wholeNumber(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);

function atMost<T extends z.ZodType>(max: number, what: string, map: T) {
  return map.refine(found => sizeOf(found) <= max, {
    error: ({ input }) => `expected at most ${max} ${what}, got ${sizeOf(input)}`,
  });
}

function sizeOf(value: unknown): number {
  return Object.keys(Object(value)).length;
}

const customProperties = atMost(
  maxCustomProperties,
  'custom properties',
  recordOf('a map of custom properties', outputLimits.customPropertyKey, scalarText(outputLimits.customPropertyValue)),
).optional();

/** Text for Salesforce, a map for a custom connector; which of them fits is for check-catalog-flows.ts to say. */
const dataTransferApi = z
  .union(
    [
      z.enum(salesforceTransferApis),
      z.strictObject({
        name: limitedText(flowLimits.transferApi).optional(),
        type: oneOf(customTransferApiTypes).optional(),
      }),
    ],
    expected(`one of ${salesforceTransferApis.join(', ')}, or a map with name and type for a custom connector`),
  )
  .optional();

/** How an end is reached: by a profile, or by the type of a connector that needs none. */
const connection = {
  profile: limitedText(outputLimits.profileName).optional(),
  connector: z.string(expected('a connector type that needs no profile')).optional(),
  apiVersion: scalarText(outputLimits.apiVersion).optional(),
};

/** Which of these a connector has is in flow-ends.ts. */
const source = mapOf('a map with profile or connector', {
  ...connection,
  /** The entity read: AppFlow's object, objectPath or entityName. */
  entity: limitedText(flowLimits.entity).optional(),
  /** The field by which a scheduled flow tells what is new. */
  incrementalField: limitedText(flowLimits.dateField).optional(),
  bucket: limitedText(flowLimits.bucket).optional(),
  prefix: limitedText(flowLimits.prefix).optional(),
  inputFileType: oneOf(inputFileTypes).optional(),
  enableDynamicFieldUpdate: flag,
  includeDeletedRecords: flag,
  dataTransferApi,
  documentType: limitedText(flowLimits.documentType).optional(),
  includeSourceFiles: flag,
  includeRenditions: flag,
  includeAllVersions: flag,
  maxParallelism: wholeNumber(1, 10).optional(),
  maxPageSize: wholeNumber(1, 10_000).optional(),
  customProperties,
});

const place = {
  bucket: limitedText(flowLimits.bucket).optional(),
  prefix: limitedText(flowLimits.prefix).optional(),
};

const destination = mapOf('a map with profile or connector', {
  ...connection,
  /** The entity written: AppFlow's object, objectPath or entityName. */
  entity: limitedText(flowLimits.entity).optional(),
  /** Fields that tell which record is meant. */
  idFields: z.array(limitedText(flowLimits.idField), expected('a list of fields')).optional(),
  writeOperation: oneOf(writeOperations).optional(),
  /** Of Redshift and Snowflake the bucket in between. */
  ...place,
  output: mapOf('a map describing the files', {
    fileType: oneOf(outputFileTypes).optional(),
    prefixType: oneOf(prefixTypes).optional(),
    prefixFormat: oneOf(prefixFormats).optional(),
    pathPrefixHierarchy: z.array(oneOf(pathPrefixes), expected('a list of path prefixes')).optional(),
    aggregationType: oneOf(aggregationTypes).optional(),
    targetFileSize: long.optional(),
    preserveSourceDataTyping: flag,
  }).optional(),
  /** What becomes of records the destination refuses. */
  onError: mapOf('a map with failOnFirst, bucket and prefix', { failOnFirst: flag, ...place }).optional(),
  /** Where SAP's answers go. */
  onSuccess: mapOf('a map with bucket and prefix', place).optional(),
  dataTransferApi: oneOf(salesforceTransferApis).optional(),
  /** Of CustomerProfiles. */
  domain: limitedText(flowLimits.domain).optional(),
  objectType: limitedText(flowLimits.objectType).optional(),
  customProperties,
});

const task = mapOf('a map with type and sourceFields', {
  type: oneOf(taskTypes),
  sourceFields: z.array(scalarText(flowLimits.sourceField), expected('a list of fields')).optional(),
  destinationField: scalarText(flowLimits.destinationField).optional(),
  /** One of those the source connector has. */
  operator: oneOf(operators).optional(),
  properties: mapOf(
    'a map of task properties',
    Object.fromEntries(taskPropertyNames.map(name => [name, scalarText(flowLimits.taskProperty).optional()])),
  ).optional(),
});

const scheduleMembers = {
  schedule: limitedText(flowLimits.schedule).optional(),
  pullMode: oneOf(dataPullModes).optional(),
  startTime: instant.optional(),
  endTime: instant.optional(),
  timezone: limitedText(flowLimits.timezone).optional(),
  offset: wholeNumber(0, 36_000).optional(),
  firstExecutionFrom: instant.optional(),
  errorThreshold: wholeNumber(1, 100).optional(),
};

/** `OnDemand`, `Event`, `Scheduled`, or the schedule as a map, whose type goes without saying. */
const trigger = z.preprocess(
  written => (typeof written === 'string' ? { type: written } : written),
  mapOf(`one of ${triggerTypes.join(', ')}, or a map with schedule`, {
    type: oneOf(triggerTypes).optional(),
    ...scheduleMembers,
  }).superRefine((found, context) => {
    const given = Object.keys(scheduleMembers).find(name => name in found);
    const { type = 'Scheduled', schedule } = found;
    if (given && type !== 'Scheduled') {
      context.addIssue({ code: 'custom', path: [given], message: `expected a schedule only of a Scheduled flow` });
    }
    if (schedule === undefined && (given || found.type === undefined)) {
      context.addIssue({ code: 'custom', message: 'expected a schedule such as rate(1hours), got none' });
    }
  }),
);

const registration = mapOf('a map with status, result and message', {
  status: oneOf(executionStatuses).optional(),
  result: limitedText(flowLimits.registration).optional(),
  message: limitedText(flowLimits.registration).optional(),
}).optional();

/** A flow as a catalogue writes it; its name is its key. */
export const flowSchema = mapOf('a map with source, destinations and tasks', {
  description: limitedText(flowLimits.description).optional(),
  /** `Active` when absent. */
  status: oneOf(flowStatuses).optional(),
  statusMessage: limitedText(flowLimits.statusMessage).optional(),
  /** `OnDemand` when absent. */
  trigger: trigger.optional(),
  source,
  destinations: z.array(destination, expected('a list of destinations')).optional(),
  tasks: z.array(task, expected('a list of tasks')).optional(),
  lastRun: mapOf('a map with status, time and message', {
    status: oneOf(executionStatuses).optional(),
    time: instant.optional(),
    message: limitedText(flowLimits.executionMessage).optional(),
  }).optional(),
  tags: atMost(
    maxTags,
    'tags',
    recordOf('a map of tags', flowLimits.tagKey, scalarText(flowLimits.tagValue)),
  ).optional(),
  arn: limitedText(flowLimits.flowArn).optional(),
  kmsArn: limitedText(flowLimits.kmsArn).optional(),
  createdAt: instant.optional(),
  createdBy: limitedText(flowLimits.principal).optional(),
  lastUpdatedAt: instant.optional(),
  lastUpdatedBy: limitedText(flowLimits.principal).optional(),
  schemaVersion: long.optional(),
  /** The AWS Glue Data Catalog the flow writes its tables to. */
  glue: mapOf('a map with roleArn, database and tablePrefix', {
    roleArn: limitedText(flowLimits.roleArn),
    database: limitedText(flowLimits.glueDatabase),
    tablePrefix: limitedText(flowLimits.glueTablePrefix),
  }).optional(),
  /** The tables its last run wrote there. */
  lastRunTables: z
    .array(
      mapOf('a map with table and registrations', {
        table: limitedText(flowLimits.registration).optional(),
        tableRegistration: registration,
        partitionRegistration: registration,
      }),
      expected('a list of tables'),
    )
    .optional(),
});

export type CatalogFlow = z.infer<typeof flowSchema>;
export type CatalogFlowSource = CatalogFlow['source'];
export type CatalogFlowDestination = z.infer<typeof destination>;
export type CatalogFlowTask = z.infer<typeof task>;
