import { exampleTabs } from './example-tabs.ts';

interface KeptTabs {
  readonly tabs?: readonly { readonly query?: string | null; readonly variables?: string | null }[];
  readonly activeTabIndex?: number;
}

/**
 * The content of the tab in sight when the page opens: the one left open at the last visit, at first the first example. GraphiQL keeps that
 * content a second time, some of it later and some of it not before it was edited, and where the two differ it would open one more tab.
 */
export function openingTab(): { initialQuery: string; initialVariables: string } {
  const kept: KeptTabs = JSON.parse(localStorage.getItem('graphiql:tabState') ?? '{}');
  const { tabs = exampleTabs, activeTabIndex = 0 } = kept;
  const tab = tabs[activeTabIndex];
  return { initialQuery: tab?.query ?? '', initialVariables: tab?.variables ?? '' };
}
