import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconAddressBook, IconPlus, IconSearch, IconTrash } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useMutation } from 'urql';
import { BulkBar } from '~/components/BulkBar.tsx';
import { type Column, DataTable } from '~/components/DataTable.tsx';
import { Page } from '~/components/Page.tsx';
import { PageHeader } from '~/components/PageHeader.tsx';
import { SearchField } from '~/components/SearchField.tsx';
import { Empty, Failure, Freshness } from '~/components/States.tsx';
import { Tag } from '~/components/Tag.tsx';
import { toast } from '~/components/toast.ts';
import { useChosen } from '~/lib/chosen.ts';
import { usePages } from '~/lib/pages.ts';
import { AddressBookQuery, DeleteEntriesMutation, type Entry } from './book.data.ts';
import { EntryDialog } from './EntryDialog.tsx';

const route = getRouteApi('/app/p/guests');

/** The viewer's own address book: nobody else reads it, and it learns nothing by itself (CA-2). */
export function BookPage() {
  const { t } = useLingui();
  const { q } = route.useSearch();
  const navigate = useNavigate({ from: '/p/guests' });
  const pages = usePages(
    AddressBookQuery,
    { search: q ?? null },
    ({ addressBook }) => addressBook.pageInfo,
  );
  const entries = pages.data?.addressBook.edges.map(({ node }) => node) ?? [];
  const total = pages.data?.addressBook.totalCount;
  const { chosen, choose, clear } = useChosen(entries);
  const columns = useColumns();
  const [open, setOpen] = useState<Entry | 'new' | null>(null);
  const forget = useForget(() => {
    clear();
    pages.refresh();
  });
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen('new')}>
      <Trans>New guest</Trans>
    </Button>
  );
  return (
    <Page fixed>
      <PageHeader
        title={t`Address book`}
        badge={
          total !== undefined && (
            <Tag>
              <Plural value={total} one="# guest" other="# guests" />
            </Tag>
          )
        }
        actions={
          <>
            <Freshness
              of={pages.data}
              busy={pages.busy}
              failed={Boolean(pages.data && pages.error)}
              onRefresh={pages.refresh}
            />
            {add}
          </>
        }
      />
      <SearchField
        label={t`Search the address book`}
        placeholder={t`Name or e-mail address`}
        value={q}
        onChange={(q) => navigate({ search: { q }, replace: true })}
      />
      {pages.error && !pages.data ? (
        <Failure error={pages.error} onRetry={pages.refresh} />
      ) : (
        <DataTable
          label={t`Address book`}
          columns={columns}
          rows={entries}
          rowKey={({ id }) => id}
          rowName={({ firstName, lastName }) => `${firstName} ${lastName}`}
          total={total}
          loading={pages.loading}
          more={pages.more}
          onOpen={setOpen}
          selection={{ keys: new Set(chosen.keys()), onChange: choose }}
          empty={q ? <Nobody /> : <Unwritten action={add} />}
        />
      )}
      {chosen.size > 0 && (
        <BulkBar
          onClear={clear}
          summary={
            <strong>
              <Plural value={chosen.size} one="# guest" other="# guests" />
            </strong>
          }
        >
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={15} />}
            loading={forget.busy}
            onClick={() => forget.run([...chosen.keys()])}
          >
            <Trans>Delete from the address book</Trans>
          </Button>
        </BulkBar>
      )}
      {open && (
        <EntryDialog
          entry={open === 'new' ? null : open}
          onClose={() => setOpen(null)}
          onSaved={() => {
            setOpen(null);
            pages.refresh();
          }}
        />
      )}
    </Page>
  );
}

function Nobody() {
  const { t } = useLingui();
  return (
    <Empty icon={<IconSearch size={26} stroke={1.5} />} title={t`Nobody begins like that`}>
      <Trans>The first letters of a first name, last name or address are enough.</Trans>
    </Empty>
  );
}

function Unwritten({ action }: { action: React.ReactNode }) {
  const { t } = useLingui();
  return (
    <Empty
      icon={<IconAddressBook size={26} stroke={1.5} />}
      title={t`Your address book is empty`}
      action={action}
    >
      <Trans>Keep the guests you invite often. Nobody but you sees them.</Trans>
    </Empty>
  );
}

function useForget(onDone: () => void) {
  const { t } = useLingui();
  const [{ fetching }, forget] = useMutation(DeleteEntriesMutation);
  return {
    busy: fetching,
    async run(ids: string[]) {
      const { data, error } = await forget({ input: { ids } });
      const problem = data?.deleteAddressBookEntries.userErrors[0]?.message;
      if (!error && !problem) {
        toast({
          title: t`Deleted from the address book`,
          message: t`Tickets they were given stay with them.`,
        });
        return onDone();
      }
      toast({
        tone: 'bad',
        title: t`Nobody was deleted`,
        message: problem ?? t`The server cannot be reached.`,
      });
    },
  };
}

function useColumns(): Column<Entry>[] {
  const { t } = useLingui();
  return [
    {
      key: 'name',
      header: t`Name`,
      width: 240,
      cell: ({ firstName, lastName }) => `${firstName} ${lastName}`,
    },
    { key: 'email', header: t`E-mail address`, cell: ({ email }) => email },
    { key: 'company', header: t`Company`, width: 200, cell: ({ company }) => company },
    { key: 'note', header: t`Note`, from: 1100, cell: ({ note }) => note },
    {
      key: 'linked',
      header: t`Invited`,
      width: 152,
      cell: ({ linked }) =>
        linked && (
          <Tag tone="good">
            <Trans>already invited</Trans>
          </Tag>
        ),
    },
  ];
}
