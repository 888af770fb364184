import { Trans, useLingui } from '@lingui/react/macro';
import { SegmentedControl, Select } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { type Column, DataTable } from '~/components/DataTable.tsx';
import { Page } from '~/components/Page.tsx';
import { PageHeader } from '~/components/PageHeader.tsx';
import { Empty, Failure, Freshness } from '~/components/States.tsx';
import { Tag } from '~/components/Tag.tsx';
import { SponsorsQuery } from '~/graphql/sponsors.data.ts';
import { useFormats } from '~/lib/format.ts';
import { usePages } from '~/lib/pages.ts';
import { type ExecutionLine, ExecutionsQuery } from './execution.data.ts';
import { ended, useExecutionStand, useFunctions, useTriggers } from './words.ts';

const openStates = ['PLANNING', 'PLANNED', 'AWAITING_APPROVAL', 'QUEUED', 'RUNNING'] as const;

export function PortalExecutionsPage() {
  const { sponsor } = useSearch({ from: '/app/p/executions' });
  const navigate = useNavigate();
  return (
    <ExecutionsPage
      sponsorId={sponsor}
      onOpen={(executionId) =>
        navigate({ to: '/p/executions/$executionId', params: { executionId } })
      }
    />
  );
}

export function OfficeExecutionsPage() {
  const { of } = useSearch({ from: '/app/o/executions' });
  const navigate = useNavigate();
  return (
    <ExecutionsPage
      office
      sponsorId={of}
      onOpen={(executionId) =>
        navigate({ to: '/o/executions/$executionId', params: { executionId } })
      }
    />
  );
}

interface Props {
  office?: boolean;
  sponsorId: string | undefined;
  onOpen: (id: string) => void;
}

/** What was run, newest first. */
function ExecutionsPage({ office = false, sponsorId, onOpen }: Props) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { open } = useSearch({ strict: false });
  const pages = usePages(
    ExecutionsQuery,
    { sponsorId, states: open ? [...openStates] : null },
    (data) => data.executions.pageInfo,
  );
  const rows = pages.data?.executions.edges.map(({ node }) => node) ?? [];
  const columns = useColumns(office);
  return (
    <Page fixed>
      <PageHeader
        title={t`Executions`}
        actions={
          <>
            <Freshness
              of={pages.data}
              busy={pages.busy}
              failed={Boolean(pages.data && pages.error)}
              onRefresh={pages.refresh}
            />
            {office && <SponsorFilter value={sponsorId} />}
            <SegmentedControl
              aria-label={t`State`}
              value={open ? 'open' : 'all'}
              onChange={(value) =>
                navigate({
                  to: '.',
                  search: (now) => ({ ...now, open: value === 'open' || undefined }),
                  replace: true,
                })
              }
              data={[
                { value: 'all', label: t({ message: 'All', context: 'executions' }) },
                { value: 'open', label: t`Not finished` },
              ]}
            />
          </>
        }
      />
      {pages.error && !pages.data ? (
        <Failure error={pages.error} onRetry={pages.refresh} />
      ) : (
        <DataTable
          label={t`Executions`}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          loading={pages.loading}
          more={pages.more}
          onOpen={({ id }) => onOpen(id)}
          empty={
            <Empty icon={<IconHistory size={26} stroke={1.5} />} title={t`Nothing was run yet`}>
              <Trans>Imports and distributions appear here, with all that came of them.</Trans>
            </Empty>
          }
        />
      )}
    </Page>
  );
}

function SponsorFilter({ value }: { value: string | undefined }) {
  const { t } = useLingui();
  const navigate = useNavigate({ from: '/o/executions' });
  const [{ data }] = useQuery({ query: SponsorsQuery, variables: {} });
  return (
    <Select
      w={200}
      aria-label={t`Sponsor`}
      placeholder={t`All sponsors`}
      clearable
      clearButtonProps={{ 'aria-label': t`Clear` }}
      searchable
      data={(data?.sponsors.edges ?? []).map(({ node: { id, name } }) => ({
        value: id,
        label: name,
      }))}
      value={value ?? null}
      onChange={(of) =>
        navigate({ search: (now) => ({ ...now, of: of ?? undefined }), replace: true })
      }
    />
  );
}

function useColumns(office: boolean): Column<ExecutionLine>[] {
  const { t } = useLingui();
  const format = useFormats();
  const stand = useExecutionStand();
  const functions = useFunctions();
  const triggers = useTriggers();
  const done = ({ counts }: ExecutionLine) =>
    counts.distributed + counts.redistributed + counts.takenBack;
  const columns: (Column<ExecutionLine> | false)[] = [
    {
      key: 'number',
      header: t`Number`,
      width: 76,
      tabular: true,
      cell: ({ number }) => <strong>{number}</strong>,
    },
    {
      key: 'state',
      header: t`State`,
      width: 178,
      cell: (line) => {
        const { word, tone } = stand(line);
        return <Tag tone={tone}>{word}</Tag>;
      },
    },
    {
      key: 'function',
      header: t`Function`,
      width: 160,
      from: office ? 1500 : 1100,
      cell: (line) => functions[line.function],
    },
    { key: 'file', header: t`File`, cell: ({ fileName }) => fileName },
    office && { key: 'sponsor', header: t`Sponsor`, cell: ({ sponsor }) => sponsor?.name },
    { key: 'user', header: t`User`, width: 124, from: 1300, cell: ({ userName }) => userName },
    {
      key: 'trigger',
      header: t`Trigger`,
      width: 100,
      from: 1500,
      cell: ({ trigger }) => triggers[trigger],
    },
    {
      key: 'when',
      header: t`Started`,
      width: 168,
      tabular: true,
      cell: ({ createdAt, startedAt }) => format.dateTime(startedAt ?? createdAt),
    },
    {
      key: 'took',
      header: t`Duration`,
      width: 84,
      align: 'right',
      from: 1500,
      cell: ({ startedAt, endedAt }) => startedAt && endedAt && format.duration(startedAt, endedAt),
    },
    {
      key: 'done',
      header: t`Moved`,
      width: 100,
      align: 'right',
      cell: (line) => format.number(done(line)),
    },
    {
      key: 'refused',
      header: t`Refused`,
      width: 84,
      align: 'right',
      cell: (line) => format.number(ended(line) ? line.counts.refused : line.totals.refused),
    },
  ];
  return columns.filter((column) => column !== false);
}
