import { writeSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { readLines } from './read-lines.ts';

/** What an answer is an answer to: `['fields', 'my-profile', null, 'Account']`. */
export type JournalKey = readonly (string | null)[];

/** Which recording a journal belongs to. It goes on only for the same one. */
export interface JournalOwner {
  /** What was asked for, in words for people. */
  readonly request: string;
  /** Fingerprint of what must not have changed since: profiles and connectors as AppFlow described them. */
  readonly state: string;
}

/** The file where the journal belongs is somebody else's, or another recording's. The message says what to do about it. */
export class ForeignJournalError extends Error {}

const format = 'appflow-gateway record, version 1';

interface Place {
  readonly offset: number;
  readonly length: number;
}

/**
 * AppFlow's answers, a JSON line each, on disk as soon as they are there: a recording that ends early goes on from it. In memory
 * are only their places.
 */
export class Journal {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #places = new Map<string, Place>();
  #end = 0;
  #beginning: 'new' | 'resumed' | 'outdated' = 'new';

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  /**
   * Opens the journal of a recording: goes on with it where there is one, starts over when profile or connector have changed since.
   *
   * @param options.force Whether a file that belongs to another recording, or is no journal at all, is overwritten.
   * @throws ForeignJournalError for such a file, unless forced.
   */
  static async open(path: string, owner: JournalOwner, { force }: { readonly force: boolean }): Promise<Journal> {
    const file = await open(path, 'a+');
    const journal = new Journal(path, file);
    try {
      await journal.#resume(owner, force);
      return journal;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Whether there was one to go on with; `outdated` when profile or connector have changed since. */
  get beginning(): 'new' | 'resumed' | 'outdated' {
    return this.#beginning;
  }

  /** How many answers it holds. */
  get size(): number {
    return this.#places.size;
  }

  has(key: JournalKey): boolean {
    return this.#places.has(JSON.stringify(key));
  }

  /** The answer kept for a key; rejects when there is none. */
  async read(key: JournalKey): Promise<unknown> {
    const place = this.#places.get(JSON.stringify(key));
    if (!place) throw new Error(`${this.path} holds no answer for ${JSON.stringify(key)}`);
    const { buffer } = await this.#file.read(Buffer.alloc(place.length), 0, place.length, place.offset);
    return parseLine(buffer.toString())?.answer;
  }

  /** Keeps an answer. It is with the system when this returns, so an end of the process takes nothing of it. */
  write(key: JournalKey, answer: unknown): void {
    this.#append({ key, answer }, JSON.stringify(key));
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /** Closes it for good: the recording is done. */
  async remove(): Promise<void> {
    await this.#file.close();
    await rm(this.path);
  }

  async #resume(owner: JournalOwner, force: boolean): Promise<void> {
    const lines = readLines(this.#file);
    const { value: first } = await lines.next();
    const isEmpty = (await this.#file.stat()).size === 0;
    if (isEmpty || !this.#isOurs(parseLine(first?.text ?? ''), owner, force)) return this.#startOver(owner);
    this.#end = first?.length ?? 0;
    for await (const { text, offset, length } of lines) {
      const { key } = parseLine(text) ?? {};
      // What follows a broken line is read again.
      if (!key) break;
      this.#places.set(JSON.stringify(key), { offset, length });
      this.#end = offset + length;
    }
    await this.#file.truncate(this.#end);
    if (this.size > 0) this.#beginning = 'resumed';
  }

  #isOurs(header: JournalLine | undefined, owner: JournalOwner, force: boolean): boolean {
    const isJournal = header?.journal === format;
    if (isJournal && header.request === owner.request) {
      if (header.state !== owner.state) this.#beginning = 'outdated';
      return header.state === owner.state;
    }
    if (force) return false;
    throw this.#foreign(
      isJournal ? `belongs to another recording (${header.request})` : 'is no journal of a recording',
    );
  }

  #foreign(what: string): ForeignJournalError {
    return new ForeignJournalError(`${this.path} ${what}. Move it away, or use --force to write over it.`);
  }

  async #startOver(owner: JournalOwner): Promise<void> {
    await this.#file.truncate(0);
    this.#end = 0;
    this.#append({ journal: format, ...owner });
  }

  #append(line: JournalLine, name?: string): void {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#file.fd, bytes, written);
    if (name !== undefined) this.#places.set(name, { offset: this.#end, length: bytes.length });
    this.#end += bytes.length;
  }
}

interface JournalLine extends Partial<JournalOwner> {
  readonly journal?: string;
  readonly key?: JournalKey;
  readonly answer?: unknown;
}

/** `undefined` for what is no JSON object: a line of somebody else's, or one a crash of the machine cut. */
function parseLine(text: string): JournalLine | undefined {
  try {
    const line: unknown = JSON.parse(text);
    return typeof line === 'object' && line !== null ? line : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
