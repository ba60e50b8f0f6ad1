import { describe, expect, it, onTestFinished } from 'vitest';
import { createLog } from '../../src/base/log.ts';
import { startTracing } from '../../src/telemetry/otlp-tracing.ts';
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from '../support/otlp-receiver.ts';
import { post, runGateway } from '../support/run-gateway.ts';
import { sendJson, startStubAppflow } from '../support/stub-appflow.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';
const fields = `query Fields {
  connectorEntity(connectorProfileName: "my-salesforce", name: "Account") { fields { identifier } } }`;

describe('a trace', () => {
  it('goes on from the caller, through the operation, to every call to AppFlow', async () => {
    const { receiver, gateway } = await startTraced();
    await post(gateway.url, { query: fields }, { traceparent: `00-${traceId}-${spanId}-01` });
    await gateway.close();
    const { spans } = receiver;
    expect(new Set(spans.map(span => span.traceId))).toEqual(new Set([traceId]));
    const request = named(spans, 'POST /graphql');
    const operation = named(spans, 'query Fields');
    const call = named(spans, 'AppFlow.DescribeConnectorEntity');
    expect(request).toMatchObject({ parentSpanId: spanId, attributes: { 'http.response.status_code': 200 } });
    expect(operation).toMatchObject({
      parentSpanId: request.spanId,
      attributes: {
        'graphql.operation.name': 'Fields',
        'graphql.operation.type': 'query',
        'appflow_gateway.document_hash': expect.stringMatching(/^[0-9a-f]{16}$/),
      },
    });
    expect(call).toMatchObject({
      parentSpanId: operation.spanId,
      attributes: {
        'rpc.method': 'DescribeConnectorEntity',
        'aws.request_id': expect.stringMatching(/./),
        'appflow_gateway.attempts': 1,
        'appflow_gateway.code': 'OK',
      },
    });
  });

  it('begins here when the caller has none, and is left out when the caller does not sample', async () => {
    const { receiver, gateway } = await startTraced();
    await post(gateway.url, { query: '{ __typename }' }, { traceparent: 'nonsense' });
    await post(gateway.url, { query: '{ a: __typename }' }, { traceparent: `00-${traceId}-${spanId}-00` });
    await gateway.close();
    expect(receiver.spans.map(({ name }) => name).sort()).toEqual(['POST /graphql', 'query']);
    expect(named(receiver.spans, 'POST /graphql').parentSpanId ?? '').toBe('');
  });

  it('keeps concurrent requests apart', async () => {
    const { receiver, gateway } = await startTraced();
    const ids = Array.from({ length: 8 }, (_, n) => String(n + 1).repeat(32));
    const entity = (n: number) => `{ connectorEntities(connectorProfileName: "my-salesforce", first: ${n + 1}) {
      nodes { fields { identifier } } } connectorProfiles(first: 1) { nodes { name } } }`;
    const send = (id: string, n: number) =>
      post(gateway.url, { query: entity(n) }, { traceparent: `00-${id}-${spanId}-01` });
    await Promise.all(ids.map(send));
    await gateway.close();
    const byId = new Map(receiver.spans.map(span => [span.spanId, span]));
    expect(receiver.spans.filter(({ name }) => name.startsWith('AppFlow.')).length).toBeGreaterThan(0);
    for (const span of receiver.spans) {
      const parent = byId.get(span.parentSpanId ?? '');
      if (parent) expect(parent.traceId).toBe(span.traceId);
      else expect(span).toMatchObject({ name: 'POST /graphql', parentSpanId: spanId });
    }
    expect(new Set(receiver.spans.map(span => span.traceId))).toEqual(new Set(ids));
  });

  it('says what failed', async () => {
    const { receiver, gateway } = await startTraced();
    await post(gateway.url, { query: '{ connectorEntities(connectorProfileName: "nobody") { totalCount } }' });
    await gateway.close();
    const call = receiver.spans.find(({ name }) => name.startsWith('AppFlow.'));
    expect(call).toMatchObject({ status: { code: 2 }, attributes: { 'appflow_gateway.code': 'NOT_FOUND' } });
  });

  it('goes on in AppFlow: every attempt of a call carries the call’s traceparent', async () => {
    const receiver = await startOtlpReceiver();
    const tracing = startTracing({ endpoint: receiver.endpoint, log: createLog('silent') });
    const headers: unknown[] = [];
    const stub = await startStubAppflow(
      (request, response) => {
        headers.push(request.headers['traceparent']);
        if (headers.length === 1) sendJson(response, 500, {}, { 'x-amzn-errortype': 'InternalServerException' });
        else sendJson(response, 200, { connectorEntityMap: {} });
      },
      { headers: tracing.headers },
    );
    await stub.source.listEntities({ connectorProfileName: 'crm' });
    await tracing.close();
    const call = named(receiver.spans, 'AppFlow.ListConnectorEntities');
    expect(headers).toEqual(Array(2).fill(`00-${call.traceId}-${call.spanId}-01`));
    expect(call.attributes['appflow_gateway.attempts']).toBe(2);
  });
});

it('a collector that is away is told of once, and holds up nobody', async () => {
  const { gateway, lines } = await runGateway({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
  await post(gateway.url, { query: '{ __typename }' });
  await gateway.close();
  expect(lines.filter(line => line.includes('traces cannot be sent'))).toHaveLength(1);
});

async function startTraced(): Promise<{ receiver: OtlpReceiver } & Awaited<ReturnType<typeof runGateway>>> {
  const receiver = await startOtlpReceiver();
  const client = await runGateway({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint, GRAPHIQL: 'false' });
  onTestFinished(() => client.gateway.close());
  return { receiver, ...client };
}

function named(spans: readonly ReceivedSpan[], name: string): ReceivedSpan {
  const [span, another] = spans.filter(one => one.name === name);
  if (!span || another) throw new Error(`expected one ${name}, got ${spans.map(one => one.name)}`);
  return span;
}
