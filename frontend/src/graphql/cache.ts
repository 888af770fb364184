import { type Cache, cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { type Viewer, ViewerQuery } from './viewer.data.ts';

const embedded = [
  'Anonymisation',
  'AuditChange',
  'AuditEntry',
  'CartGuest',
  'DashboardGroup',
  'ExecutionCounts',
  'ExecutionDecision',
  'ExecutionDownloads',
  'ExecutionEvent',
  'ExecutionPermissions',
  'ExecutionRow',
  'HeldProduct',
  'Holder',
  'MailModel',
  'MailModelPreview',
  'MailStateCount',
  'Money',
  'OrganisationMark',
  'PackedSeats',
  'PackedTickets',
  'PastedGuest',
  'Place',
  'PlanBox',
  'PlanPoint',
  'PlanShape',
  'PlanTotals',
  'Possibility',
  'Progress',
  'ReasonCount',
  'Removal',
  'RowProblem',
  'SeatMap',
  'SeatMapTicket',
  'SeatMapZone',
  'TakeBackWeek',
  'TicketCounts',
  'TicketHistoryEntry',
  'TicketType',
  'TicketingDashboard',
  'Viewer',
  'ViewerPermissions',
  'ZoneCategory',
];

/** What the root query holds about tickets and executions is out of date: ask again when shown. */
export function forget(cache: Cache, fields: string[]) {
  for (const { fieldName, fieldKey } of cache.inspectFields('Query')) {
    if (fields.includes(fieldName)) cache.invalidate('Query', fieldKey);
  }
}

const ticketLists = ['tickets', 'heldProducts', 'ticketingDashboard', 'seatMap', 'seatMapTickets'];

interface EventResult {
  executionProgress?: { execution?: { state?: string } };
}

type View = Viewer['savedViews'][number];

function changeViews(cache: Cache, change: (views: View[]) => View[]) {
  cache.updateQuery({ query: ViewerQuery }, (data) =>
    data?.viewer
      ? { ...data, viewer: { ...data.viewer, savedViews: change(data.viewer.savedViews) } }
      : data,
  );
}

/** The views with this one among them; a new default ends its page's former one. */
function withView(views: View[], saved: View): View[] {
  const others = views
    .filter(({ id }) => id !== saved.id)
    .map((view) =>
      saved.isDefault && view.path === saved.path ? { ...view, isDefault: false } : view,
    );
  return [...others, saved].sort((a, b) => a.name.localeCompare(b.name));
}

/** Keeps one copy of every object, so that progress, lists and details never contradict. */
export const cache = () =>
  cacheExchange({
    keys: Object.fromEntries(embedded.map((name) => [name, () => null])),
    resolvers: {
      Query: {
        tickets: relayPagination(),
        executions: relayPagination(),
        mails: relayPagination(),
        auditEntries: relayPagination(),
        takeBackAlerts: relayPagination(),
        individuals: relayPagination(),
        sponsors: relayPagination(),
        addressBook: relayPagination(),
        productRules: relayPagination(),
        performanceRules: relayPagination(),
      },
      Execution: { rows: relayPagination() },
      Cart: { lines: relayPagination() },
      TicketingDashboard: { groups: relayPagination() },
    },
    updates: {
      Mutation: {
        signIn: (_result, _args, store) => forget(store, ['viewer']),
        saveView: (result: { saveView?: { view?: View } }, _args, store) => {
          const saved = result.saveView?.view;
          if (saved) changeViews(store, (views) => withView(views, saved));
        },
        deleteView: (result: { deleteView?: { deletedId?: string } }, _args, store) =>
          changeViews(store, (views) =>
            views.filter(({ id }) => id !== result.deleteView?.deletedId),
          ),
        createApiToken: (_result, _args, store) => forget(store, ['viewer']),
        distribute: (_result, _args, store) => forget(store, [...ticketLists, 'executions']),
        planReclaim: (_result, _args, store) => forget(store, ['executions']),
        planUndo: (_result, _args, store) => forget(store, ['executions']),
        reclaim: (_result, _args, store) => forget(store, [...ticketLists, 'executions']),
        addToCart: (_result, _args, store) => forget(store, [...ticketLists, 'cart', 'carts']),
        assignCartLines: (_result, _args, store) => forget(store, ['cart', 'carts']),
        removeFromCart: (_result, _args, store) => forget(store, [...ticketLists, 'cart', 'carts']),
        spreadCart: (_result, _args, store) => forget(store, ['cart', 'carts']),
        saveAddressBookEntry: (_result, _args, store) => forget(store, ['addressBook']),
        deleteAddressBookEntries: (_result, _args, store) => forget(store, ['addressBook']),
        planCart: (_result, _args, store) => forget(store, ['executions']),
        planDistribution: (_result, _args, store) => forget(store, ['executions']),
        applyPlan: (_result, _args, store) =>
          forget(store, [...ticketLists, 'executions', 'cart', 'carts']),
        approveExecution: (_result, _args, store) => forget(store, ticketLists),
        acknowledgeTakeBackAlert: (_result, _args, store) => forget(store, ['takeBackAlerts']),
        cancelExecution: (_result, _args, store) => forget(store, ticketLists),
        cancelRemoval: (_result, _args, store) => forget(store, ticketLists),
        resendMails: (_result, _args, store) => forget(store, ['mailStates', 'mails']),
      },
      Subscription: {
        executionProgress: (result: EventResult, _args, store) => {
          const state = result.executionProgress?.execution?.state;
          if (state === 'DONE' || state === 'CANCELLED') forget(store, ticketLists);
        },
      },
    },
  });
