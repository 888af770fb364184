import { parseSearch, stringifySearch } from './search.ts';

export interface SavedView {
  id: string;
  name: string;
  path: string;
  query: string;
  isDefault: boolean;
}

/** What of an address is no filter: for whom one works, and what stands open beside the list. */
const passing = new Set(['sponsor', 'ticket', 'mail', 'entry', 'alert']);

/** The filters of an address in one spelling, so that the same filters are the same view. */
export function filtersOf(search: Record<string, unknown>): string {
  const kept = Object.entries(search)
    .filter(([name]) => !passing.has(name))
    .sort(([a], [b]) => a.localeCompare(b));
  return stringifySearch(Object.fromEntries(kept)).slice(1);
}

/** The search parameters of a view; whoever acts for a sponsor goes on doing so. */
export function searchOf({ query }: Pick<SavedView, 'query'>, sponsor?: string) {
  return { ...parseSearch(query), ...(sponsor && { sponsor }) };
}

/** The view that a page begins with, where it is opened without filters. */
export function firstView<View extends SavedView>(
  views: readonly View[],
  page: { pathname: string; search: Record<string, unknown> },
): View | undefined {
  if (filtersOf(page.search) !== '') return undefined;
  return views.find(({ path, query, isDefault }) => isDefault && query && path === page.pathname);
}
