import { MetadataError } from '../metadata/errors.ts';

interface Page {
  readonly nextToken?: string | undefined;
}

/**
 * Reads every page of a list, one after the other, because each page's token comes with the one before. A token that comes back is an error:
 * following it would never end.
 *
 * @param operation AppFlow's name of the operation, for the message.
 */
export async function readAllPages<P extends Page>(
  operation: string,
  readPage: (nextToken: string | undefined) => Promise<P>,
): Promise<P[]> {
  let page = await readPage(undefined);
  const pages = [page];
  const seen = new Set<string>();
  while (page.nextToken) {
    if (seen.has(page.nextToken)) throw repeatedToken(operation, pages.length);
    seen.add(page.nextToken);
    page = await readPage(page.nextToken);
    pages.push(page);
  }
  return pages;
}

function repeatedToken(operation: string, pages: number): MetadataError {
  const message = `${operation}: AppFlow repeated a page token after ${pages} pages, so the list has no end.`;
  return new MetadataError('UPSTREAM_UNAVAILABLE', message);
}
