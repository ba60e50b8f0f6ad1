import { isMetadataError } from '../metadata/errors.ts';

/** What was read, `null` when there is no such thing. Any other failure stays one: it does not say that the thing is gone. */
export async function nullIfNotFound<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (isMetadataError(error, 'NOT_FOUND')) return null;
    throw error;
  }
}
