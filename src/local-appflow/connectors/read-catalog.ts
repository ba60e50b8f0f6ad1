import { readFile } from 'node:fs/promises';
import type { Catalog } from './catalog-schema.ts';
import type { ReservedNames } from './check-catalog-references.ts';
import { parseCatalog } from './parse-catalog.ts';
import { unreadableCatalog } from './unreadable-catalog.ts';

/**
 * Reads a catalogue file once.
 *
 * @param reserved Names it may not use; none by default.
 * @throws CatalogError when it is broken or cannot be read.
 */
export async function readCatalog(path: string, reserved?: ReservedNames): Promise<Catalog> {
  try {
    return parseCatalog(await readFile(path, 'utf8'), reserved);
  } catch (error) {
    throw unreadableCatalog(path, error);
  }
}
