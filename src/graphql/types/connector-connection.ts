import { ObjectType } from 'type-graphql';
import { createConnection } from './connection.ts';
import { Connector } from './connector.ts';

@ObjectType({ description: 'A page of connectors.' })
export class ConnectorConnection extends createConnection('Connector', () => Connector) {}
