import { type Cache, cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';

const embedded = [
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
  'MailStateCount',
  'Money',
  'Place',
  'PackedSeats',
  'PackedTickets',
  'PastedGuest',
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
