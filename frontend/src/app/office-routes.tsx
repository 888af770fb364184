import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { withTexts } from '~/lib/i18n.ts';
import { readDay, readFlag, readText } from '~/lib/search.ts';
import { app, byDefault, optional, readRows } from './frame.tsx';

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

/** The pages of the organiser's people, and everybody's own. */
export const officeRoutes = [
  allExecutions,
  anyExecution,
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
] as const;
