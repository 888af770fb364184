import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Kbd } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useMutation } from 'urql';
import { Notice } from '~/components/Notice.tsx';
import { toast } from '~/components/toast.ts';
import { errorReference } from '~/graphql/errors.ts';
import { useViewer } from '~/graphql/viewer.data.ts';
import { DistributeMutation } from './distribute.data.ts';
import { GuestFields, readGuest } from './GuestFields.tsx';
import classes from './TicketDrawer.module.css';

interface Props {
  ticketId: string;
  sponsorId: string | undefined;
  onDone: () => void;
}

interface Problem {
  field: string;
  message: string;
}

/** Gives one ticket to one guest, at once: the button says what leaves the house. */
export function DistributeForm({ ticketId, sponsorId, onDone }: Props) {
  const { t } = useLingui();
  const { mailsLeave } = useViewer();
  const [{ fetching }, distribute] = useMutation(DistributeMutation);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [key] = useState(() => crypto.randomUUID());

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const guest = readGuest(new FormData(event.currentTarget));
    const input = {
      moves: [{ ticketId, ...guest }],
      sponsorId,
      idempotencyKey: `${key}:${JSON.stringify(guest)}`.slice(0, 200),
    };
    const { data, error } = await distribute({ input });
    const refused = refusal(data, error);
    if (refused) return setProblem(refused);
    setProblem(null);
    toast({ title: t`The ticket goes to ${guest.email}` });
    onDone();
  }

  function refusal(
    data: Awaited<ReturnType<typeof distribute>>['data'],
    error: Awaited<ReturnType<typeof distribute>>['error'],
  ): Problem | null {
    const [userError] = data?.distribute.userErrors ?? [];
    if (userError) return { field: userError.path.at(-1) ?? '', message: userError.message };
    const [row] = data?.distribute.execution?.rows.edges ?? [];
    if (row?.node.problem) {
      const { code, message } = row.node.problem;
      const field = code === 'MISSING_NAME' ? 'firstName' : code.endsWith('EMAIL') ? 'email' : '';
      return { field, message };
    }
    if (!error) return null;
    const said = error.graphQLErrors[0]?.message ?? t`The server cannot be reached.`;
    const reference = errorReference(error);
    return { field: '', message: reference ? `${said} (${reference})` : said };
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
      <GuestFields problem={problem} />
      <p className="dimmed">
        {mailsLeave ? (
          <Trans>The guest gets a mail with the ticket.</Trans>
        ) : (
          <Trans>No mail server is set up: the mail stays in the organiser’s outbox.</Trans>
        )}
      </p>
      <Button
        type="submit"
        loading={fetching}
        leftSection={<IconSend size={15} />}
        rightSection={<Kbd size="xs">Ctrl ↵</Kbd>}
      >
        <Trans>Distribute this ticket</Trans>
      </Button>
    </form>
  );
}
