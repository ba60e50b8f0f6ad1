import { Spinner, useMonaco } from '@graphiql/react';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './graphiql.css';
import { exampleTabs } from './example-tabs.ts';
import { openingTab } from './opening-tab.ts';
import { withCurrentOperation } from './with-current-operation.ts';

const fetcher = withCurrentOperation(createGraphiQLFetcher({ url: '/graphql' }));

/** GraphiQL, once its editor is loaded: before that it would show tabs, ignore Execute, and put the first tab's text into whichever was chosen. */
function Explorer() {
  const { monaco, actions } = useMonaco();
  useEffect(() => {
    actions.initialize();
  }, [actions]);
  if (!monaco) return <Loading />;
  return (
    <GraphiQL fetcher={fetcher} defaultTabs={[...exampleTabs]} {...openingTab()}>
      <GraphiQL.Logo>AppFlow</GraphiQL.Logo>
    </GraphiQL>
  );
}

function Loading() {
  return (
    <div className="graphiql-container">
      <Spinner />
    </div>
  );
}

const container = document.getElementById('graphiql');
if (!container) throw new Error('graphiql.html must hold an element with the id "graphiql"');
createRoot(container).render(<Explorer />);
