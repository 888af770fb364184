import { useLingui } from '@lingui/react/macro';
import { useShows } from '~/components/shows.ts';
import type { Look, Mark } from './states.ts';

/** What the filters are called, in the words of the dashboard. */
export function useMarkWords(): Record<Mark, string> {
  const { t } = useLingui();
  const shows = useShows();
  return {
    remaining: shows.remaining,
    inCart: t`In cart`,
    distributed: shows.distributed,
    downloaded: shows.downloaded,
    controlled: shows.controlled,
    takeBack: t`Take back possible`,
  };
}

/** Where one seat stands, in a word. */
export function useLookWords(): Record<Look, string> {
  const { t } = useLingui();
  return {
    other: t`Not yours`,
    remaining: t({ message: 'Remaining', context: 'one ticket' }),
    inCart: t`In the cart`,
    distributed: t({ message: 'Distributed', context: 'one ticket' }),
    downloaded: t({ message: 'Downloaded', context: 'one ticket' }),
    controlled: t({ message: 'Controlled', context: 'one ticket' }),
  };
}
