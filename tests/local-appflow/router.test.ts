import { describe, expect, it } from 'vitest';
import { findOperation, operations } from '../../src/local-appflow/router.ts';

describe('findOperation', () => {
  it("has AppFlow's metadata operations, and two on flows, on AppFlow's paths", () => {
    expect(Object.fromEntries(operations.map(({ path, name }) => [path, name]))).toEqual({
      '/list-connectors': 'ListConnectors',
      '/describe-connector': 'DescribeConnector',
      '/describe-connectors': 'DescribeConnectors',
      '/describe-connector-profiles': 'DescribeConnectorProfiles',
      '/list-connector-entities': 'ListConnectorEntities',
      '/describe-connector-entity': 'DescribeConnectorEntity',
      '/reset-connector-metadata-cache': 'ResetConnectorMetadataCache',
      '/list-flows': 'ListFlows',
      '/describe-flow': 'DescribeFlow',
    });
  });

  it('ignores a query string, and whose URL it is', () => {
    expect(findOperation('POST', '/list-connectors?x=1').name).toBe('ListConnectors');
    expect(findOperation('POST', 'http://localhost:4001/list-connectors?x=1').name).toBe('ListConnectors');
  });

  it.each([
    ['POST', '/', 'UnknownOperationException'],
    ['POST', '', 'UnknownOperationException'],
    ['POST', '/list-connectors/', 'UnknownOperationException'],
    ['POST', '/LIST-CONNECTORS', 'UnknownOperationException'],
    ['POST', 'http://localhost', 'UnknownOperationException'],
    ['OPTIONS', '*', 'UnknownOperationException'],
    ['GET', '/nowhere', 'UnknownOperationException'],
    ['GET', '/list-connectors', 'MethodNotAllowedException'],
    ['HEAD', '/list-connectors', 'MethodNotAllowedException'],
  ])('refuses %s %s', (method, url, code) => {
    expect(() => findOperation(method, url)).toThrow(expect.objectContaining({ code }));
  });
});
