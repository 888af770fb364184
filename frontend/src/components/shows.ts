import { useLingui } from '@lingui/react/macro';
import type { Show } from '~/lib/ticket-search.ts';

/** What a list of tickets can be narrowed to, in the words of the dashboard. */
export function useShows(): Record<Show, string> {
  const { t } = useLingui();
  return {
    remaining: t`Remaining`,
    distributed: t`Distributed`,
    waiting: t`Not fetched yet`,
    downloaded: t`Downloaded`,
    controlled: t`Controlled`,
    cancelled: t`Cancelled`,
  };
}
