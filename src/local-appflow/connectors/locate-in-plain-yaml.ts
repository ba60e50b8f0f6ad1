import type { Aspect } from './locate-in-document.ts';
import type { PlainYaml } from './plain-yaml.ts';

/**
 * Offset in the text of what a path leads to, as locateInDocument has it. The names and indexes in the path have to be among
 * those that were noted.
 */
export function locateInPlainYaml(
  { value, start, places }: PlainYaml,
  path: readonly PropertyKey[],
  aspect: Aspect,
): number {
  let holder = value;
  let offset = start;
  for (const [index, segment] of path.entries()) {
    const place = places.get(holder)?.get(String(segment));
    if (!place) break;
    const isLast = index === path.length - 1;
    offset = isLast && aspect === 'key' ? place.key : place.value;
    holder = (holder as Readonly<Record<PropertyKey, unknown>>)[segment];
  }
  return offset;
}
