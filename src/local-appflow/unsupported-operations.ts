import { AppflowError } from './errors.ts';
import type { Operation } from './operation.ts';

const connectors = 'the catalogue says under customConnectors which there are, and ListConnectors shows them';
const profiles = 'the catalogue says under profiles which there are, and DescribeConnectorProfiles shows them';
const flows = 'the catalogue says under flows which there are, and ListFlows and DescribeFlow show them';
const runs = 'no flow runs here, and DescribeFlow shows what the catalogue says of its last run';
const tags = 'the catalogue says which tags a flow has, and DescribeFlow shows them';

/** The operations AppFlow has on paths of their own and local AppFlow has not. They all take POST. */
export const unsupportedOperations: readonly Operation[] = [
  unsupported('RegisterConnector', '/register-connector', connectors),
  unsupported('UnregisterConnector', '/unregister-connector', connectors),
  unsupported('UpdateConnectorRegistration', '/update-connector-registration', connectors),
  unsupported('CreateConnectorProfile', '/create-connector-profile', profiles),
  unsupported('UpdateConnectorProfile', '/update-connector-profile', profiles),
  unsupported('DeleteConnectorProfile', '/delete-connector-profile', profiles),
  unsupported('CreateFlow', '/create-flow', flows),
  unsupported('UpdateFlow', '/update-flow', flows),
  unsupported('DeleteFlow', '/delete-flow', flows),
  unsupported('StartFlow', '/start-flow', runs),
  unsupported('StopFlow', '/stop-flow', runs),
  unsupported('CancelFlowExecutions', '/cancel-flow-executions', runs),
  unsupported('DescribeFlowExecutionRecords', '/describe-flow-execution-records', runs),
];

const tagsPath = '/tags/{resourceArn}';

/** The three operations on {@link tagsPath}, by their method: the only ones of AppFlow that share a path. */
const tagOperations: ReadonlyMap<string, Operation> = new Map([
  ['GET', unsupported('ListTagsForResource', tagsPath, tags)],
  ['POST', unsupported('TagResource', tagsPath, tags)],
  ['DELETE', unsupported('UntagResource', tagsPath, tags)],
]);

/** The operation that a request on the tags of a resource means; none when the path is another one. */
export function findTagOperation(method: string, path: string): Operation | undefined {
  if (!/^\/tags\/./.test(path)) return undefined;
  const operation = tagOperations.get(method);
  if (operation) return operation;
  const allow = [...tagOperations.keys()].join(', ');
  throw new AppflowError('MethodNotAllowedException', `Tags take ${allow}, got ${method}.`, { allow });
}

function unsupported(name: string, path: string, instead: string): Operation {
  const read = () => {
    throw new AppflowError('UnsupportedOperationException', `Local AppFlow has no ${name}: ${instead}.`);
  };
  return { name, path, read };
}
