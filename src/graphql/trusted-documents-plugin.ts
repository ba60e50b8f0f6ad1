import { createHash } from 'node:crypto';
import type { ApolloServerOptions, ApolloServerPlugin, GraphQLRequest } from '@apollo/server';
import { type DocumentNode, GraphQLError, type ValidationRule } from 'graphql';
import type { Log } from '../base/log.ts';
import type { GatewayContext } from './context.ts';
import type { GraphQLErrorCode } from './errors.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/** Which documents are trusted, and what becomes of the others. */
export interface DocumentTrust {
  readonly documents: TrustedDocuments;
  /** `audit` logs others, `enforce` refuses them. */
  readonly mode: 'audit' | 'enforce';
}

/** The part of Apollo Server's options that trust in documents decides. */
export type TrustOptions = Required<
  Pick<ApolloServerOptions<GatewayContext>, 'persistedQueries' | 'plugins' | 'validationRules'>
>;

/**
 * Creates what lets clients name a document by its hash, as `documentId` or as Apollo's `persistedQuery`, and what looks at the documents that they send whole.
 * A hash that is not in the manifest answers PERSISTED_QUERY_NOT_FOUND, and nothing can be registered. Without trust there is nothing of it.
 */
export function createTrustOptions(trust: DocumentTrust | undefined, log: Log): TrustOptions {
  if (trust === undefined) return { persistedQueries: false, plugins: [], validationRules: [] };
  const { documents, mode } = trust;
  return {
    persistedQueries: {
      // Apollo puts a prefix of its own before each hash.
      cache: {
        get: async key => documents.find(key.slice(key.lastIndexOf('apq:') + 'apq:'.length)),
        set: async () => undefined,
        delete: async () => false,
      },
    },
    plugins: [namedDocuments, ...(mode === 'audit' ? [createAudit(documents, log)] : [])],
    validationRules: mode === 'enforce' ? [createTrustRule(documents)] : [],
  };
}

/** Makes a `documentId` what Apollo knows: a persisted query. */
const namedDocuments: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart({ request }) {
    const id = documentIdOf(request);
    if (id === undefined || request.query !== undefined) return;
    const persistedQuery = { version: 1, sha256Hash: id.replace(/^sha256:/, '').toLowerCase() };
    request.extensions = { ...request.extensions, persistedQuery };
  },
};

function documentIdOf({ http }: GraphQLRequest): string | undefined {
  const { body, search = '' } = http ?? {};
  const posted = typeof body === 'object' && body !== null && 'documentId' in body ? body.documentId : undefined;
  const id = posted ?? new URLSearchParams(search).get('documentId');
  return typeof id === 'string' ? id : undefined;
}

/** Logs each operation of a document that is not trusted, by its name and hash: never its text, which may hold values. */
function createAudit(documents: TrustedDocuments, log: Log): ApolloServerPlugin<GatewayContext> {
  // Apollo keeps documents it has validated, so that most are looked at once.
  const verdicts = new WeakMap<DocumentNode, boolean>();
  const isTrusted = (document: DocumentNode) => {
    const verdict = verdicts.get(document) ?? documents.has(document);
    verdicts.set(document, verdict);
    return verdict;
  };
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, operationName, source, contextValue: { requestId } }) {
          if (isTrusted(document)) return;
          const hash = createHash('sha256').update(source).digest('hex');
          log.warn({ requestId, operationName, hash }, 'a document that is not trusted has run');
        },
      };
    },
  };
}

/**
 * Refuses a document that is not trusted before any rule of GraphQL's own looks at it. Has to come after the limits of documents, because
 * it looks at all of it.
 */
function createTrustRule(documents: TrustedDocuments): ValidationRule {
  return context => ({
    Document(document) {
      if (documents.has(document)) return undefined;
      const code: GraphQLErrorCode = 'UNTRUSTED_DOCUMENT';
      const message = 'Only documents that this gateway was told to trust may run; got another one.';
      context.reportError(new GraphQLError(message, { extensions: { code } }));
      return null;
    },
  });
}
