import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './graphiql.css';
import { exampleTabs } from './example-tabs.ts';

const fetcher = withoutStaleName(createGraphiQLFetcher({ url: '/graphql' }));

/**
 * Leaves the operation's name to the document where that holds only one: for a moment after a change of tabs GraphiQL would send the name of the
 * last tab's operation, which the server cannot find.
 */
function withoutStaleName(fetcher: Fetcher): Fetcher {
  return (params, options) => {
    const { query, variables } = params;
    const operations = options?.documentAST?.definitions.filter(({ kind }) => kind === 'OperationDefinition') ?? [];
    return fetcher(operations.length > 1 ? params : { query, variables }, options);
  };
}

/** GraphiQL keeps the tabs of earlier visits, and then opens the one that was open. Of the first tab it would forget the variables. */
function initialTab(): { initialQuery?: string; initialVariables?: string } {
  const first = exampleTabs[0];
  if (!first?.query || localStorage.getItem('graphiql:tabState') !== null) return {};
  return { initialQuery: first.query, initialVariables: first.variables ?? '' };
}

const container = document.getElementById('graphiql');
if (!container) throw new Error('graphiql.html must hold an element with the id "graphiql"');
createRoot(container).render(
  <GraphiQL fetcher={fetcher} defaultTabs={[...exampleTabs]} {...initialTab()}>
    <GraphiQL.Logo>AppFlow</GraphiQL.Logo>
  </GraphiQL>,
);
