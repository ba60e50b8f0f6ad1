import type { ConnectorProfile } from '../metadata/model.ts';
import { keyOf } from '../metadata/refs.ts';
import type { MetadataSource } from '../metadata/source.ts';
import { createPage, type Page, type PageRequest, pageLimits, toPageSize } from './page.ts';
import type { Selection } from './selection.ts';

/** Loads one page of the profiles that a selection keeps. */
export async function loadProfilePage(
  source: MetadataSource,
  selection: Selection<ConnectorProfile>,
  { first, after }: PageRequest,
): Promise<Page<ConnectorProfile>> {
  const size = toPageSize(first, pageLimits);
  const list = await source.listProfiles();
  return createPage({ list, listKey: keyOf({ kind: 'profiles' }), selection, toNode: profile => profile }, size, after);
}
