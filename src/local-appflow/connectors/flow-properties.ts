import type { CatalogFlowDestination, CatalogFlowSource } from './catalog-flow-schema.ts';
import type { FlowEnd } from './flow-ends.ts';

/** What AppFlow's sourceConnectorProperties hold under a connector's key. */
export function toSourceProperties(written: CatalogFlowSource, end: FlowEnd): object {
  const { inputFileType, maxParallelism, maxPageSize, dataTransferApi } = written;
  return toProperties(end, {
    ...written,
    inputFileType: inputFileType && { s3InputFileType: inputFileType },
    maxParallelism: maxParallelism && { maxParallelism },
    maxPageSize: maxPageSize && { maxPageSize },
    dataTransferApi: toTransferApi(dataTransferApi),
  });
}

/** What AppFlow's destinationConnectorProperties hold under a connector's key. */
export function toDestinationProperties(written: CatalogFlowDestination, end: FlowEnd): object {
  const { onError, onSuccess, output } = written;
  return toProperties(end, {
    ...written,
    onError: onError && { failOnFirstDestinationError: onError.failOnFirst ?? false, ...toPlace(onError) },
    onSuccess: onSuccess && toPlace(onSuccess),
    output: output && toOutputFormat(output),
  });
}

function toProperties({ members, flags }: FlowEnd, values: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => [
      member,
      values[name] ?? (flags.includes(name) ? false : undefined),
    ]),
  );
}

function toTransferApi(api: CatalogFlowSource['dataTransferApi']): unknown {
  return typeof api === 'object' ? { Name: api.name, Type: api.type } : api;
}

function toPlace({ bucket, prefix }: Pick<CatalogFlowDestination, 'bucket' | 'prefix'>) {
  return { bucketName: bucket, bucketPrefix: prefix };
}

/** prefixConfig is always there: AppFlow requires it of Upsolver, where all of its members are optional. */
function toOutputFormat(output: NonNullable<CatalogFlowDestination['output']>) {
  const { prefixType, prefixFormat, pathPrefixHierarchy, aggregationType, targetFileSize } = output;
  const isAggregated = aggregationType !== undefined || targetFileSize !== undefined;
  return {
    fileType: output.fileType,
    prefixConfig: { prefixType, prefixFormat, pathPrefixHierarchy },
    aggregationConfig: isAggregated ? { aggregationType, targetFileSize } : undefined,
    preserveSourceDataTyping: output.preserveSourceDataTyping,
  };
}
