import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import type { Client } from 'urql';
import { NotFound } from '~/components/Dead.tsx';
import { type Viewer, ViewerQuery } from '~/graphql/viewer.data.ts';
import { withTexts } from '~/lib/i18n.ts';
import { readText } from '~/lib/search.ts';
import { firstView, searchOf } from '~/lib/views.ts';

interface Context {
  client: Client;
}

type Raw = Record<string, unknown>;

interface Opening {
  cause: string;
  location: { pathname: string; search: Raw };
  context: { viewer: Viewer };
}

/** Every search parameter may be left out. */
export const optional =
  <Search extends object>(read: (raw: Raw) => Search) =>
  (raw: Raw): Partial<Search> =>
    read(raw);
declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** Whether the page is for this viewer; the server's word, not ours. */
    permit?: (viewer: Viewer) => boolean;
  }
}

export const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  notFoundComponent: NotFound,
});

export const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: optional((raw) => ({ next: readText(raw, 'next') })),
  component: lazyRouteComponent(
    withTexts('account', () => import('~/features/account/LoginPage.tsx')),
    'LoginPage',
  ),
});

// Who signs in does not need the frame; for all others it comes while the server says who they are.
const loadShell = () => import('./Shell.tsx');

export const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  beforeLoad: async ({ context, location }) => {
    void loadShell();
    const { data, error } = await context.client.query(ViewerQuery, {}).toPromise();
    if (error?.networkError) throw error;
    if (!data?.viewer) throw redirect({ to: '/login', search: { next: back(location.href) } });
    return { viewer: data.viewer };
  },
  component: lazyRouteComponent(loadShell, 'Shell'),
});

/** Begins a page with the default of one's own views where it is opened without filters (UI-1). */
export function byDefault({ cause, location, context: { viewer } }: Opening) {
  // Who clears the filters of the page he is on wants none.
  if (cause !== 'enter') return;
  const view = firstView(viewer.savedViews, location);
  if (!view) return;
  const search = searchOf(view, readText(location.search, 'sponsor')) as never;
  throw redirect({ to: location.pathname as '/', search, replace: true });
}

/** Which rows of an execution are shown. */
export const readRows = optional((raw) => ({
  rows: readText(raw, 'rows'),
  reason: readText(raw, 'reason'),
}));

export function back(href: string): string | undefined {
  return href === '/' ? undefined : href;
}
