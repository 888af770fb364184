import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Tooltip } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { Foot } from '~/components/Foot.tsx';
import { Notice } from '~/components/Notice.tsx';
import { ReasonField, readReason } from '~/components/ReasonField.tsx';
import { toast } from '~/components/toast.ts';
import { useViewer } from '~/graphql/viewer.data.ts';
import type { TicketDetails } from './TicketDrawer.data.ts';
import classes from './TicketDrawer.module.css';
import { useReclaim } from './useReclaim.ts';

interface Props {
  ticket: TicketDetails;
  sponsorId: string | undefined;
  onDone: () => void;
}

/** Takes one ticket back after a second look; where it cannot be, the button stays and says why. */
export function TakeBackForm({ ticket, sponsorId, onDone }: Props) {
  const { t } = useLingui();
  const [sure, setSure] = useState(false);
  const { allowed, message } = ticket.takeBack;
  if (!ticket.holder) return null;
  if (sure && allowed) {
    return (
      <Confirmation
        ticket={ticket}
        sponsorId={sponsorId}
        onDone={onDone}
        onCancel={() => setSure(false)}
      />
    );
  }
  return (
    <div className={classes.back}>
      <Tooltip label={message} multiline maw={320} disabled={allowed}>
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={15} />}
          aria-disabled={!allowed}
          data-disabled={!allowed || undefined}
          aria-describedby={allowed ? undefined : 'take-back-reason'}
          onClick={() => allowed && setSure(true)}
        >
          <Trans>Take back…</Trans>
        </Button>
      </Tooltip>
      {!allowed && (
        <p id="take-back-reason" className="dimmed">
          {message ?? t`This ticket cannot be taken back now.`}
        </p>
      )}
    </div>
  );
}

function Confirmation({ ticket, sponsorId, onDone, onCancel }: Props & { onCancel: () => void }) {
  const { t } = useLingui();
  const { can } = useViewer();
  const { busy, reclaim } = useReclaim(ticket.id, sponsorId);
  const [problem, setProblem] = useState<string | null>(null);
  const { holder, location } = ticket;
  const name = [holder?.firstName, holder?.lastName].filter(Boolean).join(' ') || holder?.email;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const reason = readReason(event.currentTarget);
    const { problem: found, waits } = await reclaim(reason || undefined);
    setProblem(found);
    if (found) return;
    if (waits === 'approval') toast({ tone: 'info', title: t`A second person has to approve it` });
    else if (waits) toast({ tone: 'info', title: t`The wallet was asked to give it up` });
    else toast({ title: t`Ticket ${ticket.number} is back` });
    onDone();
  }

  return (
    <form onSubmit={submit} className={`${classes.form} ${classes.sure}`} aria-label={t`Take back`}>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <p>
        {location === 'NONE' ? (
          <Trans>{name} loses this ticket. It was not sent yet and keeps its code.</Trans>
        ) : (
          <Trans>
            {name} loses this ticket. Its code dies at once, and a new ticket takes its place.
          </Trans>
        )}
      </p>
      {ticket.takeBack.needsApproval && (
        <p>
          <Trans>It was downloaded: a second person has to approve before it happens.</Trans>
        </p>
      )}
      {can.readAllExecutions && <ReasonField />}
      <Foot busy={busy} color="red.9" onCancel={onCancel}>
        <Trans>Take back this ticket</Trans>
      </Foot>
    </form>
  );
}
