import { Trans, useLingui } from '@lingui/react/macro';
import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconUserSearch } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { type Column, DataTable } from '~/components/DataTable.tsx';
import { Page } from '~/components/Page.tsx';
import { PageHeader } from '~/components/PageHeader.tsx';
import { Empty, Failure, Freshness } from '~/components/States.tsx';
import { Tag } from '~/components/Tag.tsx';
import { useFormats } from '~/lib/format.ts';
import { useKeys } from '~/lib/keys.ts';
import { usePages } from '~/lib/pages.ts';
import { type Individual, IndividualsQuery } from './contacts.data.ts';
import { PersonDrawer } from './PersonDrawer.tsx';

const route = getRouteApi('/app/o/contacts');

/** The persons an organisation knows, to tell them what is held on them, or to forget them (AC-5). */
export function ContactsPage() {
  const { t } = useLingui();
  const navigate = useNavigate({ from: '/o/contacts' });
  const search = route.useSearch();
  const pages = usePages(
    IndividualsQuery,
    { search: search.q ?? null },
    (data) => data.individuals.pageInfo,
  );
  const rows = pages.data?.individuals.edges.map(({ node }) => node) ?? [];
  const columns = useColumns();
  return (
    <Page fixed>
      <PageHeader
        title={t`Contacts`}
        actions={
          <Freshness
            of={pages.data}
            busy={pages.busy}
            failed={Boolean(pages.data && pages.error)}
            onRefresh={pages.refresh}
          />
        }
      />
      <Search />
      {pages.error && !pages.data ? (
        <Failure error={pages.error} onRetry={pages.refresh} />
      ) : (
        <DataTable
          label={t`Contacts`}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          loading={pages.loading}
          more={pages.more}
          active={search.person}
          onOpen={({ id }) => navigate({ search: (now) => ({ ...now, person: id }) })}
          empty={
            <Empty icon={<IconUserSearch size={26} stroke={1.5} />} title={t`No such person`}>
              <Trans>
                Search by the beginning of an e-mail address, or by any part of the name.
              </Trans>
            </Empty>
          }
        />
      )}
      <PersonDrawer
        id={search.person}
        onClose={() => navigate({ search: (now) => ({ ...now, person: undefined }) })}
      />
    </Page>
  );
}

function Search() {
  const { t } = useLingui();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/o/contacts' });
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const settle = useDebouncedCallback((q: string) => {
    navigate({ search: (now) => ({ ...now, q: q.trim() || undefined }), replace: true });
    setTyped(null);
  }, 300);
  useKeys({ '/': () => field.current?.focus() });
  return (
    <div>
      <TextInput
        ref={field}
        w={320}
        type="search"
        aria-label={t`E-mail address or name`}
        placeholder={t`E-mail address or name`}
        leftSection={<IconSearch size={15} stroke={1.7} />}
        value={typed ?? search.q ?? ''}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          settle(currentTarget.value);
        }}
      />
    </div>
  );
}

function useColumns(): Column<Individual>[] {
  const { t } = useLingui();
  const format = useFormats();
  return [
    {
      key: 'number',
      header: t`Number`,
      width: 110,
      tabular: true,
      cell: ({ number }) => <span className="dimmed">{number}</span>,
    },
    {
      key: 'name',
      header: t`Name`,
      cell: ({ name, anonymisedAt }) =>
        anonymisedAt ? <Tag tone="neutral">{t`Anonymised`}</Tag> : name,
    },
    { key: 'email', header: t`E-mail address`, cell: ({ email }) => email },
    {
      key: 'since',
      header: t`Known since`,
      width: 168,
      tabular: true,
      from: 1100,
      cell: ({ createdAt }) => format.dateTime(createdAt),
    },
  ];
}
