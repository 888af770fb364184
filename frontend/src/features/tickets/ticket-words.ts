import { useLingui } from '@lingui/react/macro';
import type { Tone } from '~/components/Tag.tsx';
import type { TicketRow } from './tickets.data.ts';

type Stand = Pick<TicketRow, 'state' | 'location' | 'holder'>;

/** Where a ticket stands, in one word: what matters most to who gives it. */
export function useTicketStand(): (ticket: Stand) => { word: string; tone: Tone } {
  const { t } = useLingui();
  return ({ state, location, holder }) => {
    if (state === 'CANCELLED')
      return { word: t({ message: 'Cancelled', context: 'one ticket' }), tone: 'bad' };
    if (state === 'INVALIDATED') return { word: t`Invalidated`, tone: 'bad' };
    if (state === 'CONTROLLED')
      return { word: t({ message: 'Controlled', context: 'one ticket' }), tone: 'good' };
    switch (location) {
      case 'DOWNLOADED':
        return { word: t({ message: 'Downloaded', context: 'one ticket' }), tone: 'info' };
      case 'ACTIVATED':
        return { word: t`Code shown`, tone: 'info' };
      case 'TRANSFER_PENDING':
        return { word: t`Being passed on`, tone: 'warn' };
      case 'TRANSFERRED':
        return { word: t`Passed on`, tone: 'info' };
      case 'DELETION_PENDING':
        return { word: t`Being removed`, tone: 'warn' };
      case 'INJECTED':
        return { word: t`Sent`, tone: 'neutral' };
      default:
        return holder
          ? { word: t({ message: 'Distributed', context: 'one ticket' }), tone: 'neutral' }
          : { word: t({ message: 'Remaining', context: 'one ticket' }), tone: 'neutral' };
    }
  };
}

/** A state or a place of delivery as the history names it, in words; other texts stay. */
export function useHistoryValue(): (value: string) => string {
  const { t } = useLingui();
  const words: Record<string, string> = {
    NOT_PRINTED: t`Not printed`,
    PRINTED: t`Printed`,
    CONTROLLED: t({ message: 'Controlled', context: 'one ticket' }),
    CANCELLED: t({ message: 'Cancelled', context: 'one ticket' }),
    INVALIDATED: t`Invalidated`,
    NONE: t`Nowhere yet`,
    INJECTED: t`Sent`,
    DOWNLOADED: t({ message: 'Downloaded', context: 'one ticket' }),
    TRANSFER_PENDING: t`Being passed on`,
    TRANSFERRED: t`Passed on`,
    ACTIVATED: t`Code shown`,
    DELETION_PENDING: t`Being removed`,
    DELETED: t`Removed`,
  };
  return (value) => words[value] ?? value;
}
