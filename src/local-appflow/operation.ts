import type { Registry } from './connectors/registry.ts';
import { type CheckedInput, type InputConstraints, type InputOf, toInput } from './constraints.ts';
import type { MetadataCache } from './metadata-cache.ts';
import type { Paging } from './paging.ts';

/** One AppFlow operation as the router sees it. */
export interface Operation {
  /** AppFlow's name for it. */
  readonly name: string;
  readonly path: string;
  /** Checks a parsed body, and carries nothing out yet. Throws what `toAppflowError` understands. */
  read(body: unknown): OperationRequest;
}

/** A request that has passed the operation's constraints. */
export interface OperationRequest {
  readonly input: CheckedInput;
  /** Gives the output to serialise; rejects with what `toAppflowError` understands. */
  readonly carryOut: (parts: OperationParts) => Promise<object>;
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
    read(body) {
      const input = toInput(constraints, body);
      return { input, carryOut: async parts => definition.answer(input, parts) };
    },
  };
}
