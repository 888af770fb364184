import { Trans, useLingui } from '@lingui/react/macro';
import { IconFilterOff } from '@tabler/icons-react';
import { type Column, DataTable, type Selection } from '~/components/DataTable.tsx';
import { Empty } from '~/components/States.tsx';
import { useFormats } from '~/lib/format.ts';
import type { ZoneData, ZoneTicket } from './map.data.ts';
import { StateMark } from './StateMark.tsx';
import { countOf, lookOf, type Mark, passes, shownMarks } from './states.ts';
import { useLookWords, useMarkWords } from './words.ts';

interface TicketsProps {
  zone: ZoneData;
  tickets: readonly ZoneTicket[] | undefined;
  loading: boolean;
  show: Mark | undefined;
  selection: Selection | undefined;
}

/** The seats of a zone as a table: the same as on the map, and the same can be done with them. */
export function TicketList({ zone, tickets, loading, show, selection }: TicketsProps) {
  const { t } = useLingui();
  const words = useLookWords();
  const rows = (tickets ?? []).filter(({ state }) => passes(state, show));
  const place = (ticket: ZoneTicket) =>
    [ticket.row && t`row ${ticket.row}`, ticket.seat && t`seat ${ticket.seat}`]
      .filter(Boolean)
      .join(', ');
  const columns: Column<ZoneTicket>[] = [
    { key: 'row', header: t`Row`, width: 76, tabular: true, cell: ({ row }) => row },
    { key: 'seat', header: t`Seat`, width: 76, tabular: true, cell: ({ seat }) => seat },
    {
      key: 'state',
      header: t`State`,
      width: 140,
      cell: ({ state }) => (
        <>
          <StateMark look={lookOf(state)} /> {words[lookOf(state)]}
        </>
      ),
    },
    {
      key: 'holder',
      header: t`Guest`,
      cell: ({ holder }) =>
        holder && ([holder.firstName, holder.lastName].filter(Boolean).join(' ') || holder.email),
    },
    { key: 'email', header: t`E-mail`, from: 1300, cell: ({ holder }) => holder?.email },
    { key: 'category', header: t`Category`, from: 1300, cell: ({ category }) => category },
    {
      key: 'number',
      header: t`Ticket`,
      width: 100,
      tabular: true,
      from: 1500,
      cell: ({ number }) => number,
    },
  ];
  return (
    <DataTable
      label={t`Seats of ${zone.name}`}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      rowName={(ticket) => place(ticket) || t`ticket ${ticket.number}`}
      total={rows.length}
      loading={loading && !tickets}
      selection={selection}
      empty={
        <Empty
          icon={<IconFilterOff size={26} stroke={1.5} />}
          title={t`No ticket matches the filters`}
        >
          <Trans>Choose another state above to see more.</Trans>
        </Empty>
      }
    />
  );
}

interface ZonesProps {
  zones: readonly ZoneData[];
  onOpen: (zone: ZoneData) => void;
}

/** The zones with all their counts as a table. */
export function ZoneTable({ zones, onOpen }: ZonesProps) {
  const { t } = useLingui();
  const format = useFormats();
  const words = useMarkWords();
  const number = (key: string, header: string, value: (zone: ZoneData) => number) => ({
    key,
    header,
    width: 120,
    align: 'right' as const,
    tabular: true,
    cell: (zone: ZoneData) => format.number(value(zone)),
  });
  const columns: Column<ZoneData>[] = [
    { key: 'name', header: t`Zone`, cell: ({ name }) => name },
    number('allocated', t`Allocated`, ({ counts }) => counts.allocated),
    ...shownMarks.map((mark) => number(mark, words[mark], ({ counts }) => countOf(counts, mark))),
  ];
  return (
    <DataTable
      label={t`Zones`}
      columns={columns}
      rows={zones.filter(({ counts }) => counts.allocated > 0)}
      rowKey={({ id }) => id}
      onOpen={onOpen}
    />
  );
}
