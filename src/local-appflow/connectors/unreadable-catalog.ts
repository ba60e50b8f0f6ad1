import { CatalogError } from './catalog-error.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of its path is no directory',
  EACCES: 'this process is not allowed to',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open or watched',
  ENOSPC: 'too many files are watched',
};

/** What node:fs says about a catalogue that it cannot read or watch, in words. Any other error stays what it is. */
export function unreadableCatalog(path: string, cause: unknown): unknown {
  const code = codeOf(cause);
  if (code === undefined) return cause;
  const reason = reasons[code] ?? 'the system refuses';
  return new CatalogError([], `The catalogue ${JSON.stringify(path)} cannot be read: ${reason} (${code}).`, { cause });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
