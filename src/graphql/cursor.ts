import { fingerprint } from '../base/fingerprint.ts';
import { MetadataError } from '../metadata/errors.ts';
import { contentFingerprint } from './content-fingerprint.ts';

/** The cursors of one walk over one list. */
export interface Cursors {
  /** The cursor of a position in the unfiltered list. */
  toCursor(position: number): string;
  /** The position a cursor stands on. Throws `BAD_USER_INPUT` when it is none of this walk or the list has changed since. */
  fromCursor(cursor: string): number;
}

/**
 * Creates the cursors of a list.
 *
 * A cursor is stateless: it names the walk and carries the fingerprint of the list's content. So it outlives a background
 * refresh that brought the same content and is good on every replica, but never continues one version of a list in another.
 *
 * @param list The whole list, before any filter.
 * @param walk A text that names the list and the filter it is walked with.
 */
export function createCursors(list: readonly unknown[], walk: string): Cursors {
  let digest: string | undefined;
  const nameDigest = () => {
    digest ??= fingerprint(walk).slice(0, 8);
    return digest;
  };
  return {
    toCursor: position => encode([nameDigest(), contentFingerprint(list), position]),
    fromCursor(cursor) {
      const { name, content, position } = decode(cursor);
      if (name !== nameDigest()) throw badCursor('is a cursor of another list or of another filter');
      if (content !== contentFingerprint(list)) {
        throw badCursor(
          'belongs to an earlier version of this list, which has changed since: start again from the first page',
        );
      }
      if (position >= list.length) throw badCursor(`stands behind the end of the list, got ${JSON.stringify(cursor)}`);
      return position;
    },
  };
}

function encode(parts: readonly [name: string, content: string, position: number]): string {
  return Buffer.from(parts.join('.')).toString('base64url');
}

const cursorText = /^([\w-]{8})\.([\w-]{22})\.(\d{1,9})$/;

function decode(cursor: string) {
  const [text, name, content, position] = cursorText.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (text === undefined) throw badCursor(`must be a cursor that this list handed out, got ${JSON.stringify(cursor)}`);
  return { name, content, position: Number(position) };
}

function badCursor(complaint: string): MetadataError {
  return new MetadataError('BAD_USER_INPUT', `after ${complaint}`, { argumentPath: ['after'] });
}
