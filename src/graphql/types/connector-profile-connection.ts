import { ObjectType } from 'type-graphql';
import { createConnection } from './connection.ts';
import { ConnectorProfile } from './connector-profile.ts';

@ObjectType({ description: 'A page of connector profiles.' })
export class ConnectorProfileConnection extends createConnection('ConnectorProfile', () => ConnectorProfile) {}
