import { type FSWatcher, readFileSync, watch } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { CatalogError } from './catalog-error.ts';
import type { Catalog } from './catalog-schema.ts';
import type { ReservedNames } from './check-catalog-references.ts';
import { countCatalog } from './count-catalog.ts';
import { parseCatalog } from './parse-catalog.ts';
import { unreadableCatalog } from './unreadable-catalog.ts';

/** Editors write a file in several steps; it is read when its directory has been quiet for so long ... */
const quietMs = 50;

/** ... or when so long has passed since the first sign of a change, for some directories are never quiet. */
const patienceMs = 500;

export interface WatchCatalogOptions {
  readonly path: string;
  /** Names the catalogue may not use; none by default. */
  readonly reserved?: ReservedNames | undefined;
  readonly clock: Clock;
  readonly log: Log;
  /** Called with each catalogue that can be taken, not with the first one. */
  readonly onChange: (catalog: Catalog) => void;
}

export interface CatalogWatch {
  /** The last catalogue that could be taken. */
  readonly current: () => Catalog;
  readonly close: () => void;
}

/**
 * Reads a catalogue and follows its changes. A file that breaks later keeps the last good catalogue and says in the log what is
 * wrong with it.
 *
 * @throws CatalogError when the file is broken at the start, or cannot be read.
 */
export async function watchCatalog(options: WatchCatalogOptions): Promise<CatalogWatch> {
  const reload = new CatalogReload(options);
  try {
    await reload.start();
  } catch (error) {
    reload.close();
    throw unreadableCatalog(options.path, error);
  }
  return { current: () => reload.current(), close: () => reload.close() };
}

/**
 * Watches the directories rather than the file: an editor that writes a new file and renames it, or a volume that swaps a
 * symbolic link, would leave a watcher of the file looking at the old one. What counts as a change is the content.
 */
class CatalogReload {
  readonly #options: WatchCatalogOptions;
  readonly #watchers: FSWatcher[] = [];
  #seen: string | undefined;
  /** Said once, not at each look. */
  #isUnreadable = false;
  #catalog: Catalog | undefined;
  #readNoLaterThan: number | undefined;
  #cancelTimer: () => void = () => undefined;
  #reading: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: WatchCatalogOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { path } = this.#options;
    const directories = new Set([dirname(path), dirname(await realpath(path))]);
    for (const directory of directories) this.#watchers.push(this.#watch(directory));
    // Only now, so that no change falls between the first reading and the watching; a reload waits for it.
    const first = this.#readFirst();
    this.#reading = first.catch(() => this.close());
    await first;
  }

  current(): Catalog {
    if (!this.#catalog) throw new Error('The catalogue is asked for before it was read.');
    return this.#catalog;
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelTimer();
    for (const watcher of this.#watchers) watcher.close();
  }

  async #readFirst(): Promise<void> {
    const { path, reserved } = this.#options;
    // At once: read by and by, a large file would be in memory twice, and reading what it says stops everything else anyway.
    this.#seen = readFileSync(path, 'utf8');
    this.#catalog = parseCatalog(this.#seen, reserved);
  }

  #watch(directory: string): FSWatcher {
    const watcher = watch(directory, { persistent: false }, () => this.#schedule());
    watcher.on('error', error =>
      this.#options.log.warn({ catalog: this.#name, code: codeOf(error) }, 'catalogue is no longer watched'),
    );
    return watcher;
  }

  #schedule(): void {
    this.#cancelTimer();
    if (this.#isClosed) return;
    const { clock } = this.#options;
    this.#readNoLaterThan ??= clock.monotonicNow() + patienceMs;
    const delayMs = Math.min(quietMs, Math.max(0, this.#readNoLaterThan - clock.monotonicNow()));
    this.#cancelTimer = clock.setTimer(delayMs, () => {
      this.#readNoLaterThan = undefined;
      this.#reading = this.#reading.then(() => this.#reload()).catch(error => this.#complain(error));
    });
  }

  #reload(): void {
    const text = this.#read();
    if (this.#isClosed || text === undefined) return;
    const isBack = this.#isUnreadable;
    this.#isUnreadable = false;
    if (text !== this.#seen) {
      this.#seen = text;
      this.#take(text);
    } else if (isBack) {
      this.#options.log.info({ catalog: this.#name }, 'catalogue can be read again and is what it was');
    }
  }

  #read(): string | undefined {
    const { path, log } = this.#options;
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      const complaint = 'catalogue cannot be read; the last good one stays';
      if (!this.#isUnreadable && !this.#isClosed) log.warn({ catalog: this.#name, code: codeOf(error) }, complaint);
      this.#isUnreadable = true;
      return undefined;
    }
  }

  #take(text: string): void {
    const { reserved, log, onChange } = this.#options;
    this.#catalog = parseCatalog(text, reserved);
    const counts = countCatalog(this.#catalog);
    const summary = `catalogue reloaded: ${counts.profiles} profiles, ${counts.entities} entities`;
    log.info({ catalog: this.#name, ...counts }, summary);
    onChange(this.#catalog);
  }

  /** A later good file is taken all the same: whatever went wrong with this one ends here. */
  #complain(error: unknown): void {
    const { log } = this.#options;
    if (error instanceof CatalogError) {
      log.error({ catalog: this.#name, problems: error.problems }, 'catalogue is broken; the last good one stays');
    } else {
      log.error({ catalog: this.#name, err: error }, 'catalogue could not be taken; the last good one stays');
    }
  }

  get #name(): string {
    return basename(this.#options.path);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
