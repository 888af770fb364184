import { Trans, useLingui } from '@lingui/react/macro';
import { Button, CloseButton } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type Column, DataTable } from '~/components/DataTable.tsx';
import { DayRange } from '~/components/DayRange.tsx';
import { Page } from '~/components/Page.tsx';
import { PageHeader } from '~/components/PageHeader.tsx';
import { SavedViews } from '~/components/SavedViews.tsx';
import { SearchField } from '~/components/SearchField.tsx';
import { Empty, Failure, Freshness } from '~/components/States.tsx';
import { useViewer } from '~/graphql/viewer.data.ts';
import { useFormats } from '~/lib/format.ts';
import { usePages } from '~/lib/pages.ts';
import { dayStart, nextDay } from '~/lib/time.ts';
import classes from './AuditPage.module.css';
import { type AuditLine, AuditQuery } from './audit.data.ts';
import { EntryDrawer } from './EntryDrawer.tsx';

const route = getRouteApi('/app/a/audit');

/** Who did what to what, when and from where (AC-5). */
export function AuditPage() {
  const { t } = useLingui();
  const navigate = useNavigate({ from: '/a/audit' });
  const search = route.useSearch();
  const zone = useViewer().organisation?.timeZone ?? 'UTC';
  const filter = {
    verb: search.verb,
    userId: search.user,
    objectId: search.object,
    from: search.from && dayStart(search.from, zone),
    to: search.to && dayStart(nextDay(search.to), zone),
  };
  const pages = usePages(AuditQuery, { filter }, (data) => data.auditEntries.pageInfo);
  const rows = pages.data?.auditEntries.edges.map(({ node }) => node) ?? [];
  const columns = useColumns();
  return (
    <Page fixed>
      <PageHeader
        title={t`Audit log`}
        actions={
          <Freshness
            of={pages.data}
            busy={pages.busy}
            failed={Boolean(pages.data && pages.error)}
            onRefresh={pages.refresh}
          />
        }
      />
      <Filters />
      {pages.error && !pages.data ? (
        <Failure error={pages.error} onRetry={pages.refresh} />
      ) : (
        <DataTable
          label={t`Audit log`}
          columns={columns}
          rows={rows}
          rowKey={({ sequence }) => String(sequence)}
          loading={pages.loading}
          more={pages.more}
          active={search.entry}
          onOpen={({ sequence }) =>
            navigate({ search: (now) => ({ ...now, entry: String(sequence) }) })
          }
          empty={
            <Empty icon={<IconListSearch size={26} stroke={1.5} />} title={t`No such entries`}>
              <Trans>What people and jobs do in your organisation is written down here.</Trans>
            </Empty>
          }
        />
      )}
      <EntryDrawer
        entry={rows.find(({ sequence }) => String(sequence) === search.entry)}
        onClose={() => navigate({ search: (now) => ({ ...now, entry: undefined }) })}
        onNarrow={(to) => navigate({ search: (now) => ({ ...now, ...to, entry: undefined }) })}
      />
    </Page>
  );
}

function Filters() {
  const { t } = useLingui();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/a/audit' });
  return (
    <fieldset className={classes.filters} aria-label={t`Filters`}>
      <SearchField
        label={t`Action`}
        placeholder={t`Action begins with…`}
        value={search.verb}
        onChange={(verb) => navigate({ search: (now) => ({ ...now, verb }), replace: true })}
      />
      <DayRange
        value={search}
        onChange={(days) => navigate({ search: (now) => ({ ...now, ...days }), replace: true })}
      />
      {search.user && (
        <Narrowed
          label={t`One user only`}
          onClear={() => navigate({ search: (now) => ({ ...now, user: undefined }) })}
        />
      )}
      {search.object && (
        <Narrowed
          label={t`One object only`}
          onClear={() => navigate({ search: (now) => ({ ...now, object: undefined }) })}
        />
      )}
      <SavedViews />
    </fieldset>
  );
}

function Narrowed({ label, onClear }: { label: string; onClear: () => void }) {
  const { t } = useLingui();
  return (
    <Button
      variant="default"
      rightSection={<CloseButton component="span" size={18} aria-hidden />}
      aria-label={t`Show all again: ${label}`}
      onClick={onClear}
    >
      {label}
    </Button>
  );
}

function useColumns(): Column<AuditLine>[] {
  const { t } = useLingui();
  const format = useFormats();
  return [
    {
      key: 'at',
      header: t`When`,
      width: 168,
      tabular: true,
      cell: ({ at }) => format.dateTime(at),
    },
    { key: 'actor', header: t`Who`, width: 220, cell: ({ actor }) => actor },
    { key: 'verb', header: t`Action`, width: 236, cell: ({ verb }) => verb },
    {
      key: 'changes',
      header: t`Changed fields`,
      cell: ({ changes }) => changes.map(({ field }) => field).join(', '),
    },
    {
      key: 'address',
      header: t`From where`,
      width: 160,
      from: 1100,
      cell: ({ address }) => address,
    },
    {
      key: 'sequence',
      header: t`Number`,
      width: 92,
      align: 'right',
      from: 1300,
      cell: ({ sequence }) => sequence,
    },
  ];
}
