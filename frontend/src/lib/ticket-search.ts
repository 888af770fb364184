import { readDay, readFlag, readList, readText, readWord } from './search.ts';
import { dayStart, nextDay } from './time.ts';

/** Which tickets a list shows, seen from the sponsor: each is a number of the dashboard. */
export const shows = [
  'remaining',
  'distributed',
  'waiting',
  'downloaded',
  'controlled',
  'cancelled',
] as const;
export type Show = (typeof shows)[number];

/** The filters of the dashboard and of the list of tickets, as they stand in the address (DA-3). */
export interface TicketSearch {
  q?: string;
  from?: string;
  to?: string;
  category?: string[];
  contingent?: string[];
  show?: Show;
  /** Only those that the viewer can take back now. */
  takeBack?: true;
  /** Only those that lie in a cart. */
  inCart?: true;
}

export function readTicketSearch(raw: Record<string, unknown>): TicketSearch {
  return {
    q: readText(raw, 'q'),
    from: readDay(raw, 'from'),
    to: readDay(raw, 'to'),
    category: readList(raw, 'category'),
    contingent: readList(raw, 'contingent'),
    show: readWord(raw, 'show', shows),
    takeBack: readFlag(raw, 'takeBack'),
    inCart: readFlag(raw, 'inCart'),
  };
}

export function hasFilter(search: TicketSearch): boolean {
  return Object.values(readTicketSearch({ ...search })).some((value) => value !== undefined);
}

const valid = ['NOT_PRINTED', 'PRINTED', 'CONTROLLED'] as const;
const fetched = ['DOWNLOADED', 'TRANSFER_PENDING', 'TRANSFERRED', 'ACTIVATED'] as const;

/** What a number of the dashboard asks of the server, so that number and list agree. */
function narrow(show: Show | undefined) {
  switch (show) {
    case 'remaining':
      return { distributed: false, states: ['NOT_PRINTED' as const, 'PRINTED' as const] };
    case 'distributed':
      return { distributed: true, states: [...valid] };
    case 'waiting':
      return {
        distributed: true,
        downloaded: false,
        states: ['NOT_PRINTED' as const, 'PRINTED' as const],
      };
    case 'downloaded':
      return { locations: [...fetched], states: [...valid] };
    case 'controlled':
      return { states: ['CONTROLLED' as const] };
    case 'cancelled':
      return { states: ['CANCELLED' as const, 'INVALIDATED' as const] };
    default:
      return { states: [...valid] };
  }
}

/** The server's filter for what stands in the address; days are those of the organisation's zone. */
export function ticketFilter(
  search: TicketSearch,
  scope: { timeZone: string; productId?: string; sponsorId?: string },
) {
  return {
    ...narrow(search.show),
    productId: scope.productId,
    sponsorId: scope.sponsorId,
    search: search.q,
    from: search.from && dayStart(search.from, scope.timeZone),
    to: search.to && dayStart(nextDay(search.to), scope.timeZone),
    seatCategoryIds: search.category,
    contingentIds: search.contingent,
    takeBackPossible: search.takeBack,
    inCart: search.inCart,
  };
}
