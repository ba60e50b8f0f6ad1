import type { ListedEntity } from '../metadata/model.ts';
import type { Coordinates, EntityDetailsRef, EntityListRef } from '../metadata/refs.ts';

/** An entity as resolvers hand it on: where it is and what it is called. Everything else is read when it is selected. */
export interface LocatedEntity {
  /** The list it belongs to. */
  readonly list: EntityListRef;
  readonly name: string;
  /** Its line in that list; `null` when it was reached by name and the list has not been looked at. */
  readonly listed: ListedEntity | null;
}

/** What to describe for its fields. */
export function toDetailsRef({ list, name }: LocatedEntity): EntityDetailsRef {
  return { ...coordinatesOf(list), connectorEntityName: name };
}

/** The list of its children: AppFlow takes a parent's name as `entitiesPath`. */
export function toChildListRef({ list, name }: LocatedEntity): EntityListRef {
  return { ...coordinatesOf(list), entitiesPath: name };
}

function coordinatesOf({ connectorProfileName, connectorType, apiVersion }: Coordinates): Coordinates {
  return { connectorProfileName, connectorType, apiVersion };
}
