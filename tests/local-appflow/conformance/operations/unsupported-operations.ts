import {
  CancelFlowExecutionsCommand,
  CreateConnectorProfileCommand,
  CreateFlowCommand,
  DeleteConnectorProfileCommand,
  DeleteFlowCommand,
  DescribeFlowExecutionRecordsCommand,
  ListTagsForResourceCommand,
  RegisterConnectorCommand,
  StartFlowCommand,
  StopFlowCommand,
  TagResourceCommand,
  UnregisterConnectorCommand,
  UntagResourceCommand,
  UpdateConnectorProfileCommand,
  UpdateConnectorRegistrationCommand,
  UpdateFlowCommand,
} from '@aws-sdk/client-appflow';
import type { Unsupported } from '../wire-case.ts';

const resourceArn = 'arn:aws:appflow:eu-west-1:123456789012:flow/nightly';
const tagsPath = '/tags/arn%3Aaws%3Aappflow%3Aeu-west-1%3A123456789012%3Aflow%2Fnightly';
const flow = () => ({
  flowName: 'nightly',
  triggerConfig: { triggerType: 'OnDemand' as const },
  sourceFlowConfig: { connectorType: 'S3' as const, sourceConnectorProperties: {} },
  destinationFlowConfigList: [],
  tasks: [],
});
const profile = {
  connectorProfileName: 'sales',
  connectionMode: 'Public',
  connectorProfileConfig: { connectorProfileProperties: {}, connectorProfileCredentials: {} },
} as const;

/** The operations of AppFlow that local AppFlow has not. What they are asked makes no difference. */
export const unsupportedUnderTest: readonly Unsupported[] = [
  {
    name: 'RegisterConnector',
    path: '/register-connector',
    send: client => client.send(new RegisterConnectorCommand({ connectorLabel: 'Ledger' })),
    refusal:
      '{"message":"Local AppFlow has no RegisterConnector: the catalogue says under customConnectors which there are, and ListConnectors shows them."}',
  },
  {
    name: 'UnregisterConnector',
    path: '/unregister-connector',
    send: client => client.send(new UnregisterConnectorCommand({ connectorLabel: 'Ledger' })),
    refusal:
      '{"message":"Local AppFlow has no UnregisterConnector: the catalogue says under customConnectors which there are, and ListConnectors shows them."}',
  },
  {
    name: 'UpdateConnectorRegistration',
    path: '/update-connector-registration',
    send: client => client.send(new UpdateConnectorRegistrationCommand({ connectorLabel: 'Ledger' })),
    refusal:
      '{"message":"Local AppFlow has no UpdateConnectorRegistration: the catalogue says under customConnectors which there are, and ListConnectors shows them."}',
  },
  {
    name: 'CreateConnectorProfile',
    path: '/create-connector-profile',
    send: client => client.send(new CreateConnectorProfileCommand({ ...profile, connectorType: 'Salesforce' })),
    refusal:
      '{"message":"Local AppFlow has no CreateConnectorProfile: the catalogue says under profiles which there are, and DescribeConnectorProfiles shows them."}',
  },
  {
    name: 'UpdateConnectorProfile',
    path: '/update-connector-profile',
    send: client => client.send(new UpdateConnectorProfileCommand(profile)),
    refusal:
      '{"message":"Local AppFlow has no UpdateConnectorProfile: the catalogue says under profiles which there are, and DescribeConnectorProfiles shows them."}',
  },
  {
    name: 'DeleteConnectorProfile',
    path: '/delete-connector-profile',
    send: client => client.send(new DeleteConnectorProfileCommand({ connectorProfileName: 'sales' })),
    refusal:
      '{"message":"Local AppFlow has no DeleteConnectorProfile: the catalogue says under profiles which there are, and DescribeConnectorProfiles shows them."}',
  },
  {
    name: 'CreateFlow',
    path: '/create-flow',
    send: client => client.send(new CreateFlowCommand(flow())),
    refusal:
      '{"message":"Local AppFlow has no CreateFlow: the catalogue says under flows which there are, and ListFlows and DescribeFlow show them."}',
  },
  {
    name: 'UpdateFlow',
    path: '/update-flow',
    send: client => client.send(new UpdateFlowCommand(flow())),
    refusal:
      '{"message":"Local AppFlow has no UpdateFlow: the catalogue says under flows which there are, and ListFlows and DescribeFlow show them."}',
  },
  {
    name: 'DeleteFlow',
    path: '/delete-flow',
    send: client => client.send(new DeleteFlowCommand({ flowName: 'nightly' })),
    refusal:
      '{"message":"Local AppFlow has no DeleteFlow: the catalogue says under flows which there are, and ListFlows and DescribeFlow show them."}',
  },
  {
    name: 'StartFlow',
    path: '/start-flow',
    send: client => client.send(new StartFlowCommand({ flowName: 'nightly' })),
    refusal:
      '{"message":"Local AppFlow has no StartFlow: no flow runs here, and DescribeFlow shows what the catalogue says of its last run."}',
  },
  {
    name: 'StopFlow',
    path: '/stop-flow',
    send: client => client.send(new StopFlowCommand({ flowName: 'nightly' })),
    refusal:
      '{"message":"Local AppFlow has no StopFlow: no flow runs here, and DescribeFlow shows what the catalogue says of its last run."}',
  },
  {
    name: 'CancelFlowExecutions',
    path: '/cancel-flow-executions',
    send: client => client.send(new CancelFlowExecutionsCommand({ flowName: 'nightly' })),
    refusal:
      '{"message":"Local AppFlow has no CancelFlowExecutions: no flow runs here, and DescribeFlow shows what the catalogue says of its last run."}',
  },
  {
    name: 'DescribeFlowExecutionRecords',
    path: '/describe-flow-execution-records',
    send: client => client.send(new DescribeFlowExecutionRecordsCommand({ flowName: 'nightly' })),
    refusal:
      '{"message":"Local AppFlow has no DescribeFlowExecutionRecords: no flow runs here, and DescribeFlow shows what the catalogue says of its last run."}',
  },
  {
    name: 'ListTagsForResource',
    path: tagsPath,
    method: 'GET',
    send: client => client.send(new ListTagsForResourceCommand({ resourceArn })),
    refusal:
      '{"message":"Local AppFlow has no ListTagsForResource: the catalogue says which tags a flow has, and DescribeFlow shows them."}',
  },
  {
    name: 'TagResource',
    path: tagsPath,
    send: client => client.send(new TagResourceCommand({ resourceArn, tags: { team: 'books' } })),
    refusal:
      '{"message":"Local AppFlow has no TagResource: the catalogue says which tags a flow has, and DescribeFlow shows them."}',
  },
  {
    name: 'UntagResource',
    path: tagsPath,
    method: 'DELETE',
    send: client => client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['team'] })),
    refusal:
      '{"message":"Local AppFlow has no UntagResource: the catalogue says which tags a flow has, and DescribeFlow shows them."}',
  },
];
