import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, TextInput } from '@mantine/core';
import { IconBell, IconPencil } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useClient } from 'urql';
import { Foot } from '~/components/Foot.tsx';
import { Notice } from '~/components/Notice.tsx';
import { toast } from '~/components/toast.ts';
import { settled } from '~/graphql/settled.ts';
import { ApplyCorrectionMutation, PlanAddressCorrectionMutation } from './remind.data.ts';
import type { TicketDetails } from './TicketDrawer.data.ts';
import classes from './TicketDrawer.module.css';
import { useRemind } from './useRemind.ts';

interface Props {
  ticket: TicketDetails;
  sponsorId: string | undefined;
  onDone: () => void;
}

/** What helps a guest who has not come to his ticket: a reminder, or the right address. */
export function GuestActions({ ticket, sponsorId, onDone }: Props) {
  const [correcting, setCorrecting] = useState(false);
  const { reminding, remind } = useRemind(sponsorId);
  const { holder, downloadedAt, controlledAt } = ticket;
  if (!holder || controlledAt || ticket.endedAt) return null;
  if (correcting) {
    return (
      <Correction
        ticket={ticket}
        sponsorId={sponsorId}
        onDone={onDone}
        onCancel={() => setCorrecting(false)}
      />
    );
  }
  return (
    <div className={classes.guest}>
      {!downloadedAt && (
        <Button
          variant="default"
          leftSection={<IconBell size={15} />}
          loading={reminding}
          onClick={() => remind({ ticketIds: [ticket.id] })}
        >
          <Trans>Remind</Trans>
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconPencil size={15} />}
        onClick={() => setCorrecting(true)}
      >
        <Trans>Correct address…</Trans>
      </Button>
    </div>
  );
}

interface Plan {
  id: string;
  tickets: number;
  refused: number;
  why: string | undefined;
}

function Correction({ ticket, sponsorId, onDone, onCancel }: Props & { onCancel: () => void }) {
  const { t } = useLingui();
  const client = useClient();
  const [email, setEmail] = useState(ticket.holder?.email ?? '');
  const [plan, setPlan] = useState<Plan | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function check() {
    const input = { ticketId: ticket.id, email: email.trim(), all: true, sponsorId };
    const { data, error } = await client
      .mutation(PlanAddressCorrectionMutation, { input })
      .toPromise();
    const [refusal] = data?.planAddressCorrection.userErrors ?? [];
    const execution = data?.planAddressCorrection.execution;
    if (refusal || !execution) return setProblem(refusal?.message ?? error?.message ?? null);
    const { totals, rows } = execution;
    setPlan({
      id: execution.id,
      tickets: totals.distribute + totals.redistribute,
      refused: totals.refused,
      why: rows.edges[0]?.node.problem?.message,
    });
  }

  async function carryOut(id: string) {
    const { data, error } = await client
      .mutation(ApplyCorrectionMutation, { input: { executionId: id } })
      .toPromise();
    const [refusal] = data?.applyPlan.userErrors ?? [];
    if (refusal || error) return setProblem(refusal?.message ?? error?.message ?? null);
    await settled(client, id);
    toast({ title: t`The address is ${email.trim()} now` });
    onDone();
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    setProblem(null);
    setBusy(true);
    await (plan ? carryOut(plan.id) : check());
    setBusy(false);
  }

  const name = [ticket.holder?.firstName, ticket.holder?.lastName].filter(Boolean).join(' ');
  return (
    <form onSubmit={submit} className={classes.form} aria-label={t`Correct address`}>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <TextInput
        type="email"
        label={t`Right e-mail address of ${name}`}
        value={email}
        required
        withAsterisk={false}
        onChange={({ currentTarget }) => {
          setEmail(currentTarget.value);
          setPlan(null);
        }}
      />
      {plan && (
        <p>
          {plan.tickets > 0 && (
            <Plural
              value={plan.tickets}
              one="One ticket goes to this address. The link at the old one is dead then."
              other="# tickets go to this address. The links at the old one are dead then."
            />
          )}{' '}
          {plan.refused > 0 && (
            <>
              <Plural value={plan.refused} one="One cannot be moved:" other="# cannot be moved:" />{' '}
              {plan.why}
            </>
          )}
        </p>
      )}
      <Foot busy={busy} disabled={plan?.tickets === 0} onCancel={onCancel}>
        {plan ? <Trans>Correct and send</Trans> : <Trans>Check</Trans>}
      </Foot>
    </form>
  );
}
