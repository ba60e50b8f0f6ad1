import { describe, expect, it } from 'vitest';
import { ConnectorPages } from '../../../src/local-appflow/connectors/connector-pages.ts';
import { aWireEntity } from '../../support/fake-registry.ts';

describe("a connector's pages", () => {
  it('become one list, kept for as long as the strictest of them', () => {
    const pages = new ConnectorPages();
    pages.add([aWireEntity('a')], { nextToken: '1', timeToLiveSeconds: undefined });
    expect(pages.nextToken).toBe('1');
    pages.add([aWireEntity('b')], { nextToken: '2', timeToLiveSeconds: 7200 });
    pages.add([], { nextToken: '3', timeToLiveSeconds: 900 });
    pages.add([aWireEntity('c')], { nextToken: null, timeToLiveSeconds: 1800 });
    expect(pages.entities.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(pages).toMatchObject({ nextToken: undefined, timeToLiveSeconds: 900 });
  });

  it.each([null, undefined, ''])('end with the token %j', nextToken => {
    const pages = new ConnectorPages();
    pages.add([], { nextToken, timeToLiveSeconds: undefined });
    expect(pages.nextToken).toBeUndefined();
  });

  it.each([
    ['a token comes again', 0, (page: number) => `token${page % 3}`, 'it gave the nextToken of an earlier page again'],
    ['there are too many', 0, (page: number) => `token${page}`, 'it goes on after 1000 pages'],
    ['they hold too much', 2000, (page: number) => `token${page}`, 'it goes on after 100000 entities'],
  ])('have no end when %s', (_, size, tokenOf, why) => {
    const pages = new ConnectorPages();
    const entities = Array.from({ length: size }, () => aWireEntity('x'));
    expect(() => {
      for (let page = 0; page < 2000; page += 1) {
        pages.add(entities, { nextToken: tokenOf(page), timeToLiveSeconds: undefined });
      }
    }).toThrow(`The connector's list has no end: ${why}.`);
  });
});
