import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import type { Client } from 'urql';
import { NotFound, Unexpected } from '~/components/Dead.tsx';
import { type Viewer, ViewerQuery } from '~/graphql/viewer.data.ts';
import { withTexts } from '~/lib/i18n.ts';
import { marksShown } from '~/lib/map-search.ts';
import {
  parseSearch,
  readDay,
  readFlag,
  readList,
  readText,
  readWord,
  stringifySearch,
} from '~/lib/search.ts';
import { readTicketSearch } from '~/lib/ticket-search.ts';
import { firstView, searchOf } from '~/lib/views.ts';
import { PageSkeleton } from './PageSkeleton.tsx';

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
const optional =
  <Search extends object>(read: (raw: Raw) => Search) =>
  (raw: Raw): Partial<Search> =>
    read(raw);

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** Whether the page is for this viewer; the server's word, not ours. */
    permit?: (viewer: Viewer) => boolean;
  }
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}

const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  notFoundComponent: NotFound,
});

const login = createRoute({
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

const app = createRoute({
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
function byDefault({ cause, location, context: { viewer } }: Opening) {
  // Who clears the filters of the page he is on wants none.
  if (cause !== 'enter') return;
  const view = firstView(viewer.savedViews, location);
  if (!view) return;
  const search = searchOf(view, readText(location.search, 'sponsor')) as never;
  throw redirect({ to: location.pathname as '/', search, replace: true });
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

const portal = createRoute({
  getParentRoute: () => app,
  path: '/p',
  validateSearch: optional((raw) => ({ sponsor: readText(raw, 'sponsor') })),
  search: { middlewares: [retainSearchParams(['sponsor'])] },
  staticData: { permit: ({ can }) => can.usePortal || can.distribute },
});

/** The bare address of the portal leads to its first page. */
const portalHome = createRoute({
  getParentRoute: () => portal,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/p/distribute', replace: true });
  },
});

const distribute = createRoute({
  getParentRoute: () => portal,
  path: '/distribute',
  validateSearch: optional((raw) => ({ season: readText(raw, 'season') })),
  component: lazyRouteComponent(
    withTexts('distribute', () => import('~/features/distribute/ProductsPage.tsx')),
    'ProductsPage',
  ),
});

const dashboard = createRoute({
  getParentRoute: () => portal,
  path: '/distribute/$productId',
  validateSearch: optional((raw) => ({
    ...readTicketSearch(raw),
    view: readWord(raw, 'view', ['chart']),
  })),
  beforeLoad: byDefault,
  component: lazyRouteComponent(
    withTexts('distribute', () => import('~/features/distribute/DashboardPage.tsx')),
    'DashboardPage',
  ),
});

const tickets = createRoute({
  getParentRoute: () => portal,
  path: '/distribute/$productId/tickets',
  validateSearch: optional((raw) => ({
    ...readTicketSearch(raw),
    performance: readList(raw, 'performance'),
    type: readList(raw, 'type'),
    order: readWord(raw, 'order', ['number']),
    ticket: readText(raw, 'ticket'),
  })),
  beforeLoad: byDefault,
  component: lazyRouteComponent(
    withTexts('tickets', () => import('~/features/tickets/TicketsPage.tsx')),
    'TicketsPage',
  ),
});

const importFile = createRoute({
  getParentRoute: () => portal,
  path: '/distribute/$productId/import',
  component: lazyRouteComponent(
    withTexts('import', () => import('~/features/import/ImportPage.tsx')),
    'ImportPage',
  ),
  staticData: { permit: ({ can }) => can.importTicketDetails },
});

const readRows = optional((raw) => ({
  rows: readText(raw, 'rows'),
  reason: readText(raw, 'reason'),
}));

const importExecution = createRoute({
  getParentRoute: () => portal,
  path: '/distribute/$productId/import/$executionId',
  validateSearch: readRows,
  component: lazyRouteComponent(
    withTexts('executions', () => import('~/features/executions/ImportExecutionPage.tsx')),
    'ImportExecutionPage',
  ),
});

const map = createRoute({
  getParentRoute: () => portal,
  path: '/performances/$performanceId/map',
  validateSearch: optional((raw) => ({
    show: readWord(raw, 'show', marksShown),
    view: readWord(raw, 'view', ['list']),
  })),
  component: lazyRouteComponent(
    withTexts('map', () => import('~/features/map/MapPage.tsx')),
    'MapPage',
  ),
  staticData: { permit: ({ can }) => can.seeSeatMaps },
});

/** The same page with a zone of it open: the window stays and moves there. */
const zone = createRoute({ getParentRoute: () => map, path: '/$zoneId' });

const executions = createRoute({
  getParentRoute: () => portal,
  path: '/executions',
  validateSearch: optional((raw) => ({ open: readFlag(raw, 'open') })),
  component: lazyRouteComponent(
    withTexts('executions', () => import('~/features/executions/ExecutionsPage.tsx')),
    'PortalExecutionsPage',
  ),
});

const execution = createRoute({
  getParentRoute: () => portal,
  path: '/executions/$executionId',
  validateSearch: optional((raw) => ({ ...readRows(raw), product: readText(raw, 'product') })),
  component: lazyRouteComponent(
    withTexts('executions', () => import('~/features/executions/ExecutionPage.tsx')),
    'PortalExecutionPage',
  ),
});

const allExecutions = createRoute({
  getParentRoute: () => app,
  path: '/o/executions',
  validateSearch: optional((raw) => ({ open: readFlag(raw, 'open'), of: readText(raw, 'of') })),
  component: lazyRouteComponent(
    withTexts('executions', () => import('~/features/executions/ExecutionsPage.tsx')),
    'OfficeExecutionsPage',
  ),
  staticData: { permit: ({ can }) => can.readAllExecutions },
});

const anyExecution = createRoute({
  getParentRoute: () => app,
  path: '/o/executions/$executionId',
  validateSearch: readRows,
  component: lazyRouteComponent(
    withTexts('executions', () => import('~/features/executions/ExecutionPage.tsx')),
    'OfficeExecutionPage',
  ),
  staticData: { permit: ({ can }) => can.readAllExecutions },
});

const cart = createRoute({
  getParentRoute: () => app,
  path: '/p/cart',
  validateSearch: optional((raw) => ({
    owner: readText(raw, 'owner'),
    view: readWord(raw, 'view', ['guests']),
  })),
  component: lazyRouteComponent(
    withTexts('cart', () => import('~/features/cart/CartPage.tsx')),
    'CartPage',
  ),
  staticData: { permit: ({ can }) => can.useCart },
});

const guests = createRoute({
  getParentRoute: () => app,
  path: '/p/guests',
  validateSearch: optional((raw) => ({ q: readText(raw, 'q') })),
  component: lazyRouteComponent(
    withTexts('guests', () => import('~/features/guests/BookPage.tsx')),
    'BookPage',
  ),
  staticData: { permit: ({ can }) => can.useCart },
});

const outbox = createRoute({
  getParentRoute: () => app,
  path: '/o/outbox',
  validateSearch: optional((raw) => ({
    state: readText(raw, 'state'),
    q: readText(raw, 'q'),
    execution: readText(raw, 'execution'),
    mail: readText(raw, 'mail'),
  })),
  beforeLoad: byDefault,
  component: lazyRouteComponent(
    withTexts('outbox', () => import('~/features/outbox/OutboxPage.tsx')),
    'OutboxPage',
  ),
  staticData: { permit: ({ can }) => can.readOutbox },
});

const pointsOfSale = createRoute({
  getParentRoute: () => app,
  path: '/o/pos',
  component: lazyRouteComponent(
    withTexts('pos', () => import('~/features/pos/PosPage.tsx')),
    'PosPage',
  ),
  staticData: { permit: ({ can }) => can.readPointsOfSale },
});

const organisation = createRoute({
  getParentRoute: () => app,
  path: '/o/organisation',
  component: lazyRouteComponent(
    withTexts('organisation', () => import('~/features/organisation/OrganisationPage.tsx')),
    'OrganisationPage',
  ),
  staticData: { permit: ({ can }) => can.readOrganisation },
});

const models = createRoute({
  getParentRoute: () => app,
  path: '/o/models',
  validateSearch: optional((raw) => ({
    channel: readText(raw, 'channel'),
    model: readText(raw, 'model'),
  })),
  component: lazyRouteComponent(
    withTexts('outbox', () => import('~/features/outbox/ModelsPage.tsx')),
    'ModelsPage',
  ),
  staticData: { permit: ({ can }) => can.readPointsOfSale },
});

const alerts = createRoute({
  getParentRoute: () => app,
  path: '/o/alerts',
  validateSearch: optional((raw) => ({
    all: readText(raw, 'all'),
    alert: readText(raw, 'alert'),
  })),
  component: lazyRouteComponent(
    withTexts('alerts', () => import('~/features/alerts/AlertsPage.tsx')),
    'AlertsPage',
  ),
  staticData: { permit: ({ can }) => can.readAlerts },
});

const products = createRoute({
  getParentRoute: () => app,
  path: '/o/products',
  validateSearch: optional((raw) => ({ product: readText(raw, 'product') })),
  component: lazyRouteComponent(
    withTexts('products', () => import('~/features/products/RulesPage.tsx')),
    'RulesPage',
  ),
  staticData: { permit: ({ can }) => can.readPointsOfSale },
});

const playground = createRoute({
  getParentRoute: () => app,
  path: '/a/graphql',
  component: lazyRouteComponent(
    withTexts('playground', () => import('~/features/playground/PlaygroundPage.tsx')),
    'PlaygroundPage',
  ),
  staticData: { permit: ({ can }) => can.usePlayground },
});

const contacts = createRoute({
  getParentRoute: () => app,
  path: '/o/contacts',
  validateSearch: optional((raw) => ({
    q: readText(raw, 'q'),
    person: readText(raw, 'person'),
  })),
  component: lazyRouteComponent(
    withTexts('contacts', () => import('~/features/contacts/ContactsPage.tsx')),
    'ContactsPage',
  ),
  staticData: { permit: ({ can }) => can.managePersonalData },
});

const audit = createRoute({
  getParentRoute: () => app,
  path: '/a/audit',
  validateSearch: optional((raw) => ({
    verb: readText(raw, 'verb'),
    from: readDay(raw, 'from'),
    to: readDay(raw, 'to'),
    user: readText(raw, 'user'),
    object: readText(raw, 'object'),
    entry: readText(raw, 'entry'),
  })),
  beforeLoad: byDefault,
  component: lazyRouteComponent(
    withTexts('audit', () => import('~/features/audit/AuditPage.tsx')),
    'AuditPage',
  ),
  staticData: { permit: ({ can }) => can.readAudit },
});

const me = createRoute({
  getParentRoute: () => app,
  path: '/me',
  component: lazyRouteComponent(
    withTexts('account', () => import('~/features/account/AccountPage.tsx')),
    'AccountPage',
  ),
});

const tree = root.addChildren([
  login,
  app.addChildren([
    home,
    portal.addChildren([
      portalHome,
      distribute,
      dashboard,
      tickets,
      importFile,
      importExecution,
      map.addChildren([zone]),
      executions,
      execution,
    ]),
    allExecutions,
    anyExecution,
    cart,
    guests,
    outbox,
    organisation,
    models,
    pointsOfSale,
    products,
    alerts,
    contacts,
    playground,
    audit,
    me,
  ]),
]);

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

function back(href: string): string | undefined {
  return href === '/' ? undefined : href;
}

/** The session is over: sign in, and come back to where we were. */
export function signInAgain(router: ReturnType<typeof createAppRouter>) {
  const { pathname, href } = router.state.location;
  if (pathname !== '/login')
    window.location.assign(`/login${stringifySearch({ next: back(href) })}`);
}
