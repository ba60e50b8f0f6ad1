/**
 * Reads the plain part of YAML, which is all that large catalogues consist of, many times as fast as a library that keeps a tree
 * of everything: collections in blocks and in brackets, scalars on one line, comments, anchors, aliases and merged maps. What it
 * reads, it reads as the library does; where it is not sure it gives up, and the library has the last word.
 */

import { plainNames, plainScalars, takeName, takePlain, takeQuoted } from './plain-scalar.ts';
import { DeferredValue, type Place, type PlainYaml, type PlainYamlOptions } from './plain-yaml.ts';
import { NotPlainError, YamlCursor } from './yaml-cursor.ts';

/**
 * Reads a whole text.
 *
 * @throws NotPlainError where it stops being plain.
 */
export function readPlainYaml(text: string, options: PlainYamlOptions = {}): PlainYaml {
  const unusual = text.search(/[^\n -~\u00a1-\u2027\u202a-\ufefe\uff00-\uffef]/);
  if (unusual >= 0) throw new NotPlainError(unusual);
  const places = new Map<unknown, Map<string, Place>>();
  const reader = new PlainYamlReader(new YamlCursor(text), { anchors: new Map(), places, ...options });
  return { ...reader.readAll(), places };
}

/** How many values aliases may stand for in all, those inside others counted each time: there is no bomb in a plain text. */
const maxAliased = 100_000;

const mark = /[^\s,[\]{}]+/y;

interface Anchor {
  readonly at: number;
  readonly value: unknown;
  readonly weight: number;
}

interface Reading extends PlainYamlOptions {
  readonly anchors: Map<string, Anchor>;
  readonly places: Map<unknown, Map<string, Place>>;
}

/** A map while it is read and, unless it is deferred, until its holder takes it: an object would have to learn each name. */
type OpenMap = Map<string, unknown>;

/** Where a value stands: behind the name of a block's member, behind a list's dash, or in brackets. */
type Context = 'member' | 'item' | 'brackets';

class PlainYamlReader {
  readonly #cursor: YamlCursor;
  readonly #reading: Reading;
  /** Names that came by a merge, of each map that has some: the map may still state them itself. */
  readonly #merged = new Map<OpenMap, Set<string>>();
  /** Names of the members it is inside of; items of lists have none. */
  readonly #path: string[] = [];
  /** Where the value read last begins. */
  #start = 0;
  #aliased = 0;

  constructor(cursor: YamlCursor, reading: Reading) {
    this.#cursor = cursor;
    this.#reading = reading;
  }

  readAll(): { value: unknown; start: number } {
    this.#cursor.toNextLine();
    const start = this.#cursor.at;
    const value = this.#close(this.#readLines(-1));
    if (this.#cursor.column !== -1) this.#cursor.giveUp();
    return { value, start };
  }

  #readLines(parent: number): unknown {
    const { next, column } = this.#cursor;
    if (next === '{' || next === '[') return this.#readToLineEnd(parent, 'member');
    return this.#cursor.seesItem() ? this.#readBlockList(column) : this.#readBlockMap(column);
  }

  #readBlockMap(column: number): OpenMap {
    const map: OpenMap = new Map();
    do this.#readMember(map, column, 'member');
    while (this.#cursor.column === column);
    return map;
  }

  #readBlockList(column: number): unknown[] {
    const list: unknown[] = [];
    do {
      this.#cursor.takes('-');
      this.#readItem(list, column, 'item');
    } while (this.#cursor.column === column && this.#cursor.seesItem());
    return list;
  }

  #readMap(column: number): OpenMap {
    const map: OpenMap = new Map();
    this.#readBrackets('}', column, () => this.#readMember(map, column, 'brackets'));
    return map;
  }

  #readList(column: number): unknown[] {
    const list: unknown[] = [];
    this.#readBrackets(']', column, () => this.#readItem(list, column, 'brackets'));
    return list;
  }

  #readBrackets(closing: string, column: number, readNext: () => void): void {
    const cursor = this.#cursor;
    cursor.takes(closing === '}' ? '{' : '[');
    cursor.skipBreaks(column);
    while (!cursor.takes(closing)) {
      readNext();
      cursor.skipBreaks(column);
      if (cursor.takes(',')) cursor.skipBreaks(column);
      else if (cursor.next !== closing) cursor.giveUp();
    }
  }

  #readItem(list: unknown[], column: number, context: Context): void {
    list.push(this.#readClosed(column, context));
    this.#note(list, String(list.length - 1), { key: this.#start, value: this.#start });
  }

  #readMember(map: OpenMap, column: number, context: Context): void {
    const key = this.#cursor.at;
    const name = takeName(this.#cursor, context === 'brackets' ? 'inBrackets' : 'inBlock');
    const at = this.#cursor.at;
    this.#path.push(name);
    const value = this.#readValue(column, context);
    const isDeferred = this.#reading.defer?.(this.#path, value);
    this.#path.pop();
    if (name === '<<') {
      this.#merge(map, value, key);
      return;
    }
    const isRepeated = map.has(name) && !this.#merged.get(map)?.delete(name);
    if (isRepeated || name === '__proto__') this.#cursor.giveUp(key);
    map.set(name, isDeferred ? this.#defer(at, column, context) : this.#close(value));
    this.#note(map, name, { key, value: this.#start });
  }

  #defer(at: number, column: number, context: Context): DeferredValue {
    const { text } = this.#cursor;
    const reading = { anchors: this.#reading.anchors, places: new Map() };
    return new DeferredValue(() => new PlainYamlReader(new YamlCursor(text, at), reading).#readClosed(column, context));
  }

  #readClosed(column: number, context: Context): unknown {
    return this.#close(this.#readValue(column, context));
  }

  #readValue(column: number, context: Context): unknown {
    if (context === 'brackets') this.#cursor.skipBreaks(column);
    else this.#cursor.skipSpaces();
    if (this.#cursor.takes('&')) return this.#readAnchored(column, context);
    return context === 'brackets' ? this.#readInBrackets(column) : this.#readInBlock(column, context);
  }

  /** An anchor stated twice is not plain: a value read again later would take the wrong one. */
  #readAnchored(column: number, context: Context): unknown {
    const name = this.#cursor.take(mark);
    const at = this.#cursor.at;
    const aliased = this.#aliased;
    this.#cursor.skipSpaces();
    // An anchor in front of a name would be the name's.
    if (context === 'item' && this.#cursor.sees(plainNames.inBlock)) this.#cursor.giveUp();
    const open = context === 'brackets' ? this.#readInBrackets(column) : this.#readInBlock(column, context);
    const value = this.#close(open);
    const { anchors } = this.#reading;
    if ((anchors.get(name)?.at ?? at) !== at) this.#cursor.giveUp(at);
    anchors.set(name, { at, value, weight: 1 + this.#aliased - aliased });
    return value;
  }

  #readInBrackets(column: number): unknown {
    const start = this.#cursor.at;
    const value = this.#readOnLine(column, plainScalars.inBrackets);
    this.#start = start;
    return value;
  }

  #readInBlock(column: number, context: Context): unknown {
    const here = this.#cursor.at;
    const isBelow = this.#cursor.takesLineEnd();
    const start = isBelow && this.#isFurtherIn(column, context) ? this.#cursor.at : here;
    const value = isBelow ? this.#readBelow(column, context) : this.#readToLineEnd(column, context);
    if (this.#cursor.column > column) this.#cursor.giveUp();
    this.#start = start;
    return value;
  }

  #readBelow(column: number, context: Context): unknown {
    return this.#isFurtherIn(column, context) ? this.#readLines(column) : null;
  }

  /** Whether the next line belongs to the value: a list's items may stand right below the list's name. */
  #isFurtherIn(column: number, context: Context): boolean {
    const { column: next } = this.#cursor;
    return next > column || (context === 'member' && next === column && this.#cursor.seesItem());
  }

  #readToLineEnd(column: number, context: Context): unknown {
    if (context === 'item' && this.#cursor.sees(plainNames.inBlock)) return this.#readBlockMap(this.#cursor.passed);
    const value = this.#readOnLine(column, plainScalars.inBlock);
    if (!this.#cursor.takesLineEnd()) this.#cursor.giveUp();
    return value;
  }

  #readOnLine(column: number, plain: RegExp): unknown {
    switch (this.#cursor.next) {
      case '{':
        return this.#readMap(column);
      case '[':
        return this.#readList(column);
      case '*':
        return this.#readAlias();
      case '"':
      case "'":
        return takeQuoted(this.#cursor);
      default:
        return takePlain(this.#cursor, plain);
    }
  }

  #readAlias(): unknown {
    this.#cursor.takes('*');
    const anchor = this.#reading.anchors.get(this.#cursor.take(mark)) ?? this.#cursor.giveUp();
    this.#aliased += anchor.weight;
    if (this.#aliased > maxAliased) this.#cursor.giveUp();
    return anchor.value;
  }

  #merge(map: OpenMap, value: unknown, at: number): void {
    if (this.#merged.has(map)) this.#cursor.giveUp(at);
    const names = new Set<string>();
    this.#merged.set(map, names);
    for (const written of Array.isArray(value) ? value : [value]) {
      const source = this.#close(written);
      if (!isMap(source)) this.#cursor.giveUp(at);
      for (const [name, value] of Object.entries(source)) {
        if (map.has(name)) continue;
        map.set(name, value);
        names.add(name);
        this.#note(map, name, this.#reading.places.get(source)?.get(name));
      }
    }
  }

  #close(value: unknown): unknown {
    if (!(value instanceof Map)) return value;
    const closed = Object.fromEntries(value);
    const places = this.#reading.places.get(value);
    if (places) this.#reading.places.set(closed, places);
    return closed;
  }

  #note(holder: unknown, name: string, place: Place | undefined): void {
    const { noted, places } = this.#reading;
    if (!place || !noted?.has(name)) return;
    places.set(holder, (places.get(holder) ?? new Map<string, Place>()).set(name, place));
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof DeferredValue);
}
