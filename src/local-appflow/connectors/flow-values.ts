/** The closed sets of AppFlow's API model that only flows use (AWS: API model of 2020-08-23). */

export const flowStatuses = ['Active', 'Deprecated', 'Deleted', 'Draft', 'Errored', 'Suspended'] as const;

export const executionStatuses = ['InProgress', 'Successful', 'Error', 'CancelStarted', 'Canceled'] as const;

export const dataPullModes = ['Incremental', 'Complete'] as const;

export const taskTypes = [
  'Arithmetic',
  'Filter',
  'Map',
  'Map_all',
  'Mask',
  'Merge',
  'Passthrough',
  'Truncate',
  'Validate',
  'Partition',
] as const;

export const taskPropertyNames = [
  'VALUE',
  'VALUES',
  'DATA_TYPE',
  'UPPER_BOUND',
  'LOWER_BOUND',
  'SOURCE_DATA_TYPE',
  'DESTINATION_DATA_TYPE',
  'VALIDATION_ACTION',
  'MASK_VALUE',
  'MASK_LENGTH',
  'TRUNCATE_LENGTH',
  'MATH_OPERATION_FIELDS_ORDER',
  'CONCAT_FORMAT',
  'SUBFIELD_CATEGORY_MAP',
  'EXCLUDE_SOURCE_FIELDS_LIST',
  'INCLUDE_NEW_FIELDS',
  'ORDERED_PARTITION_KEYS_LIST',
] as const;

export const inputFileTypes = ['CSV', 'JSON'] as const;

export const outputFileTypes = ['CSV', 'JSON', 'PARQUET'] as const;

export const prefixTypes = ['FILENAME', 'PATH', 'PATH_AND_FILENAME'] as const;

export const prefixFormats = ['YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE'] as const;

export const pathPrefixes = ['EXECUTION_ID', 'SCHEMA_VERSION'] as const;

export const aggregationTypes = ['None', 'SingleFile'] as const;

export const salesforceTransferApis = ['AUTOMATIC', 'BULKV2', 'REST_SYNC'] as const;

export const customTransferApiTypes = ['SYNC', 'ASYNC', 'AUTOMATIC'] as const;
