import { describe, expect, it } from 'vitest';
import { askNames, outcomeOf } from './ask.ts';
import { answerWell, fieldsBody, type RawRequest, runGatewayBefore, sendText, startRawAppflow } from './raw-appflow.ts';

/** What may become of an answer on its way, by what happens to it. */
const broken: Readonly<Record<string, (request: RawRequest) => void>> = {
  'is no JSON': ({ response }) => sendText(response, '<html>It works!</html>'),
  'is JSON of something else': ({ response }) => sendText(response, '{"status":"ok"}'),
  'is empty': ({ response }) => sendText(response, ''),
  'ends early': ({ response }) => {
    response.writeHead(200, { 'content-length': String(fieldsBody.length) });
    response.write(fieldsBody.slice(0, 20));
    response.socket?.destroySoon();
  },
  'is longer than its length': ({ response }) => {
    response.socket?.end(`HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n${fieldsBody}`);
  },
  'is said to be gzip and is not': ({ response }) => sendText(response, 'no gzip', { 'content-encoding': 'gzip' }),
  'is reset before it begins': ({ response }) => void response.socket?.resetAndDestroy(),
  'is reset while it comes': ({ response }) => {
    response.writeHead(200, { 'content-length': String(fieldsBody.length) });
    response.write(fieldsBody.slice(0, 20), () => response.socket?.resetAndDestroy());
  },
};

describe('an answer of AppFlow', () => {
  it.each(Object.keys(broken))('that %s is AppFlow’s failure, not kept, and good again when it is', async how => {
    const appflow = await startRawAppflow(broken[how]);
    const client = await runGatewayBefore(appflow.url);
    expect(await outcomeOf(client)).toBe('UPSTREAM_UNAVAILABLE');
    appflow.answer = answerWell;
    expect(await outcomeOf(client)).toBe('Id');
  });

  it('that is complete counts, although the connection is reset after it', async () => {
    const appflow = await startRawAppflow(({ response }) => {
      response.writeHead(200, { 'content-length': String(fieldsBody.length) });
      response.end(fieldsBody, () => setImmediate(() => response.socket?.resetAndDestroy()));
    });
    const client = await runGatewayBefore(appflow.url);
    expect(await outcomeOf(client)).toBe('Id');
  });

  it('that takes half a second longer is waited for, once for everybody', async () => {
    const appflow = await startRawAppflow(raw => void setTimeout(() => answerWell(raw), 500));
    const client = await runGatewayBefore(appflow.url);
    expect(await Promise.all(Array.from({ length: 20 }, () => outcomeOf(client)))).toEqual(Array(20).fill('Id'));
    expect(appflow.requests).toHaveLength(1);
  });
});

describe('a list', () => {
  it('whose page token comes again is an error, and not read for ever', async () => {
    const appflow = await startRawAppflow(({ response, input }) =>
      sendText(response, JSON.stringify({ connectorEntityMap: {}, nextToken: input.nextToken === 'a' ? 'b' : 'a' })),
    );
    const client = await runGatewayBefore(appflow.url);
    expect((await askNames(client)).errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
    expect(appflow.requests).toHaveLength(3);
  });

  it('of 1,000 pages is read whole', async () => {
    const appflow = await startRawAppflow(({ response, input }) => {
      const page = Number(input.nextToken ?? 0) + 1;
      const entities = { Objects: [{ name: `E${page}` }] };
      const more = page < 1_000 && { nextToken: String(page) };
      sendText(response, JSON.stringify({ connectorEntityMap: entities, ...more }));
    });
    const client = await runGatewayBefore(appflow.url);
    expect((await askNames(client)).data?.connectorEntities?.totalCount).toBe(1_000);
  }, 30_000);
});
