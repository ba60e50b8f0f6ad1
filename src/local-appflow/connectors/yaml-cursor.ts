/** A text that is more than plain YAML, or no YAML at all. */
export class NotPlainError extends Error {
  /** Where reading ended. */
  readonly offset: number;

  constructor(offset: number) {
    super('The text is not plain YAML.');
    this.name = 'NotPlainError';
    this.offset = offset;
  }
}

/** The rest of a line of which nothing but a comment is left. */
const lineEnd = / *(?:(?<= )#[^\n]*)?(?:\n|$)/y;
const space = ' '.charCodeAt(0);

/** A place in a text, and what can be seen and taken there. Patterns are sticky ones. */
export class YamlCursor {
  readonly text: string;
  #at: number;
  #column = 0;

  constructor(text: string, at = 0) {
    this.text = text;
    this.#at = at;
  }

  get at(): number {
    return this.#at;
  }

  /** Between lines, where it stands at the next line's first character: the column of that; -1 at the end of the text. */
  get column(): number {
    return this.#column;
  }

  /** How many characters of its line are behind it. */
  get passed(): number {
    return this.#at - this.text.lastIndexOf('\n', this.#at - 1) - 1;
  }

  /** The character it stands at. */
  get next(): string | undefined {
    return this.text[this.#at];
  }

  /** Whether it stands at the dash of a list's item. */
  seesItem(): boolean {
    const after = this.text[this.#at + 1] ?? '\n';
    return this.next === '-' && (after === ' ' || after === '\n');
  }

  sees(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    return pattern.test(this.text);
  }

  takes(character: string): boolean {
    const sees = this.next === character;
    if (sees) this.#at += 1;
    return sees;
  }

  take(pattern: RegExp): string {
    if (!this.sees(pattern)) this.giveUp();
    const from = this.#at;
    this.#at = pattern.lastIndex;
    return this.text.slice(from, this.#at);
  }

  /** Takes the rest of the line if it says nothing, and the lines behind it that say nothing either. */
  takesLineEnd(): boolean {
    if (!this.sees(lineEnd)) return false;
    this.#at = lineEnd.lastIndex;
    this.toNextLine();
    return true;
  }

  /** From the beginning of a line past those that say nothing. */
  toNextLine(): void {
    do {
      const lineStart = this.#at;
      this.skipSpaces();
      if (this.next === '#') this.#skipLine();
      this.#column = this.#at < this.text.length ? this.#at - lineStart : -1;
    } while (this.takes('\n'));
  }

  skipSpaces(): void {
    while (this.text.charCodeAt(this.#at) === space) this.#at += 1;
  }

  /** Past spaces and, in brackets, line breaks; no line may go back to the column of the block around the brackets. */
  skipBreaks(column: number): void {
    this.skipSpaces();
    while (this.takes('\n')) {
      const lineStart = this.#at;
      this.skipSpaces();
      if (this.next !== '\n' && this.#at - lineStart <= column) this.giveUp();
    }
  }

  giveUp(offset: number = this.#at): never {
    throw new NotPlainError(offset);
  }

  #skipLine(): void {
    const end = this.text.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.text.length : end;
  }
}
