import { useLingui } from '@lingui/react/macro';
import type { Column } from '~/components/DataTable.tsx';
import { Tag } from '~/components/Tag.tsx';
import { usePlaceWords } from '~/components/usePlaceWords.ts';
import { useFormats } from '~/lib/format.ts';
import { useTicketStand } from './ticket-words.ts';
import type { TicketRow } from './tickets.data.ts';

/** The columns of the list of tickets; some only where there is room. */
export function useTicketColumns(): Column<TicketRow>[] {
  const { t } = useLingui();
  const format = useFormats();
  const stand = useTicketStand();
  const place = usePlaceWords();
  return [
    {
      key: 'number',
      header: t`Ticket`,
      width: 88,
      tabular: true,
      cell: ({ number }) => number,
    },
    {
      key: 'performance',
      header: t`Performance`,
      cell: ({ performance }) => performance?.name,
    },
    {
      key: 'date',
      header: t`Date`,
      width: 168,
      tabular: true,
      from: 1100,
      cell: ({ performance }) =>
        performance && format.dateTime(performance.startsAt, performance.timeZone),
    },
    {
      key: 'category',
      header: t`Category`,
      width: 130,
      from: 1500,
      cell: ({ seatCategory, tariff }) => seatCategory?.name ?? tariff.name,
    },
    { key: 'place', header: t`Place`, width: 236, cell: (ticket) => place(ticket) },
    {
      key: 'state',
      header: t`State`,
      width: 136,
      cell: (ticket) => {
        const { word, tone } = stand(ticket);
        return <Tag tone={tone}>{word}</Tag>;
      },
    },
    {
      key: 'holder',
      header: t`Guest`,
      cell: ({ holder }) =>
        holder && (
          <span title={holder.email}>
            {holder.firstName} {holder.lastName} <span className="dimmed">{holder.email}</span>
          </span>
        ),
    },
    {
      key: 'distributed',
      header: t`Distributed`,
      width: 118,
      tabular: true,
      from: 1500,
      cell: ({ distributedAt }) => distributedAt && format.date(distributedAt),
    },
  ];
}
