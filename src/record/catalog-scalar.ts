/** Text that YAML reads as nothing but text, also as a key and in a list in brackets. A colon in it is followed by something. */
const plain = /^[\p{L}_](?:[\p{L}\p{N}_ .()/$@+%;!-]|:(?=[\p{L}\p{N}/:]))*$/u;

/** The same where a comma means nothing. */
const plainInBlock = /^[\p{L}_](?:[\p{L}\p{N}_ .()/$@+%;!,-]|:(?=[\p{L}\p{N}/:]))*$/u;

/** A time: text to YAML, and plain to the eye. */
const instant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** Words that some reader of YAML or other takes for something else. */
const reserved = /^(true|false|null|yes|no|on|off|y|n)$/i;

/** A text as a catalogue writes it: bare where that is safe, in quotes otherwise (JSON's strings are YAML's, too). */
export function toScalar(text: string): string {
  return isPlain(text, plain) ? text : JSON.stringify(text);
}

/** As {@link toScalar}, for a value on a line of its own, which needs fewer quotes. */
export function toBlockScalar(text: string): string {
  return isPlain(text, plainInBlock) ? text : JSON.stringify(text);
}

function isPlain(text: string, pattern: RegExp): boolean {
  return instant.test(text) || (pattern.test(text) && !text.endsWith(' ') && !reserved.test(text));
}
