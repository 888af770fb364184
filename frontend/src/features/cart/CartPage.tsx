import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import {
  IconArrowBackUp,
  IconSend,
  IconShoppingCart,
  IconTrash,
  IconUser,
} from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { BulkBar } from '~/components/BulkBar.tsx';
import { type Column, DataTable } from '~/components/DataTable.tsx';
import { Notice } from '~/components/Notice.tsx';
import { Page } from '~/components/Page.tsx';
import { PageHeader } from '~/components/PageHeader.tsx';
import { Empty, Failure, Freshness } from '~/components/States.tsx';
import { Tag } from '~/components/Tag.tsx';
import { toast } from '~/components/toast.ts';
import { useFormats } from '~/lib/format.ts';
import { usePages } from '~/lib/pages.ts';
import { AssignDialog, type Assigned } from './AssignDialog.tsx';
import {
  AssignMutation,
  CartQuery,
  CartsQuery,
  type Line,
  PlanCartMutation,
  RemoveMutation,
} from './cart.data.ts';

const route = getRouteApi('/app/p/cart');

/** A distribution prepared over days: whom each ticket is for, and then all at once (CA-1). */
export function CartPage() {
  const { t } = useLingui();
  const { owner } = route.useSearch();
  const userId = owner ?? null;
  const pages = usePages(CartQuery, { userId, first: 100 }, (data) => data.cart.lines.pageInfo);
  const cart = pages.data?.cart;
  const lines = cart?.lines.edges.map(({ node }) => node) ?? [];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [assigning, setAssigning] = useState(false);
  const change = useChange(userId, () => {
    setChosen(new Set());
    setAssigning(false);
    pages.refresh();
  });
  const columns = useColumns();

  function choose(keys: string[], on: boolean) {
    const next = new Set(chosen);
    for (const key of keys) on ? next.add(key) : next.delete(key);
    setChosen(next);
  }
  return (
    <Page fixed>
      <PageHeader
        title={t`Distribution cart`}
        actions={
          <>
            <Freshness
              of={pages.data}
              busy={pages.busy}
              failed={Boolean(pages.data && pages.error)}
              onRefresh={pages.refresh}
            />
            <Button
              leftSection={<IconSend size={16} />}
              disabled={!cart?.readyCount}
              loading={change.busy}
              onClick={() => change.plan([...chosen])}
            >
              {chosen.size > 0 ? (
                <Trans>Check the selected</Trans>
              ) : (
                <Plural
                  value={cart?.readyCount ?? 0}
                  one="Check # ticket"
                  other="Check # tickets"
                />
              )}
            </Button>
          </>
        }
      />
      {cart && !cart.mine && (
        <Notice tone="warn" icon={<IconUser size={17} stroke={1.7} />}>
          <Trans>
            This is the cart of {cart.ownerName}. What you do here is recorded as yours.
          </Trans>
        </Notice>
      )}
      <Colleagues owner={userId} />
      {pages.error && !pages.data ? (
        <Failure error={pages.error} onRetry={pages.refresh} />
      ) : (
        <DataTable
          label={t`Tickets in the cart`}
          columns={columns}
          rows={lines}
          rowKey={({ id }) => id}
          rowName={({ ticket }) => String(ticket.number)}
          loading={pages.loading}
          more={pages.more}
          selection={{ keys: chosen, onChange: choose }}
          empty={
            <Empty icon={<IconShoppingCart size={26} stroke={1.5} />} title={t`The cart is empty`}>
              <Trans>Select seats on the map of a performance and put them into the cart.</Trans>
            </Empty>
          }
        />
      )}
      {chosen.size > 0 && (
        <BulkBar
          onClear={() => setChosen(new Set())}
          summary={
            <strong>
              <Plural value={chosen.size} one="# ticket" other="# tickets" />
            </strong>
          }
        >
          <Button
            variant="subtle"
            leftSection={<IconUser size={15} />}
            onClick={() => setAssigning(true)}
          >
            <Trans>Choose a guest…</Trans>
          </Button>
          <Button
            variant="subtle"
            leftSection={<IconArrowBackUp size={15} />}
            onClick={() => change.assign([...chosen], 'me')}
          >
            <Trans>Assign to me</Trans>
          </Button>
          <Button
            variant="subtle"
            leftSection={<IconTrash size={15} />}
            onClick={() => change.remove([...chosen])}
          >
            <Trans>Take out</Trans>
          </Button>
        </BulkBar>
      )}
      <AssignDialog
        opened={assigning}
        count={chosen.size}
        busy={change.busy}
        onClose={() => setAssigning(false)}
        onAssign={(guest) => change.assign([...chosen], guest)}
      />
    </Page>
  );
}

/** The carts of the relays of the same structure, where any of them holds something. */
function Colleagues({ owner }: { owner: string | null }) {
  const navigate = useNavigate({ from: '/p/cart' });
  const [{ data }] = useQuery({ query: CartsQuery, requestPolicy: 'cache-and-network' });
  const carts = data?.carts ?? [];
  if (carts.length < 2) return null;
  return (
    <Button.Group>
      {carts.map(({ userId, ownerName, mine, lineCount }) => {
        const open = mine ? !owner : owner === userId;
        return (
          <Button
            key={userId}
            size="xs"
            variant={open ? 'light' : 'default'}
            aria-pressed={open}
            onClick={() =>
              navigate({ search: (now) => ({ ...now, owner: mine ? undefined : userId }) })
            }
          >
            {mine ? <Trans>My cart</Trans> : ownerName} · {lineCount}
          </Button>
        );
      })}
    </Button.Group>
  );
}

/** The changes of a cart; what is refused is said, what went well is shown by the list. */
function useChange(userId: string | null, onDone: () => void) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [assigned, assign] = useMutation(AssignMutation);
  const [removed, remove] = useMutation(RemoveMutation);
  const [planned, plan] = useMutation(PlanCartMutation);

  function settle(problem: string | undefined, failed: boolean) {
    if (!problem && !failed) return onDone();
    toast({
      tone: 'bad',
      title: t`The cart was not changed`,
      message: problem ?? t`The server cannot be reached.`,
    });
  }
  return {
    busy: assigned.fetching || removed.fetching || planned.fetching,
    async assign(lineIds: string[], to: Assigned | 'me') {
      const assignments = lineIds.map((lineId) =>
        to === 'me' ? { lineId, toMe: true } : { lineId, guest: to },
      );
      const { data, error } = await assign({ input: { userId, assignments } });
      settle(data?.assignCartLines.userErrors[0]?.message, Boolean(error));
    },
    async remove(lineIds: string[]) {
      const { data, error } = await remove({ input: { userId, lineIds } });
      settle(data?.removeFromCart.userErrors[0]?.message, Boolean(error));
    },
    async plan(lineIds: string[]) {
      const { data, error } = await plan({
        input: { userId, lineIds: lineIds.length > 0 ? lineIds : null },
      });
      const id = data?.planCart.execution?.id;
      if (!id) return settle(data?.planCart.userErrors[0]?.message, Boolean(error));
      await navigate({ to: '/p/executions/$executionId', params: { executionId: id } });
    },
  };
}

function useColumns(): Column<Line>[] {
  const { t } = useLingui();
  const format = useFormats();
  return [
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
      cell: ({ ticket: { performance } }) => performance && format.dateTime(performance.startsAt),
    },
    {
      key: 'place',
      header: t`Place`,
      width: 210,
      cell: ({ ticket: { place, item, seatCategory } }) =>
        [place.area, place.row, place.seat, item].filter(Boolean).join(' · ') || seatCategory?.name,
    },
    { key: 'guest', header: t`Guest`, width: 280, cell: (line) => <Whom line={line} /> },
    {
      key: 'problem',
      header: t`What to do`,
      cell: ({ problem }) => problem && <Tag tone="bad">{problem.message}</Tag>,
    },
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
      <span>
        <Trans>Nobody yet</Trans>
      </span>
    );
  }
  return `${[guest.firstName, guest.lastName].filter(Boolean).join(' ')} ${guest.email}`.trim();
}
