import { systemClock } from '../../src/base/clock.ts';
import { createLog } from '../../src/base/log.ts';
import { LambdaConnectors } from '../../src/local-appflow/connectors/lambda-connectors.ts';

/** For catalogues without a custom connector that is called. */
export const noLambdas = new LambdaConnectors({ clock: systemClock, log: createLog('silent') });
