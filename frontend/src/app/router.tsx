import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import type { Client } from 'urql';
import { Unexpected } from '~/components/Dead.tsx';
import { parseSearch, stringifySearch } from '~/lib/search.ts';
import { app, back, login, root } from './frame.tsx';
import { officeRoutes } from './office-routes.tsx';
import { PageSkeleton } from './PageSkeleton.tsx';
import { portalRoutes } from './portal-routes.tsx';

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}

const home = createRoute({
  getParentRoute: () => app,
  path: '/',
  beforeLoad: ({ context: { viewer } }) => {
    if (!viewer.can.usePortal && viewer.can.readAllExecutions) {
      throw redirect({ to: '/o/executions', replace: true });
    }
    throw redirect({ to: '/p/distribute', replace: true });
  },
});

const tree = root.addChildren([login, app.addChildren([home, ...portalRoutes, ...officeRoutes])]);

export function createAppRouter(client: Client) {
  return createRouter({
    routeTree: tree,
    context: { client },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPendingMs: 150,
    defaultPendingComponent: PageSkeleton,
    defaultErrorComponent: Unexpected,
    scrollRestoration: true,
    scrollToTopSelectors: ['#main'],
  });
}
/** The session is over: sign in, and come back to where we were. */
export function signInAgain(router: ReturnType<typeof createAppRouter>) {
  const { pathname, href } = router.state.location;
  if (pathname !== '/login')
    window.location.assign(`/login${stringifySearch({ next: back(href) })}`);
}
