import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, SegmentedControl, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconDownload, IconFilterOff } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { AddToCartButton } from '~/components/AddToCartButton.tsx';
import { CopyAsGraphQL } from '~/components/CopyAsGraphQL.tsx';
import { DataTable } from '~/components/DataTable.tsx';
import { DistributeDialog } from '~/components/DistributeDialog.tsx';
import { Page } from '~/components/Page.tsx';
import { PageHeader } from '~/components/PageHeader.tsx';
import { Empty, Failure, Freshness } from '~/components/States.tsx';
import { Tag } from '~/components/Tag.tsx';
import { TicketFilters } from '~/components/TicketFilters.tsx';
import { Toggle } from '~/components/Toggle.tsx';
import { useExport } from '~/components/useExport.ts';
import { useTakeBack } from '~/components/useTakeBack.tsx';
import { useViewer } from '~/graphql/viewer.data.ts';
import { useChosen } from '~/lib/chosen.ts';
import { useFormats } from '~/lib/format.ts';
import { useKeys } from '~/lib/keys.ts';
import { usePages } from '~/lib/pages.ts';
import { type TicketSearch, ticketFilter } from '~/lib/ticket-search.ts';
import { Narrowed } from './Narrowed.tsx';
import { RowTakeBack } from './RowTakeBack.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { TicketDrawer } from './TicketDrawer.tsx';
import { TicketCountQuery, TicketsProductQuery, TicketsQuery } from './tickets.data.ts';
import { useRemind } from './useRemind.ts';
import { useTakeBackHints } from './useTakeBackHints.ts';
import { useTicketColumns } from './useTicketColumns.tsx';

const route = getRouteApi('/app/p/distribute/$productId/tickets');

function readType(parameter: string) {
  const [performanceId, seatCategoryId, tariffId = ''] = parameter.split('~');
  return {
    performanceId: performanceId || null,
    seatCategoryId: seatCategoryId || null,
    tariffId,
  };
}

function useFilter() {
  const { productId } = route.useParams();
  const search = route.useSearch();
  const { organisation } = useViewer();
  const timeZone = organisation?.timeZone ?? 'UTC';
  return {
    ...ticketFilter(search, { timeZone, productId, sponsorId: search.sponsor }),
    performanceIds: search.performance,
    ticketTypes: search.type?.map(readType),
  };
}

/** What the server says of each ticket that its own filter found. */
const possible = { allowed: true, reason: null, message: null, setting: null };

/** All tickets behind a number of the dashboard, with their holders. */
export function TicketsPage() {
  const { t } = useLingui();
  const format = useFormats();
  const navigate = useNavigate({ from: '/p/distribute/$productId/tickets' });
  const { productId } = route.useParams();
  const search = route.useSearch();
  const { can } = useViewer();
  const filter = useFilter();
  const pages = usePages(
    TicketsQuery,
    { filter, orderBy: search.order === 'number' ? ('NUMBER' as const) : ('PLACE' as const) },
    (data) => data.tickets.pageInfo,
  );
  const [{ data: counted }] = useQuery({
    query: TicketCountQuery,
    variables: { filter },
    requestPolicy: 'cache-and-network',
  });
  const [{ data: product }] = useQuery({
    query: TicketsProductQuery,
    variables: { productId, filter: { sponsorId: search.sponsor } },
  });
  const { exporting, exportTickets } = useExport();
  const [giving, setGiving] = useState(false);
  // All that match are selected while the filter stays what it was when they were.
  const [allOf, setAllOf] = useState<string | null>(null);
  const all = allOf === JSON.stringify(filter);
  const { planning, takeBack, dialog } = useTakeBack({ sponsorId: search.sponsor, productId });
  const { reminding, remind } = useRemind(search.sponsor);
  const rows = useMemo(() => pages.data?.tickets.edges.map(({ node }) => node) ?? [], [pages.data]);
  const { chosen, choose, clear: unchoose } = useChosen(rows);
  const total = counted?.tickets.totalCount;
  const exportAll = () => exportTickets(filter);
  const open = (ticket: string | undefined) =>
    navigate({ search: (now) => ({ ...now, ticket }), replace: Boolean(search.ticket) });
  const change = (part: Partial<TicketSearch>) =>
    navigate({ search: (now) => ({ ...now, ...part }), replace: true });
  const hint = useTakeBackHints(rows, !can.distribute || search.takeBack === true);
  const columns = useTicketColumns();
  if (can.distribute) {
    columns.push({
      key: 'takeBack',
      header: <VisuallyHidden>{t`Take back`}</VisuallyHidden>,
      width: 44,
      cell: (ticket) => (
        <RowTakeBack
          ticket={ticket}
          answer={search.takeBack ? possible : hint(ticket)}
          busy={planning}
          onTakeBack={() => takeBack({ ticketIds: [ticket.id] })}
        />
      ),
    });
  }
  useKeys({
    ...(can.exportTicketDetails && { e: exportAll }),
    ...(can.importTicketDetails && {
      i: () => navigate({ to: '/p/distribute/$productId/import', params: { productId } }),
    }),
    ...(can.distribute && chosen.size > 0 && !all && { d: () => setGiving(true) }),
  });

  function tick(keys: string[], on: boolean) {
    choose(keys, on);
    setAllOf(null);
  }
  function clear() {
    unchoose();
    setAllOf(null);
  }
  function takeChosenBack() {
    if (all) takeBack({ filter, expectedCount: total });
    else takeBack({ ticketIds: [...chosen.keys()] });
  }
  const held = all || [...chosen.values()].some(({ holder }) => holder);

  const name = product?.ticketingDashboard?.product.name;
  return (
    <Page fixed>
      <PageHeader
        title={t`Tickets`}
        badge={
          total !== undefined && (
            <Tag>
              <Plural value={total} one="# ticket" other="# tickets" />
            </Tag>
          )
        }
        crumbs={[
          <Link key="all" to="/p/distribute">
            <Trans>Distribute your tickets</Trans>
          </Link>,
          <Link key="product" to="/p/distribute/$productId" params={{ productId }}>
            {name ?? '…'}
          </Link>,
        ]}
        actions={
          <>
            <Freshness
              of={pages.data}
              busy={pages.busy}
              failed={Boolean(pages.data && pages.error)}
              onRefresh={pages.refresh}
            />
            {can.exportTicketDetails && <CopyAsGraphQL action={exportAll} />}
            {can.exportTicketDetails && (
              <Tooltip label="E">
                <Button
                  leftSection={<IconDownload size={15} />}
                  loading={exporting}
                  disabled={total === 0}
                  onClick={exportAll}
                >
                  {total === undefined ? (
                    <Trans>Export</Trans>
                  ) : (
                    <Plural value={total} one="Export # ticket" other="Export # tickets" />
                  )}
                </Button>
              </Tooltip>
            )}
          </>
        }
      />
      <TicketFilters
        value={search}
        onChange={change}
        categories={product?.ticketingDashboard?.seatCategories ?? []}
        contingents={product?.ticketingDashboard?.contingents ?? []}
      >
        <Toggle
          on={search.show === 'distributed'}
          onChange={(on) => change({ show: on ? 'distributed' : undefined })}
        >
          <Trans>Already distributed</Trans>
        </Toggle>
        <Toggle
          on={search.show === 'waiting'}
          onChange={(on) => change({ show: on ? 'waiting' : undefined })}
        >
          <Trans>Not fetched yet</Trans>
        </Toggle>
        <Toggle
          on={search.takeBack === true}
          onChange={(on) => change({ takeBack: on || undefined })}
        >
          <Trans>Take back possible</Trans>
        </Toggle>
        <SegmentedControl
          aria-label={t`Order`}
          value={search.order ?? 'place'}
          onChange={(order) =>
            navigate({
              search: (now) => ({ ...now, order: order === 'number' ? 'number' : undefined }),
              replace: true,
            })
          }
          data={[
            { value: 'place', label: t`By place` },
            { value: 'number', label: t`By number` },
          ]}
        />
      </TicketFilters>
      {(search.performance || search.type) && <Narrowed rows={rows} />}
      {pages.error && !pages.data ? (
        <Failure error={pages.error} onRetry={pages.refresh} />
      ) : (
        <DataTable
          label={t`Tickets`}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          rowName={({ number }) => t`ticket ${format.number(number)}`}
          total={total}
          loading={pages.loading}
          more={pages.more}
          onOpen={({ id }) => open(id)}
          active={search.ticket}
          selection={can.distribute ? { keys: new Set(chosen.keys()), onChange: tick } : undefined}
          empty={
            <Empty
              icon={<IconFilterOff size={26} stroke={1.5} />}
              title={t`No ticket matches the filters`}
            >
              <Trans>Loosen or clear the filters to see more.</Trans>
            </Empty>
          }
        />
      )}
      {chosen.size > 0 && (
        <SelectionBar
          count={chosen.size}
          total={total}
          all={all}
          mayTakeAll={search.takeBack === true}
          mayRemind={search.show === 'waiting'}
          reminding={reminding}
          onRemind={() =>
            remind(all ? { filter, expectedCount: total } : { ticketIds: [...chosen.keys()] })
          }
          held={held}
          planning={planning}
          onAll={() => setAllOf(JSON.stringify(filter))}
          onClear={clear}
          onDistribute={() => setGiving(true)}
          cart={can.useCart && <AddToCartButton tickets={[...chosen.keys()]} onDone={clear} />}
          onTakeBack={takeChosenBack}
        />
      )}
      {dialog}
      <DistributeDialog
        tickets={[...chosen.keys()]}
        sponsorId={search.sponsor}
        opened={giving}
        onClose={() => setGiving(false)}
      />
      <TicketDrawer id={search.ticket} onClose={() => open(undefined)} />
    </Page>
  );
}
