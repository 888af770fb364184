import { useState } from 'react';
import { type AnyVariables, type CombinedError, type TypedDocumentNode, useQuery } from 'urql';

interface PageInfo {
  hasNextPage: boolean;
  endCursor: string | null;
}

interface Pages<Data> {
  data: Data | undefined;
  error: CombinedError | undefined;
  /** The first page is under way and there is nothing to show. */
  loading: boolean;
  /** Something is under way while something is shown. */
  busy: boolean;
  more: { has: boolean; busy: boolean; load: () => void };
  refresh: () => void;
}

/**
 * A connection read page after page by key; the cache joins the pages (relayPagination), so the
 * data is always the list from its beginning. Changed variables begin anew.
 */
export function usePages<Data, Variables extends AnyVariables & { after?: string | null }>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Omit<Variables, 'after'>,
  pageInfo: (data: Data) => PageInfo | undefined,
  { pause = false } = {},
): Pages<Data> {
  const key = JSON.stringify(variables);
  const [place, setPlace] = useState<{ key: string; after: string | null }>({ key, after: null });
  const after = place.key === key ? place.after : null;
  const [kept, setKept] = useState<{ key: string; data: Data } | null>(null);
  const [result, execute] = useQuery({
    query,
    variables: { ...variables, after } as unknown as Variables,
    requestPolicy: after ? 'cache-first' : 'cache-and-network',
    pause,
  });
  const fresh = result.data && !result.error ? result.data : undefined;
  if (fresh && (kept?.data !== fresh || kept.key !== key)) {
    const current = result.operation && !result.fetching;
    if (current || !kept) setKept({ key, data: fresh });
  }
  const data = fresh ?? (kept?.key === key ? kept.data : undefined);
  const info = data && pageInfo(data);
  const busy = result.fetching || result.stale;
  return {
    data,
    error: result.error,
    loading: !data && !result.error,
    busy,
    more: {
      has: info?.hasNextPage ?? false,
      busy,
      load: () => {
        if (info?.endCursor && !busy && !result.error) setPlace({ key, after: info.endCursor });
      },
    },
    refresh: () => {
      setPlace({ key, after: null });
      execute({ requestPolicy: 'network-only' });
    },
  };
}
