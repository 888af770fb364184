import { Trans, useLingui } from '@lingui/react/macro';
import { SegmentedControl } from '@mantine/core';
import { IconBellRinging } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type Column, DataTable } from '~/components/DataTable.tsx';
import { Page } from '~/components/Page.tsx';
import { PageHeader } from '~/components/PageHeader.tsx';
import { Empty, Failure, Freshness } from '~/components/States.tsx';
import { Tag } from '~/components/Tag.tsx';
import { useFormats } from '~/lib/format.ts';
import { usePages } from '~/lib/pages.ts';
import { AlertDrawer } from './AlertDrawer.tsx';
import { type Alert, AlertsQuery } from './alerts.data.ts';
import { TakeBacksChart } from './TakeBacksChart.tsx';
import { useAbout } from './words.ts';

const route = getRouteApi('/app/o/alerts');

/** Tickets and sponsors that passed a threshold of take-backs after download (TB-7). */
export function AlertsPage() {
  const { t } = useLingui();
  const navigate = useNavigate({ from: '/o/alerts' });
  const search = route.useSearch();
  const open = search.all === undefined;
  const pages = usePages(AlertsQuery, { open }, (data) => data.takeBackAlerts.pageInfo);
  const rows = pages.data?.takeBackAlerts.edges.map(({ node }) => node) ?? [];
  const columns = useColumns(open);
  return (
    <Page fixed>
      <PageHeader
        title={t`Alerts`}
        actions={
          <Freshness
            of={pages.data}
            busy={pages.busy}
            failed={Boolean(pages.data && pages.error)}
            onRefresh={pages.refresh}
          />
        }
      />
      <TakeBacksChart />
      <div>
        <SegmentedControl
          aria-label={t`Which alerts`}
          value={open ? 'open' : 'all'}
          data={[
            { value: 'open', label: t({ message: 'Open', context: 'alerts' }) },
            { value: 'all', label: t({ message: 'All', context: 'alerts' }) },
          ]}
          onChange={(which) =>
            navigate({ search: which === 'all' ? { all: 'yes' } : {}, replace: true })
          }
        />
      </div>
      {pages.error && !pages.data ? (
        <Failure error={pages.error} onRetry={pages.refresh} />
      ) : (
        <DataTable
          label={t`Alerts`}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          loading={pages.loading}
          more={pages.more}
          active={search.alert}
          onOpen={({ id }) => navigate({ search: (now) => ({ ...now, alert: id }) })}
          empty={
            <Empty icon={<IconBellRinging size={26} stroke={1.5} />} title={t`No alerts`}>
              <Trans>
                When tickets are taken back after download too often, it is told here. Admins set
                the thresholds beside the points of sale.
              </Trans>
            </Empty>
          }
        />
      )}
      <AlertDrawer
        alert={rows.find(({ id }) => id === search.alert)}
        onClose={() => navigate({ search: (now) => ({ ...now, alert: undefined }) })}
      />
    </Page>
  );
}

function useColumns(open: boolean): Column<Alert>[] {
  const { t } = useLingui();
  const format = useFormats();
  const about = useAbout();
  const columns: (Column<Alert> | false)[] = [
    {
      key: 'at',
      header: t`When`,
      width: 168,
      tabular: true,
      cell: ({ raisedAt }) => format.dateTime(raisedAt),
    },
    { key: 'sponsor', header: t`Sponsor`, width: 220, cell: ({ sponsor }) => sponsor?.name },
    {
      key: 'product',
      header: t`Product`,
      width: 260,
      from: 1100,
      cell: ({ product }) => product?.name,
    },
    { key: 'about', header: t`What was noticed`, cell: (alert) => about(alert) },
    !open && {
      key: 'state',
      header: t`State`,
      width: 150,
      cell: ({ acknowledgedAt }) =>
        acknowledgedAt ? (
          <Tag tone="neutral">{t`Looked into`}</Tag>
        ) : (
          <Tag tone="warn">{t({ message: 'Open', context: 'alerts' })}</Tag>
        ),
    },
  ];
  return columns.filter((column) => column !== false);
}
