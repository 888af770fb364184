import { Trans, useLingui } from '@lingui/react/macro';
import { type Column, DataTable, type Selection } from '~/components/DataTable.tsx';
import { Tag } from '~/components/Tag.tsx';
import { usePlaceWords } from '~/components/usePlaceWords.ts';
import { useFormats } from '~/lib/format.ts';
import classes from './Cart.module.css';
import type { Line } from './cart.data.ts';

interface Props {
  lines: Line[];
  total: number | undefined;
  loading: boolean;
  more: { has: boolean; busy: boolean; load: () => void };
  selection: Selection;
  empty: React.ReactNode;
}

/** The tickets of a cart, each with whom it is for and what stands in its way (CA-4). */
export function CartLines({ lines, empty, ...rest }: Props) {
  const { t } = useLingui();
  return (
    <DataTable
      label={t`Tickets in the cart`}
      columns={useColumns(lines.some(({ problem }) => problem))}
      rows={lines}
      rowKey={({ id }) => id}
      rowName={({ ticket }) => t`ticket ${ticket.number}`}
      empty={empty}
      tall={lines.some(({ problem }) => problem)}
      {...rest}
    />
  );
}

function useColumns(withProblems: boolean): Column<Line>[] {
  const { t } = useLingui();
  const format = useFormats();
  const place = usePlaceWords();
  const problem: Column<Line> = {
    key: 'problem',
    header: t`What to do`,
    cell: ({ problem }) => problem && <span className={classes.problem}>{problem.message}</span>,
  };
  return [
    {
      key: 'number',
      header: t`Ticket`,
      width: 88,
      tabular: true,
      from: 1300,
      cell: ({ ticket }) => ticket.number,
    },
    {
      key: 'performance',
      header: t`Performance`,
      cell: ({ ticket }) => ticket.performance?.name ?? ticket.product.name,
    },
    {
      key: 'start',
      header: t`Date`,
      width: 168,
      tabular: true,
      from: 1100,
      cell: ({ ticket: { performance } }) =>
        performance && format.dateTime(performance.startsAt, performance.timeZone),
    },
    {
      key: 'place',
      header: t`Place`,
      width: 236,
      cell: ({ ticket }) => place(ticket) || (ticket.seatCategory?.name ?? ticket.tariff.name),
    },
    { key: 'guest', header: t`Guest`, cell: (line) => <Whom line={line} /> },
    ...(withProblems ? [problem] : []),
  ];
}

function Whom({ line: { guest, toMe } }: { line: Line }) {
  if (toMe) {
    return (
      <Tag tone="info">
        <Trans>Back to me</Trans>
      </Tag>
    );
  }
  if (!guest) {
    return (
      <span className="dimmed">
        <Trans>Nobody yet</Trans>
      </span>
    );
  }
  return (
    <span title={guest.email}>
      {guest.firstName} {guest.lastName} <span className="dimmed">{guest.email}</span>
    </span>
  );
}
