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
  UnsupportedOperationException,
  UntagResourceCommand,
  UpdateConnectorProfileCommand,
  UpdateConnectorRegistrationCommand,
  UpdateFlowCommand,
} from '@aws-sdk/client-appflow';
import { describe, expect, it } from 'vitest';
import { findTagOperation } from '../../src/local-appflow/unsupported-operations.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { signedForAppflow, startLocalAppflow } from '../support/start-local-appflow.ts';

const resourceArn = 'arn:aws:appflow:eu-west-1:123456789012:flow/nightly';
const flow = {
  flowName: 'nightly',
  triggerConfig: { triggerType: 'OnDemand' },
  sourceFlowConfig: { connectorType: 'S3', sourceConnectorProperties: {} },
  destinationFlowConfigList: [],
  tasks: [],
} as const;
const profile = {
  connectorProfileName: 'crm',
  connectionMode: 'Public',
  connectorProfileConfig: { connectorProfileProperties: {}, connectorProfileCredentials: {} },
} as const;

const commands = {
  RegisterConnector: new RegisterConnectorCommand({ connectorLabel: 'Fleet' }),
  UnregisterConnector: new UnregisterConnectorCommand({ connectorLabel: 'Fleet' }),
  UpdateConnectorRegistration: new UpdateConnectorRegistrationCommand({ connectorLabel: 'Fleet' }),
  CreateConnectorProfile: new CreateConnectorProfileCommand({ ...profile, connectorType: 'Salesforce' }),
  UpdateConnectorProfile: new UpdateConnectorProfileCommand(profile),
  DeleteConnectorProfile: new DeleteConnectorProfileCommand({ connectorProfileName: 'crm' }),
  CreateFlow: new CreateFlowCommand({ ...flow, destinationFlowConfigList: [], tasks: [] }),
  UpdateFlow: new UpdateFlowCommand({ ...flow, destinationFlowConfigList: [], tasks: [] }),
  DeleteFlow: new DeleteFlowCommand({ flowName: 'nightly' }),
  StartFlow: new StartFlowCommand({ flowName: 'nightly' }),
  StopFlow: new StopFlowCommand({ flowName: 'nightly' }),
  CancelFlowExecutions: new CancelFlowExecutionsCommand({ flowName: 'nightly' }),
  DescribeFlowExecutionRecords: new DescribeFlowExecutionRecordsCommand({ flowName: 'nightly' }),
  ListTagsForResource: new ListTagsForResourceCommand({ resourceArn }),
  TagResource: new TagResourceCommand({ resourceArn, tags: { team: 'crm' } }),
  UntagResource: new UntagResourceCommand({ resourceArn, tagKeys: ['team'] }),
};

/** What the SDK's commands have in common; its client's types know each of them only by itself. */
type AnyCommand = CreateFlowCommand;

describe('an operation that local AppFlow has not', () => {
  it.each(Object.entries(commands))('says so to the AWS SDK, and what there is instead: %s', async (name, command) => {
    const { client } = await startLocalAppflow();
    const refused = client.send(command as AnyCommand);
    await expect(refused).rejects.toBeInstanceOf(UnsupportedOperationException);
    await expect(refused).rejects.toMatchObject({
      message: expect.stringMatching(new RegExp(`^Local AppFlow has no ${name}: [^.:]+\\.$`)),
      $metadata: { httpStatusCode: 400, requestId: expect.any(String) },
    });
  });

  const signed = { authorization: signedForAppflow };
  it.each([
    ['POST /create-flow', signed, '', 400, 'UnsupportedOperationException'],
    ['POST /create-flow', signed, '{"flowName":7}', 400, 'UnsupportedOperationException'],
    ['POST /create-flow', signed, '{', 400, 'SerializationException'],
    ['POST /create-flow', {}, '', 403, 'MissingAuthenticationTokenException'],
    ['GET /create-flow', signed, '', 405, 'MethodNotAllowedException'],
    ['GET /tags/arn%3Aaws', signed, '', 400, 'UnsupportedOperationException'],
    ['DELETE /tags/arn:aws:a/b?tagKeys=x', signed, '', 400, 'UnsupportedOperationException'],
    ['GET /tags/arn%3Aaws', {}, '', 403, 'MissingAuthenticationTokenException'],
    ['PUT /tags/arn%3Aaws', signed, '', 404, 'UnknownOperationException'],
    ['GET /tags/', signed, '', 404, 'UnknownOperationException'],
    ['GET /tags', signed, '', 404, 'UnknownOperationException'],
    ['POST /create-flows', signed, '', 404, 'UnknownOperationException'],
  ] as const)('answers %s %j %j with %i %s', async (line, headers, body, status, name) => {
    const { url } = await startLocalAppflow();
    const answer = await sendRaw(url, rawRequest(line, headers, body));
    expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([status, name]);
    expect(JSON.parse(answer.body)).toEqual({ message: expect.any(String) });
  });

  it('goes by its method where three share a path', () => {
    const names = ['GET', 'POST', 'DELETE'].map(method => findTagOperation(method, '/tags/x')?.name);
    expect(names).toEqual(['ListTagsForResource', 'TagResource', 'UntagResource']);
    expect(findTagOperation('GET', '/list-flows')).toBeUndefined();
  });
});
