import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { AwsAccount } from './appflow-arns.ts';
import type { Catalog } from './catalog-schema.ts';
import { LambdaConnectors } from './lambda-connectors.ts';
import { createPostgresApplication } from './postgres-application.ts';
import { type Registration, registerCatalog } from './register-catalog.ts';
import { registerFlows } from './register-flows.ts';
import { postgresNames, registerPostgres } from './register-postgres.ts';
import type { RegisteredFlow, Registry } from './registry.ts';
import { watchCatalog } from './watch-catalog.ts';

export interface RegistryOptions {
  /** The YAML catalogue; read at once and followed from then on. */
  readonly catalogPath: string;
  /** A `postgres://` URL; absent: no PostgreSQL. */
  readonly postgresUrl?: string | undefined;
  /** What ARNs are made of where the catalogue states none. */
  readonly account: AwsAccount;
  readonly clock: Clock;
  readonly log: Log;
  /** Told of the faults in the catalogue at each reading; absent: they are ignored. */
  readonly onFaults?: (plan: FaultPlan | undefined) => void;
}

export interface OpenRegistry extends Registry {
  /** Stops following the catalogue, ends invocations under way and closes the database's connections. */
  close(): Promise<void>;
}

/**
 * Opens the catalogue and, where there is one, the PostgreSQL database beside it. The database is not contacted before somebody
 * asks for its entities; the functions of custom connectors are asked for their configuration at once, and not waited for.
 *
 * @throws CatalogError when the catalogue is broken at the start, or uses a name that belongs to the PostgreSQL application.
 */
export async function createRegistry(options: RegistryOptions): Promise<OpenRegistry> {
  const { catalogPath, postgresUrl, account, clock, log, onFaults } = options;
  const application = postgresUrl === undefined ? undefined : createPostgresApplication({ url: postgresUrl, log });
  const postgres = application && registerPostgres(application, account);
  const lambdas = new LambdaConnectors({ clock, log });
  let registered: Registration = { connectors: [], profiles: [] };
  let flows: readonly RegisteredFlow[] = [];
  const take = (catalog: Catalog): void => {
    registered = join(registerCatalog(catalog, account, lambdas), postgres);
    flows = registerFlows(catalog.flows, registered.profiles, account);
    onFaults?.(catalog.faults);
  };
  const reserved = postgres && postgresNames;
  const watch = await watchCatalog({ path: catalogPath, reserved, clock, log, onChange: take });
  take(watch.current());
  return {
    connectors: () => registered.connectors,
    profiles: () => registered.profiles,
    flows: () => flows,
    close: async () => {
      watch.close();
      lambdas.close();
      await application?.close();
    },
  };
}

function join(first: Registration, second: Registration = { connectors: [], profiles: [] }): Registration {
  return {
    connectors: [...first.connectors, ...second.connectors],
    profiles: [...first.profiles, ...second.profiles],
  };
}
