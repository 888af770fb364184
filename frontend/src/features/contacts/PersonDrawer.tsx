import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Drawer, Skeleton } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { Failure } from '~/components/States.tsx';
import { Tag } from '~/components/Tag.tsx';
import { toast } from '~/components/toast.ts';
import { download } from '~/lib/download.ts';
import { useFormats } from '~/lib/format.ts';
import { AnonymiseDialog } from './AnonymiseDialog.tsx';
import {
  ExportPersonalDataMutation,
  IndividualQuery,
  type Person,
  PlanAnonymisationMutation,
} from './contacts.data.ts';
import classes from './PersonDrawer.module.css';

interface Props {
  id: string | undefined;
  onClose: () => void;
}

/** One person with his tickets, and what the law lets him ask for. */
export function PersonDrawer({ id, onClose }: Props) {
  const { t } = useLingui();
  const [{ data, error }, again] = useQuery({
    query: IndividualQuery,
    variables: { id: id ?? '' },
    pause: !id,
    requestPolicy: 'cache-and-network',
  });
  const person = data?.individual?.id === id ? data?.individual : null;
  const refresh = () => again({ requestPolicy: 'network-only' });
  return (
    <Drawer
      opened={Boolean(id)}
      onClose={onClose}
      position="right"
      size={480}
      title={person ? t`Contact ${person.number}` : t`Contact`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {error && !person && <Failure error={error} onRetry={refresh} />}
      {data && !data.individual && (
        <p>
          <Trans>There is no such person in your organisation.</Trans>
        </p>
      )}
      {!data && !error && <Skeleton h={220} />}
      {person && <Details key={person.id} person={person} onChanged={refresh} />}
    </Drawer>
  );
}

function Details({ person, onChanged }: { person: Person; onChanged: () => void }) {
  const { t } = useLingui();
  const format = useFormats();
  const [asked, setAsked] = useState(false);
  const [{ data, error }, plan] = useMutation(PlanAnonymisationMutation);
  const { anonymisedAt } = person;
  const planned = data?.planAnonymisation;

  function ask() {
    plan({ input: { contactId: person.id } });
    setAsked(true);
  }

  return (
    <div className={classes.details}>
      <h3>{anonymisedAt ? <Tag tone="neutral">{t`Anonymised`}</Tag> : person.name}</h3>
      <dl className={classes.facts}>
        <Fact label={t`E-mail address`}>{person.email}</Fact>
        <Fact label={t`Known since`}>{format.dateTime(person.createdAt)}</Fact>
        <Fact label={t`Anonymised on`}>{anonymisedAt && format.dateTime(anonymisedAt)}</Fact>
      </dl>
      <div className={classes.actions}>
        <ExportButton id={person.id} />
        <Button variant="default" color="red" onClick={ask}>
          <Trans>Anonymise…</Trans>
        </Button>
      </div>
      <Tickets person={person} />
      {asked && (
        <AnonymiseDialog
          person={person}
          plan={{
            effect: planned?.anonymisation ?? null,
            problem: planned?.userErrors[0]?.message ?? error?.message ?? null,
          }}
          onClose={() => setAsked(false)}
          onDone={() => {
            setAsked(false);
            onChanged();
          }}
        />
      )}
    </div>
  );
}

/** Lets the browser save all that is held on the person. */
function ExportButton({ id }: { id: string }) {
  const { t } = useLingui();
  const [{ fetching }, run] = useMutation(ExportPersonalDataMutation);
  async function fetchFile() {
    const { data, error } = await run({ input: { contactId: id } });
    const url = data?.exportPersonalData.url;
    if (url) return download(url);
    const message = data?.exportPersonalData.userErrors[0]?.message ?? error?.message;
    toast({ tone: 'bad', title: t`Nothing was exported`, message });
  }
  return (
    <Button
      variant="default"
      loading={fetching}
      leftSection={<IconDownload size={16} stroke={1.7} />}
      onClick={fetchFile}
    >
      <Trans>Export all data</Trans>
    </Button>
  );
}

function Tickets({ person }: { person: Person }) {
  const { t } = useLingui();
  const format = useFormats();
  return (
    <section>
      <h4 className={classes.title}>
        <Trans>Tickets</Trans>
      </h4>
      {person.tickets.length === 0 ? (
        <p className="dimmed">
          <Trans>None.</Trans>
        </p>
      ) : (
        <ul className={classes.tickets}>
          {person.tickets.map(({ id, number, name, startsAt, timeZone, has }) => (
            <li key={id}>
              <span>
                {name}
                <span className="dimmed">
                  {startsAt && ` · ${format.dateTime(startsAt, timeZone)}`} · {number}
                </span>
              </span>
              {has ? <Tag tone="info">{t`Has it`}</Tag> : <Tag tone="neutral">{t`Had it`}</Tag>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}
