import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Kbd } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { CopyAsGraphQL } from '~/components/CopyAsGraphQL.tsx';
import { type GuestField, GuestFields, readGuest } from '~/components/GuestFields.tsx';
import { Notice } from '~/components/Notice.tsx';
import { toast } from '~/components/toast.ts';
import { useViewer } from '~/graphql/viewer.data.ts';
import classes from './TicketDrawer.module.css';
import { type Problem, useDistribute } from './useDistribute.ts';

interface Props {
  ticketId: string;
  sponsorId: string | undefined;
  /** What else the organiser asks of the guest. */
  fields: readonly GuestField[];
  onDone: () => void;
}

/** Gives one ticket to one guest, at once: the button says what leaves the house. */
export function DistributeForm({ ticketId, sponsorId, fields, onDone }: Props) {
  const { t } = useLingui();
  const { mailsLeave } = useViewer();
  const { busy, distribute } = useDistribute(ticketId, sponsorId);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const guest = readGuest(new FormData(event.currentTarget));
    const found = await distribute(guest);
    setProblem(found);
    if (found) return;
    toast({ title: t`The ticket goes to ${guest.email}` });
    onDone();
  }

  function onKeyDown(event: KeyboardEvent<HTMLFormElement>) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.currentTarget.requestSubmit();
    }
  }

  const known = problem && ['email', 'firstName', 'lastName'].includes(problem.field);
  return (
    <form onSubmit={submit} onKeyDown={onKeyDown} className={classes.form}>
      {problem && !known && <Notice tone="bad">{problem.message}</Notice>}
      <GuestFields problem={problem} fields={fields} />
      <p className="dimmed">
        {mailsLeave ? (
          <Trans>The guest gets a mail with the ticket.</Trans>
        ) : (
          <Trans>No mail server is set up: the mail stays in the organiser’s outbox.</Trans>
        )}
      </p>
      <div className={classes.buttons}>
        <CopyAsGraphQL />
        <Button
          type="submit"
          loading={busy}
          leftSection={<IconSend size={15} />}
          rightSection={<Kbd size="xs">Ctrl ↵</Kbd>}
        >
          <Trans>Distribute this ticket</Trans>
        </Button>
      </div>
    </form>
  );
}
