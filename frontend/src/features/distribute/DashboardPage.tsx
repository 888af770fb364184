import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Tooltip } from '@mantine/core';
import {
  IconDownload,
  IconFilterOff,
  IconList,
  IconShoppingCart,
  IconTicketOff,
  IconUpload,
} from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { BulkBar } from '~/components/BulkBar.tsx';
import { CopyAsGraphQL } from '~/components/CopyAsGraphQL.tsx';
import { Page } from '~/components/Page.tsx';
import { PageHeader } from '~/components/PageHeader.tsx';
import { Empty, Failure, Freshness } from '~/components/States.tsx';
import { TicketFilters } from '~/components/TicketFilters.tsx';
import { Toggle } from '~/components/Toggle.tsx';
import { useExport } from '~/components/useExport.ts';
import { useViewer } from '~/graphql/viewer.data.ts';
import { useKeys } from '~/lib/keys.ts';
import { usePages } from '~/lib/pages.ts';
import { hasFilter, type TicketSearch, ticketFilter } from '~/lib/ticket-search.ts';
import { DashboardQuery } from './DashboardPage.data.ts';
import { DashboardSkeleton, DashboardTable } from './DashboardTable.tsx';
import { ProgressChart } from './ProgressChart.tsx';
import { mostLots, QuantityDialog } from './QuantityDialog.tsx';
import { mostTypes, typeParameter, useTypeSelection } from './selection.ts';
import { Totals } from './Totals.tsx';

const route = getRouteApi('/app/p/distribute/$productId');

/** The ticketing dashboard of a product: what is allotted, given, fetched, scanned (DA-1, DA-3). */
export function DashboardPage() {
  const { t } = useLingui();
  const navigate = useNavigate({ from: '/p/distribute/$productId' });
  const { productId } = route.useParams();
  const search = route.useSearch();
  const { organisation, can } = useViewer();
  const scope = { timeZone: organisation?.timeZone ?? 'UTC', sponsorId: search.sponsor };
  const filter = ticketFilter(search, scope);
  // Without a filter of state the dashboard counts as the server does, cancelled tickets apart.
  const shown = search.show ? filter : { ...filter, states: undefined };
  const pages = usePages(
    DashboardQuery,
    { productId, filter: shown },
    (data) => data.ticketingDashboard?.groups.pageInfo,
  );
  const selection = useTypeSelection();
  const { exporting, exportTickets } = useExport();
  const [counting, setCounting] = useState(false);
  const dashboard = pages.data?.ticketingDashboard;

  const change = (part: Partial<TicketSearch>) =>
    navigate({ search: (now) => ({ ...now, ...part }), replace: true });
  const scopeOfExport = { productId, sponsorId: search.sponsor };
  const exportAll = () => exportTickets({ ...filter, productId });
  const exportSelected = () => exportTickets({ ...scopeOfExport, ticketTypes: selection.inputs });
  const importFile = () =>
    navigate({ to: '/p/distribute/$productId/import', params: { productId } });
  useKeys({
    ...(can.exportTicketDetails && { e: selection.count ? exportSelected : exportAll }),
    ...(can.importTicketDetails && { i: importFile }),
  });

  if (pages.error && !dashboard) {
    return (
      <Page>
        <Failure error={pages.error} onRetry={pages.refresh} />
      </Page>
    );
  }
  if (pages.data && !dashboard) return <NothingHeld />;
  const actions = (
    <>
      {can.importTicketDetails && (
        <Tooltip label="I">
          <Button variant="default" leftSection={<IconUpload size={15} />} onClick={importFile}>
            <Trans>Import ticket details</Trans>
          </Button>
        </Tooltip>
      )}
      {can.exportTicketDetails && (
        <CopyAsGraphQL
          action={selection.count ? exportSelected : exportAll}
          disabled={selection.count > mostTypes}
        />
      )}
      {can.exportTicketDetails && (
        <Tooltip label="E">
          <Button
            leftSection={<IconDownload size={15} />}
            loading={exporting}
            disabled={selection.count > mostTypes}
            onClick={selection.count ? exportSelected : exportAll}
          >
            <Trans>Export ticket details</Trans>
          </Button>
        </Tooltip>
      )}
    </>
  );
  const groups = dashboard?.groups.edges.map(({ node }) => node) ?? [];
  return (
    <Page>
      <PageHeader
        title={dashboard?.product.name ?? t`Ticketing dashboard`}
        crumbs={[
          <Link key="all" to="/p/distribute">
            <Trans>Distribute your tickets</Trans>
          </Link>,
          dashboard?.product.season.name ?? '…',
        ]}
        actions={actions}
      />
      <Totals counts={dashboard?.counts} productId={productId} search={search} />
      <TicketFilters
        value={search}
        onChange={change}
        categories={dashboard?.seatCategories ?? []}
        contingents={dashboard?.contingents ?? []}
      >
        {groups.some(({ performance }) => performance) && (
          <Toggle
            on={search.view === 'chart'}
            onChange={(on) =>
              navigate({
                search: (now) => ({ ...now, view: on ? 'chart' : undefined }),
                replace: true,
              })
            }
          >
            <Trans>Chart</Trans>
          </Toggle>
        )}
        <Freshness
          of={pages.data}
          busy={pages.busy}
          failed={Boolean(pages.error)}
          onRefresh={pages.refresh}
        />
      </TicketFilters>
      {!dashboard && <DashboardSkeleton />}
      {dashboard && groups.length === 0 && (
        <Empty
          icon={<IconFilterOff size={26} stroke={1.5} />}
          title={t`No ticket matches the filters`}
        >
          {hasFilter(search) && <Trans>Loosen or clear the filters to see more.</Trans>}
        </Empty>
      )}
      {search.view === 'chart' && groups.length > 0 && <ProgressChart groups={groups} />}
      {groups.length > 0 && (
        <DashboardTable
          groups={groups}
          productId={productId}
          search={search}
          selection={selection}
          more={pages.more}
        />
      )}
      {selection.count > 0 && (
        <BulkBar
          onClear={selection.clear}
          summary={
            <>
              <strong>
                <Plural value={selection.tickets} one="# ticket" other="# tickets" />
              </strong>{' '}
              <span className="dimmed">
                <Plural value={selection.count} one="of # type" other="of # types" />
              </span>
            </>
          }
        >
          {can.exportTicketDetails && (
            <Button
              variant="subtle"
              leftSection={<IconDownload size={15} />}
              loading={exporting}
              disabled={selection.count > mostTypes}
              title={selection.count > mostTypes ? t`100 types at most in one workbook` : 'E'}
              onClick={exportSelected}
            >
              <Trans>Export</Trans>
            </Button>
          )}
          {can.importTicketDetails && (
            <Button variant="subtle" leftSection={<IconUpload size={15} />} onClick={importFile}>
              <Trans>Import</Trans>
            </Button>
          )}
          {can.useCart && (
            <Button
              variant="subtle"
              leftSection={<IconShoppingCart size={15} />}
              disabled={selection.count > mostLots || selection.free === 0}
              title={selection.count > mostLots ? t`20 types at most at once` : undefined}
              onClick={() => setCounting(true)}
            >
              <Trans>Add to cart…</Trans>
            </Button>
          )}
          <Button
            variant="subtle"
            leftSection={<IconList size={15} />}
            disabled={selection.count > mostTypes}
            onClick={() =>
              navigate({
                to: '/p/distribute/$productId/tickets',
                params: { productId },
                search: { type: selection.inputs.map(typeParameter) },
              })
            }
          >
            <Trans>Show the tickets</Trans>
          </Button>
        </BulkBar>
      )}
      {counting && (
        <QuantityDialog
          types={selection.types}
          productId={productId}
          onClose={() => setCounting(false)}
          onDone={() => {
            setCounting(false);
            selection.clear();
            pages.refresh();
          }}
        />
      )}
    </Page>
  );
}

function NothingHeld() {
  const { t } = useLingui();
  return (
    <Page>
      <PageHeader title={t`Ticketing dashboard`} />
      <Empty
        icon={<IconTicketOff size={26} stroke={1.5} />}
        title={t`You hold no tickets of this product`}
        action={
          <Button component={Link} to="/p/distribute">
            <Trans>To your products</Trans>
          </Button>
        }
      />
    </Page>
  );
}
