import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Modal, Skeleton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useMutation } from 'urql';
import { Notice } from '~/components/Notice.tsx';
import { toast } from '~/components/toast.ts';
import { type Anonymisation, AnonymiseContactMutation, type Person } from './contacts.data.ts';
import classes from './PersonDrawer.module.css';

/** What would be done, or why nobody says so; neither while it is asked for. */
export interface Plan {
  effect: Anonymisation | null;
  problem: string | null;
}

interface Props {
  person: Person;
  plan: Plan;
  onClose: () => void;
  onDone: () => void;
}

/** Says exactly what anonymising a person does, or why it cannot be done now, before it is done. */
export function AnonymiseDialog({ person, plan, onClose, onDone }: Props) {
  const { t } = useLingui();
  const [{ fetching }, anonymise] = useMutation(AnonymiseContactMutation);
  const [problem, setProblem] = useState<string | null>(null);

  async function run() {
    const { data, error } = await anonymise({ input: { contactId: person.id } });
    const refusal = data?.anonymiseContact.userErrors[0]?.message ?? error?.message;
    if (refusal) return setProblem(refusal);
    toast({ title: t`The person was anonymised` });
    onDone();
  }

  const told = problem ?? plan.problem;
  const ready = plan.effect?.possible && plan.effect.needed;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t`Anonymise ${person.name}`}
      size={520}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <div className={classes.dialog}>
        {told && <Notice tone="bad">{told}</Notice>}
        {!plan.effect && !told && <Skeleton h={140} />}
        {plan.effect?.obstacles.map((obstacle) => (
          <Notice key={obstacle} tone="warn">
            {obstacle}
          </Notice>
        ))}
        {plan.effect?.possible && !plan.effect.needed && (
          <p>
            <Trans>Nothing is held on this person any more.</Trans>
          </p>
        )}
        {plan.effect && ready && <Effects of={plan.effect} />}
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {ready ? <Trans>Cancel</Trans> : <Trans>Close</Trans>}
          </Button>
          {ready && (
            <Button loading={fetching} onClick={run}>
              <Trans>Anonymise for good</Trans>
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}

function Effects({ of: e }: { of: Anonymisation }) {
  const all: [number, ReactNode][] = [
    [
      e.tickets,
      <Plural
        key="tickets"
        value={e.tickets}
        one="# ticket loses his name and address"
        other="# tickets lose his name and address"
      />,
    ],
    [
      e.links,
      <Plural
        key="links"
        value={e.links}
        one="# step of a ticket’s chain loses his name"
        other="# steps of tickets’ chains lose his name"
      />,
    ],
    [
      e.rows,
      <Plural
        key="rows"
        value={e.rows}
        one="# row of an execution loses his name and address"
        other="# rows of executions lose his name and address"
      />,
    ],
    [
      e.files,
      <Plural
        key="files"
        value={e.files}
        one="# file in which he was sent is deleted, with all other guests in it"
        other="# files in which he was sent are deleted, with all other guests in them"
      />,
    ],
    [
      e.mails,
      <Plural
        key="mails"
        value={e.mails}
        one="# mail loses its addressee, and is not sent if it has not left"
        other="# mails lose their addressee, and are not sent if they have not left"
      />,
    ],
    [
      e.addressBookEntries,
      <Plural
        key="entries"
        value={e.addressBookEntries}
        one="# entry of an address book is deleted"
        other="# entries of address books are deleted"
      />,
    ],
    [
      e.cartLines,
      <Plural
        key="lines"
        value={e.cartLines}
        one="# line of a cart loses its guest"
        other="# lines of carts lose their guest"
      />,
    ],
    [e.account ? 1 : 0, <Trans key="account">His account is closed</Trans>],
    [
      e.auditEntries,
      <Plural
        key="audit"
        value={e.auditEntries}
        one="# entry of the audit log forgets his name and network address"
        other="# entries of the audit log forget his name and network address"
      />,
    ],
  ];
  return (
    <>
      <p>
        <Trans>
          His name, addresses, telephone and further fields go for good. What happened stays, with a
          number in place of a name. This cannot be undone.
        </Trans>
      </p>
      <ul className={classes.effects}>
        {all
          .filter(([count]) => count > 0)
          .map(([, words], i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes its order
            <li key={i}>{words}</li>
          ))}
      </ul>
    </>
  );
}
