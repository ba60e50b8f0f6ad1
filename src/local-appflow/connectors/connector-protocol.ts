/**
 * What custom connectors answer (AWS's connector SDK for Python 1.0.5 and Java 1.0.9): what is absent is an explicit null in both,
 * and members nobody knows here are ignored.
 */
import { z } from 'zod';
import { type ConnectorErrorDetails, noUsableAnswer, toConnectorRefusal } from './connector-refusal.ts';

const text = z.string().nullish();
const flag = z.boolean().nullish();
const texts = z.array(z.string()).nullish();

const outcome = z.object({
  isSuccess: z.boolean(),
  errorDetails: z.object({ errorCode: text, errorMessage: text, retryAfterSeconds: z.number().nullish() }).nullish(),
});

/** Seconds in the units of `cacheControl`: names of Java's TimeUnit. */
export const secondsPerUnit = {
  NANOSECONDS: 1e-9,
  MICROSECONDS: 1e-6,
  MILLISECONDS: 1e-3,
  SECONDS: 1,
  MINUTES: 60,
  HOURS: 3600,
  DAYS: 86_400,
} as const;

const timeUnits = Object.keys(secondsPerUnit) as (keyof typeof secondsPerUnit)[];
const cacheControl = z
  .object({ timeToLive: z.number().nullish(), timeToLiveUnit: z.enum(timeUnits).nullish() })
  .nullish();

const entity = z.object({ entityIdentifier: z.string(), hasNestedEntities: flag, label: text });

const range = z.object({ minRange: z.number().nullish(), maxRange: z.number().nullish() }).nullish();

const field = z.object({
  fieldName: z.string(),
  dataType: z.string(),
  label: text,
  description: text,
  isPrimaryKey: flag,
  isDeprecated: flag,
  defaultValue: z.union([z.string(), z.number(), z.boolean()]).nullish(),
  constraints: z
    .object({
      allowedLengthRange: range,
      allowedValueRange: range,
      allowedValues: texts,
      allowedValuesRegexPattern: text,
      allowedDateFormat: text,
    })
    .nullish(),
  readProperties: z
    .object({ isRetrievable: flag, isQueryable: flag, isTimestampFieldForIncrementalQueries: flag })
    .nullish(),
  writeProperties: z
    .object({
      isCreatable: flag,
      isUpdatable: flag,
      isNullable: flag,
      isUpsertable: flag,
      isDefaultedOnCreate: flag,
      supportedWriteOperations: texts,
    })
    .nullish(),
  filterOperators: texts,
  customProperties: z.record(z.string(), z.unknown()).nullish(),
});

/** Answer to a ListEntitiesRequest: one page. */
export const listEntitiesAnswer = z.object({ entities: z.array(entity).nullish(), nextToken: text, cacheControl });

/** Answer to a DescribeEntityRequest. */
export const describeEntityAnswer = z.object({ entityDefinition: z.object({ fields: z.array(field) }), cacheControl });

const parameter = z.object({
  key: text,
  required: flag,
  label: text,
  description: text,
  sensitiveField: flag,
  connectorSuppliedValues: texts,
});

/** Answer to a DescribeConnectorConfigurationRequest. */
export const configurationAnswer = z.object({
  connectorOwner: text,
  connectorName: text,
  connectorVersion: text,
  connectorModes: texts,
  supportedApiVersions: texts,
  authenticationConfig: z
    .object({
      isBasicAuthSupported: flag,
      isApiKeyAuthSupported: flag,
      isOAuth2Supported: flag,
      isCustomAuthSupported: flag,
      oAuth2Defaults: z
        .object({
          tokenURL: texts,
          authURL: texts,
          oAuthScopes: texts,
          oAuth2GrantTypesSupported: texts,
          oAuth2CustomProperties: z.array(parameter.extend({ type: text })).nullish(),
        })
        .nullish(),
      customAuthConfig: z
        .array(z.object({ authenticationType: text, authParameters: z.array(parameter).nullish() }))
        .nullish(),
    })
    .nullish(),
  connectorRuntimeSetting: z
    .array(
      z.object({
        key: text,
        dataType: text,
        required: flag,
        label: text,
        description: text,
        scope: text,
        connectorSuppliedValueOptions: texts,
      }),
    )
    .nullish(),
  logoURL: text,
  operatorsSupported: texts,
  triggerFrequenciesSupported: texts,
  supportedTriggerTypes: texts,
  supportedWriteOperations: texts,
  supportedDataTransferTypes: texts,
});

export type SdkCacheControl = z.infer<typeof cacheControl>;
export type SdkEntity = z.infer<typeof entity>;
export type SdkField = z.infer<typeof field>;
export type SdkRange = z.infer<typeof range>;
export type SdkParameter = z.infer<typeof parameter>;
export type SdkConfiguration = z.infer<typeof configurationAnswer>;

/**
 * Reads an answer of one of the shapes above.
 *
 * @param refuse Makes the error of an answer that says it failed; by default the connector's own words.
 * @throws SourceApplicationError for a function that failed (its error object has no `isSuccess`) and for a wrong shape.
 */
export function readConnectorAnswer<T extends z.ZodType>(
  shape: T,
  answer: unknown,
  refuse: (details: ConnectorErrorDetails | null | undefined) => Error = toConnectorRefusal,
): z.infer<T> {
  const { data } = outcome.safeParse(answer);
  if (!data) throw noUsableAnswer(describeFault(answer));
  if (!data.isSuccess) throw refuse(data.errorDetails);
  const read = shape.safeParse(answer);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw noUsableAnswer(`${issue?.path.map(String).join('.')}: ${issue?.message}.`);
}

/** Of a function that failed only the type is told: its message and stack are for its own log. */
function describeFault(answer: unknown): string {
  const fault = z.object({ errorType: z.string().max(100) }).safeParse(answer);
  return fault.success ? `The function ended with ${fault.data.errorType}.` : 'The answer has no isSuccess.';
}
