import { Plural, Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import classes from './TicketsPage.module.css';
import type { TicketRow } from './tickets.data.ts';

const route = getRouteApi('/app/p/distribute/$productId/tickets');

/** Says that the list came from one row of the dashboard, and gives the way out. */
export function Narrowed({ rows }: { rows: TicketRow[] }) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/p/distribute/$productId/tickets' });
  const [first] = rows;
  const one = search.type?.length === 1;
  const words = search.type
    ? one && first
      ? [first.performance?.name, first.seatCategory?.name, first.tariff.name]
      : null
    : [first?.performance?.name];
  const all = () =>
    navigate({ search: (now) => ({ ...now, performance: undefined, type: undefined }) });
  return (
    <p className={classes.narrowed}>
      {words ? (
        words.filter(Boolean).join(' · ') || '…'
      ) : (
        <Plural
          value={search.type?.length ?? 0}
          one="# type of ticket"
          other="# types of tickets"
        />
      )}
      <Button variant="subtle" size="compact-xs" onClick={all}>
        <Trans>Show all tickets</Trans>
      </Button>
    </p>
  );
}
