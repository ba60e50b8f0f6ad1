import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayContext } from './context.ts';

/** Shows the tags that a request has collected, in the `extensions` of its answer: `surrogateTags`, and after a reset `purgeSurrogateTags`. */
export const surrogateTagsExtension: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ contextValue: { surrogateTags }, response: { body } }) {
        if (surrogateTags === undefined || body.kind !== 'single') return;
        const { answer, purge } = surrogateTags;
        body.singleResult.extensions = {
          ...body.singleResult.extensions,
          surrogateTags: [...answer].sort(),
          ...(purge.size > 0 && { purgeSurrogateTags: [...purge].sort() }),
        };
      },
    };
  },
};
