import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconSend, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useQuery } from 'urql';
import { BulkBar } from '~/components/BulkBar.tsx';
import { type Column, DataTable } from '~/components/DataTable.tsx';
import { Empty, Failure } from '~/components/States.tsx';
import { CartGuestsQuery } from './cart.data.ts';
import type { Part } from './useCart.ts';

interface Props {
  userId: string | null;
  busy: boolean;
  onCheck: (part: Part) => void;
}

interface Row {
  email: string;
  firstName: string;
  lastName: string;
  ticketCount: number;
}

/** The cart by guest: all or some of them get their tickets, the others wait (CA-1). */
export function CartGuests({ userId, busy, onCheck }: Props) {
  const { t } = useLingui();
  const [{ data, error, fetching }, again] = useQuery({
    query: CartGuestsQuery,
    variables: { userId },
    requestPolicy: 'cache-and-network',
  });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const columns = useColumns();
  const guests: Row[] = data?.cart.guests ?? [];
  const tickets = guests
    .filter(({ email }) => chosen.has(email))
    .reduce((sum, { ticketCount }) => sum + ticketCount, 0);

  function choose(keys: string[], on: boolean) {
    const next = new Set(chosen);
    for (const key of keys) on ? next.add(key) : next.delete(key);
    setChosen(next);
  }
  if (error && !data) {
    const onRetry = () => again({ requestPolicy: 'network-only' });
    return <Failure error={error} onRetry={onRetry} />;
  }
  return (
    <>
      <DataTable
        label={t`Guests of the cart`}
        columns={columns}
        rows={guests}
        rowKey={({ email }) => email}
        loading={fetching && !data}
        selection={{ keys: chosen, onChange: choose }}
        empty={
          <Empty icon={<IconUsers size={26} stroke={1.5} />} title={t`No guest was chosen yet`}>
            <Trans>Select tickets in the list and say whom they are for.</Trans>
          </Empty>
        }
      />
      {chosen.size > 0 && (
        <BulkBar
          onClear={() => setChosen(new Set())}
          summary={
            <>
              <strong>
                <Plural value={chosen.size} one="# guest" other="# guests" />
              </strong>{' '}
              <span className="dimmed">
                <Plural value={tickets} one="with # ticket" other="with # tickets" />
              </span>
            </>
          }
        >
          <Button
            variant="subtle"
            leftSection={<IconSend size={15} />}
            loading={busy}
            onClick={() => onCheck({ emails: [...chosen] })}
          >
            <Trans>Check these guests</Trans>
          </Button>
        </BulkBar>
      )}
    </>
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useLingui();
  return [
    {
      key: 'name',
      header: t`Guest`,
      cell: ({ firstName, lastName }) => `${firstName} ${lastName}`.trim() || '–',
    },
    { key: 'email', header: t`E-mail address`, cell: ({ email }) => email },
    {
      key: 'tickets',
      header: t`Tickets`,
      width: 120,
      align: 'right',
      tabular: true,
      cell: ({ ticketCount }) => ticketCount,
    },
  ];
}
