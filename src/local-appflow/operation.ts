import type { Registry } from './connectors/registry.ts';
import { type InputConstraints, type InputOf, toInput } from './constraints.ts';
import type { MetadataCache } from './metadata-cache.ts';
import type { Paging } from './paging.ts';

/** One AppFlow operation as the router sees it. */
export interface Operation {
  /** AppFlow's name for it. */
  readonly name: string;
  readonly path: string;
  /** Takes a parsed body, gives the output to serialise; rejects with what `toAppflowError` understands. */
  answer(body: unknown, parts: OperationParts): Promise<object>;
}

/** What operations work with. */
export interface OperationParts {
  readonly registry: Registry;
  readonly cache: MetadataCache;
  readonly paging: Paging;
}

interface OperationDefinition<C extends InputConstraints> {
  readonly name: string;
  readonly path: string;
  readonly constraints: C;
  answer(input: InputOf<C>, parts: OperationParts): object | Promise<object>;
}

/** Puts the check of its constraints in front of an operation, which so gets a typed input. */
export function createOperation<C extends InputConstraints>(definition: OperationDefinition<C>): Operation {
  const { name, path, constraints } = definition;
  return {
    name,
    path,
    answer: async (body, parts) => definition.answer(toInput(constraints, body), parts),
  };
}
