import {
  createRoute,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import { withTexts } from '~/lib/i18n.ts';
import { marksShown } from '~/lib/map-search.ts';
import { readFlag, readList, readText, readWord } from '~/lib/search.ts';
import { readTicketSearch } from '~/lib/ticket-search.ts';
import { app, byDefault, optional, readRows } from './frame.tsx';

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

/** The pages of sponsors and guests. */
export const portalRoutes = [
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
  cart,
  guests,
] as const;
