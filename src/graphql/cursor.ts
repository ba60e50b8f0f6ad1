import { fingerprint } from '../base/fingerprint.ts';
import { MetadataError } from '../metadata/errors.ts';
import { contentFingerprint } from './content-fingerprint.ts';

/** A list on which cursors stand: its content, and a text that names the list and the filter it is walked with. */
export interface Walk {
  /** The whole list, before any filter. */
  readonly list: readonly unknown[];
  readonly name: string;
}

/**
 * Makes the cursor of a position in the unfiltered list.
 *
 * A cursor is stateless: it names the walk and carries the fingerprint of the list's content. So it outlives a background
 * refresh that brought the same content and is good on every replica, but never continues one version of a list in another.
 */
export function toCursor(walk: Walk, position: number): string {
  const text = [nameDigest(walk), contentFingerprint(walk.list), position].join('.');
  return Buffer.from(text).toString('base64url');
}

const cursorText = /^([\w-]{8})\.([\w-]{22})\.(\d{1,9})$/;

/** The position a cursor stands on. Throws `BAD_USER_INPUT` when it is none of this walk or the list has changed since. */
export function fromCursor(walk: Walk, cursor: string): number {
  const [, name, content, digits] = cursorText.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (name === undefined) throw badCursor(`must be a cursor that this list handed out, got ${JSON.stringify(cursor)}`);
  if (name !== nameDigest(walk)) throw badCursor('is a cursor of another list or of another filter');
  if (content !== contentFingerprint(walk.list)) {
    throw badCursor(
      'belongs to an earlier version of this list, which has changed since: start again from the first page',
    );
  }
  const position = Number(digits);
  if (position >= walk.list.length) throw badCursor(`stands behind the end of the list, got ${JSON.stringify(cursor)}`);
  return position;
}

function nameDigest(walk: Walk): string {
  return fingerprint(walk.name).slice(0, 8);
}

function badCursor(complaint: string): MetadataError {
  return new MetadataError('BAD_USER_INPUT', `after ${complaint}`, { argumentPath: ['after'] });
}
