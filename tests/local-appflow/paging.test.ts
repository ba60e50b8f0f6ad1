import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Paging } from '../../src/local-appflow/paging.ts';
import { FakeClock } from '../support/fake-clock.ts';

const minuteMs = 60_000;

describe('Paging', () => {
  it('hands out every item once and in order, whatever the page size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 60 }), fc.integer({ min: 1, max: 70 }), async (list, size) => {
        const pages = await walk(new Paging(new FakeClock()), list, size);
        expect(pages.flat()).toEqual(list);
        expect(pages.slice(0, -1).every(page => page.length === size)).toBe(true);
      }),
    );
  });

  it('leaves nextToken out on the last page, and on the only one', async () => {
    const page = await new Paging(new FakeClock()).page(first(['op'], 3), () => [1, 2, 3]);
    expect(page).toEqual({ items: [1, 2, 3] });
  });

  it('keeps to the list a walk began with, and answers a token twice the same', async () => {
    const paging = new Paging(new FakeClock());
    let list = ['a', 'b', 'c'];
    const { nextToken } = await paging.page(first(['op'], 2), () => list);
    list = ['x', 'y', 'z'];
    const second = await paging.page({ walk: ['op'], maxResults: 2, nextToken }, () => list);
    expect(second).toEqual({ items: ['c'] });
    expect(await paging.page({ walk: ['op'], maxResults: 2, nextToken }, () => list)).toEqual(second);
    expect((await paging.page(first(['op'], 2), () => list)).items).toEqual(['x', 'y']);
  });

  it('lets the page size change on the way', async () => {
    const paging = new Paging(new FakeClock());
    const { nextToken } = await paging.page(first(['op'], 1), () => [1, 2, 3, 4]);
    const rest = await paging.page({ walk: ['op'], maxResults: 100, nextToken }, () => []);
    expect(rest).toEqual({ items: [2, 3, 4] });
  });

  it('takes a token for no other operation and no other arguments', async () => {
    const paging = new Paging(new FakeClock());
    const { nextToken } = await paging.page(first(['op', { path: 'a' }], 1), () => [1, 2]);
    await expectRefused(paging, ['other', { path: 'a' }], nextToken);
    await expectRefused(paging, ['op', { path: 'b' }], nextToken);
    await expectRefused(paging, ['op'], nextToken);
  });

  it('takes no token it did not give: tampered, invented, or from another process', async () => {
    const paging = new Paging(new FakeClock());
    const { nextToken = '' } = await paging.page(first(['op'], 1), () => [1, 2, 3]);
    expect(nextToken).toMatch(/^\S{1,2048}$/);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(nextToken.length - 1),
        fc.constantFrom('A', 'b', '9', '_', '=', ' ', ''),
        async (at, by) => {
          const tampered = nextToken.slice(0, at) + by + nextToken.slice(at + 1);
          if (tampered !== nextToken) await expectRefused(paging, ['op'], tampered);
        },
      ),
    );
    await expectRefused(paging, ['op'], 'invented');
    await expectRefused(new Paging(new FakeClock()), ['op'], nextToken);
  });

  it('remembers a walk for 15 minutes after its last page', async () => {
    const clock = new FakeClock();
    const paging = new Paging(clock);
    const { nextToken } = await paging.page(first(['op'], 1), () => [1, 2, 3]);
    clock.advance(15 * minuteMs);
    await paging.page({ walk: ['op'], maxResults: 1, nextToken }, () => []);
    clock.advance(15 * minuteMs);
    const again = await paging.page({ walk: ['op'], maxResults: 1, nextToken }, () => []);
    expect(again.items).toEqual([2]);
    clock.advance(15 * minuteMs + 1);
    await expectRefused(paging, ['op'], nextToken);
  });

  it('keeps a thousand lists and gives up the one unused for longest', async () => {
    const paging = new Paging(new FakeClock());
    const begin = async () => (await paging.page(first(['op'], 1), () => [1, 2])).nextToken;
    const [oldest, kept] = [await begin(), await begin()];
    for (let list = 0; list < 999; list += 1) await begin();
    await expectRefused(paging, ['op'], oldest);
    expect((await paging.page({ walk: ['op'], maxResults: 1, nextToken: kept }, () => [])).items).toEqual([2]);
  });
});

function first(walk: readonly unknown[], maxResults: number) {
  return { walk, maxResults, nextToken: undefined };
}

async function walk<T>(paging: Paging, list: readonly T[], maxResults: number): Promise<(readonly T[])[]> {
  const pages: (readonly T[])[] = [];
  let nextToken: string | undefined;
  do {
    const page = await paging.page({ walk: ['op'], maxResults, nextToken }, () => list);
    pages.push(page.items);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return pages;
}

async function expectRefused(paging: Paging, walk: readonly unknown[], nextToken: string | undefined): Promise<void> {
  await expect(paging.page({ walk, maxResults: 1, nextToken }, () => [])).rejects.toMatchObject({
    code: 'ValidationException',
    message: expect.stringContaining('nextToken must be one this operation answered'),
  });
}
