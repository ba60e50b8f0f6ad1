import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type DocumentNode, parse } from 'graphql';
import { documentText } from './document-text.ts';

/** The documents that clients are known to send. */
export interface TrustedDocuments {
  /** The document of a SHA-256 in hexadecimal digits, with or without `sha256:` in front. */
  find(hash: string): string | undefined;
  /** Whether a document is one of them, however it is laid out and whatever the order of what has none. */
  has(document: DocumentNode): boolean;
}

/**
 * Loads a manifest: a JSON object of documents by their SHA-256, as the client preset of GraphQL Code Generator writes it with
 * `persistedDocuments: { hashAlgorithm: sha256 }`.
 *
 * @throws Error that says what is wrong with the file.
 */
export async function loadTrustedDocuments(path: string): Promise<TrustedDocuments> {
  const entries = Object.entries(await readManifest(path)).map(([key, text]) => toEntry(key, text));
  const byHash = new Map(entries.map(({ hash, text }) => [hash, text]));
  const known = new Set(entries.map(({ document }) => documentText(document)));
  return {
    find: hash => byHash.get(withoutPrefix(hash)),
    has: document => known.has(documentText(document)),
  };
}

async function readManifest(path: string): Promise<object> {
  const manifest: unknown = await readFile(path, 'utf8')
    .then(JSON.parse)
    .catch(cause => {
      throw new Error(`must be a JSON file, got "${path}" (${cause instanceof Error ? cause.message : cause})`, {
        cause,
      });
    });
  if (typeof manifest === 'object' && manifest !== null && !Array.isArray(manifest)) return manifest;
  throw new Error(`must hold an object of documents by their SHA-256, got ${JSON.stringify(manifest).slice(0, 100)}`);
}

function toEntry(key: string, text: unknown) {
  const hash = withoutPrefix(key);
  if (typeof text !== 'string') throw new Error(`must hold texts, got ${JSON.stringify(text)} for ${key}`);
  const actual = createHash('sha256').update(text).digest('hex');
  if (hash !== actual) throw new Error(`must hold documents by their SHA-256; that of ${key} is ${actual}`);
  return { hash, text, document: parseDocument(key, text) };
}

function parseDocument(key: string, text: string): DocumentNode {
  try {
    return parse(text, { noLocation: true });
  } catch (cause) {
    throw new Error(`must hold GraphQL documents; that of ${key} is none`, { cause });
  }
}

function withoutPrefix(hash: string): string {
  return hash.replace(/^sha256:/, '').toLowerCase();
}
