import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconMailOff, IconRefresh } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { BulkBar } from '~/components/BulkBar.tsx';
import { type Column, DataTable } from '~/components/DataTable.tsx';
import { Notice } from '~/components/Notice.tsx';
import { Page } from '~/components/Page.tsx';
import { PageHeader } from '~/components/PageHeader.tsx';
import { SavedViews } from '~/components/SavedViews.tsx';
import { SearchField } from '~/components/SearchField.tsx';
import { Empty, Failure, Freshness } from '~/components/States.tsx';
import { Tag } from '~/components/Tag.tsx';
import { useViewer } from '~/graphql/viewer.data.ts';
import { useChosen } from '~/lib/chosen.ts';
import { useFormats } from '~/lib/format.ts';
import { usePages } from '~/lib/pages.ts';
import { MailDrawer } from './MailDrawer.tsx';
import classes from './OutboxPage.module.css';
import { type MailLine, MailStatesQuery, MailsQuery } from './outbox.data.ts';
import { useResend } from './useResend.ts';
import { mailStates, resendable, useMailClasses, useMailStates } from './words.ts';

const route = getRouteApi('/app/o/outbox');

/** The organisation's mails: which left, which did not, and why (ML-2). */
export function OutboxPage() {
  const { t } = useLingui();
  const navigate = useNavigate({ from: '/o/outbox' });
  const search = route.useSearch();
  const { can, mailsLeave } = useViewer();
  const state = mailStates.find((one) => one === search.state);
  const pages = usePages(
    MailsQuery,
    { states: state ? [state] : null, search: search.q, executionId: search.execution },
    (data) => data.mails.pageInfo,
  );
  const rows = pages.data?.mails.edges.map(({ node }) => node) ?? [];
  const { chosen, choose, clear } = useChosen(rows);
  const { resend, resending } = useResend();
  const columns = useColumns();

  const again = [...chosen.values()].filter(resendable).map(({ id }) => id);
  return (
    <Page fixed>
      <PageHeader
        title={t`Outbox`}
        actions={
          <Freshness
            of={pages.data}
            busy={pages.busy}
            failed={Boolean(pages.data && pages.error)}
            onRefresh={pages.refresh}
          />
        }
      />
      {!mailsLeave && (
        <Notice tone="warn" icon={<IconMailOff size={17} stroke={1.7} />}>
          <Trans>No mail server is set up: nothing leaves, and mails can be read here.</Trans>
        </Notice>
      )}
      <StateFilter />
      {pages.error && !pages.data ? (
        <Failure error={pages.error} onRetry={pages.refresh} />
      ) : (
        <DataTable
          label={t`Mails`}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          rowName={({ to }) => to}
          loading={pages.loading}
          more={pages.more}
          active={search.mail}
          onOpen={({ id }) => navigate({ search: (now) => ({ ...now, mail: id }) })}
          selection={
            can.resendMails ? { keys: new Set(chosen.keys()), onChange: choose } : undefined
          }
          empty={
            <Empty icon={<IconMailOff size={26} stroke={1.5} />} title={t`No such mails`}>
              <Trans>When tickets are distributed, the mails to the guests appear here.</Trans>
            </Empty>
          }
        />
      )}
      {chosen.size > 0 && (
        <BulkBar
          onClear={clear}
          summary={
            <strong>
              <Plural value={chosen.size} one="# mail" other="# mails" />
            </strong>
          }
        >
          <Button
            variant="subtle"
            leftSection={<IconRefresh size={15} />}
            loading={resending}
            disabled={again.length === 0}
            title={
              again.length === 0
                ? t`Only failed mails and those in doubt can be sent again`
                : undefined
            }
            onClick={() => resend(again)}
          >
            <Plural value={again.length} one="Send # again" other="Send # again" />
          </Button>
        </BulkBar>
      )}
      <MailDrawer
        id={search.mail}
        onClose={() => navigate({ search: (now) => ({ ...now, mail: undefined }) })}
      />
    </Page>
  );
}

function StateFilter() {
  const { t } = useLingui();
  const format = useFormats();
  const words = useMailStates();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/o/outbox' });
  const [{ data }] = useQuery({ query: MailStatesQuery, requestPolicy: 'cache-and-network' });
  const counts = new Map(data?.mailStates.map(({ state, count }) => [state, count]));
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const go = (state: string | undefined) =>
    navigate({ search: (now) => ({ ...now, state }), replace: true });
  return (
    <fieldset className={classes.filters} aria-label={t`Filters`}>
      <SearchField
        label={t`Recipient`}
        placeholder={t`Recipient begins with…`}
        value={search.q}
        onChange={(q) => navigate({ search: (now) => ({ ...now, q }), replace: true })}
      />
      <button type="button" aria-pressed={!search.state} onClick={() => go(undefined)}>
        <Trans>All</Trans> <strong>{format.number(all)}</strong>
      </button>
      {mailStates
        .filter((state) => (counts.get(state) ?? 0) > 0 || state === search.state)
        .map((state) => (
          <button
            key={state}
            type="button"
            aria-pressed={state === search.state}
            onClick={() => go(state)}
          >
            {words[state].word} <strong>{format.number(counts.get(state) ?? 0)}</strong>
          </button>
        ))}
      <SavedViews />
    </fieldset>
  );
}

function useColumns(): Column<MailLine>[] {
  const { t } = useLingui();
  const format = useFormats();
  const states = useMailStates();
  const classesOfMail = useMailClasses();
  return [
    { key: 'to', header: t`Recipient`, width: 236, cell: ({ to }) => to },
    { key: 'subject', header: t`Subject`, cell: ({ subject }) => subject },
    {
      key: 'class',
      header: t`Kind`,
      width: 180,
      from: 1500,
      cell: (mail) => classesOfMail[mail.class],
    },
    {
      key: 'state',
      header: t`State`,
      width: 142,
      cell: ({ state }) => <Tag tone={states[state].tone}>{states[state].word}</Tag>,
    },
    {
      key: 'language',
      header: t`Language`,
      width: 86,
      from: 1500,
      cell: ({ language }) => language,
    },
    {
      key: 'execution',
      header: t`Execution`,
      width: 92,
      align: 'right',
      from: 1100,
      cell: ({ executionNumber }) => executionNumber,
    },
    {
      key: 'created',
      header: t`Written`,
      width: 168,
      tabular: true,
      cell: ({ createdAt }) => format.dateTime(createdAt),
    },
    {
      key: 'sent',
      header: t`Sent`,
      width: 168,
      tabular: true,
      from: 1300,
      cell: ({ sentAt }) => sentAt && format.dateTime(sentAt),
    },
  ];
}
