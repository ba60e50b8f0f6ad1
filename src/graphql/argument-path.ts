import { isMetadataError, MetadataError } from '../metadata/errors.ts';

/**
 * Runs something that complains about members of an input object, and makes its complaints name the argument that holds the
 * object: `connectorType` becomes `input.connectorType`.
 */
export async function withArgumentPrefix<T>(prefix: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw isMetadataError(error) ? prefixed(prefix, error) : error;
  }
}

function prefixed(prefix: string, error: MetadataError): MetadataError {
  const { argumentPath, message } = error;
  if (argumentPath === null) return error;
  const saysPath = message.startsWith(argumentPath.join('.'));
  return new MetadataError(error.code, saysPath ? `${prefix}.${message}` : message, {
    retryable: error.retryable,
    retryAfterMs: error.retryAfterMs ?? undefined,
    upstreamRequestId: error.upstreamRequestId ?? undefined,
    argumentPath: [prefix, ...argumentPath],
    cause: error,
  });
}
