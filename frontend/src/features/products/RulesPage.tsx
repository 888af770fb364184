import { Trans, useLingui } from '@lingui/react/macro';
import { IconTicket } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type Column, DataTable } from '~/components/DataTable.tsx';
import { Page } from '~/components/Page.tsx';
import { PageHeader } from '~/components/PageHeader.tsx';
import { Empty, Failure, Freshness } from '~/components/States.tsx';
import { useViewer } from '~/graphql/viewer.data.ts';
import { usePages } from '~/lib/pages.ts';
import { RulesDrawer } from './RulesDrawer.tsx';
import { type ProductRules, ProductRulesQuery } from './rules.data.ts';
import { useRuleWords } from './words.ts';

const route = getRouteApi('/app/o/products');

/** The organisation's products and what limits the distribution of their tickets (DI-10). */
export function RulesPage() {
  const { t } = useLingui();
  const { can } = useViewer();
  const { product } = route.useSearch();
  const navigate = useNavigate({ from: '/o/products' });
  const pages = usePages(ProductRulesQuery, {}, (data) => data.productRules.pageInfo);
  const rows = pages.data?.productRules.edges.map(({ node }) => node) ?? [];
  const columns = useColumns();
  const open = (id: string | undefined) =>
    navigate({ search: { product: id }, replace: Boolean(product) });
  return (
    <Page fixed>
      <PageHeader
        title={t`Products`}
        actions={
          <Freshness
            of={pages.data}
            busy={pages.busy}
            failed={Boolean(pages.data && pages.error)}
            onRefresh={pages.refresh}
          />
        }
      />
      {!can.changePointsOfSale && (
        <p className="dimmed">
          <Trans>Admins of the organisation change these rules.</Trans>
        </p>
      )}
      {pages.error && !pages.data ? (
        <Failure error={pages.error} onRetry={pages.refresh} />
      ) : (
        <DataTable
          label={t`Products`}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          loading={pages.loading}
          more={pages.more}
          onOpen={({ id }) => open(id)}
          active={product}
          empty={
            <Empty icon={<IconTicket size={26} stroke={1.5} />} title={t`There is no product`} />
          }
        />
      )}
      <RulesDrawer
        rules={rows.find(({ id }) => id === product)}
        readOnly={!can.changePointsOfSale}
        onClose={() => open(undefined)}
      />
    </Page>
  );
}

function useColumns(): Column<ProductRules>[] {
  const { t } = useLingui();
  const words = useRuleWords();
  return [
    { key: 'code', header: t`Code`, width: 150, cell: ({ product }) => product.code },
    {
      key: 'name',
      header: t`Product`,
      cell: ({ product }) => <span title={product.name}>{product.name}</span>,
    },
    {
      key: 'season',
      header: t`Season`,
      width: 110,
      from: 1300,
      cell: ({ product }) => product.season.name,
    },
    { key: 'window', header: t`Distribution`, width: 330, cell: (rules) => words.window(rules) },
    {
      key: 'limit',
      header: t`Tickets per guest`,
      width: 140,
      align: 'right',
      tabular: true,
      cell: ({ guestLimit }) => guestLimit ?? <span className="dimmed">{t`any`}</span>,
    },
    {
      key: 'fields',
      header: t`Asked of guests`,
      from: 1100,
      cell: ({ guestFields }) => guestFields.map((field) => words.fields[field]).join(', '),
    },
  ];
}
