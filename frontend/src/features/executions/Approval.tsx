import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Textarea } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useMutation } from 'urql';
import { CopyAsGraphQL } from '~/components/CopyAsGraphQL.tsx';
import { longestReason } from '~/components/ReasonField.tsx';
import { toast } from '~/components/toast.ts';
import { useFormats } from '~/lib/format.ts';
import classes from './ExecutionView.module.css';
import {
  ApproveExecutionMutation,
  CancelExecutionMutation,
  type Execution,
  RefuseExecutionMutation,
} from './execution.data.ts';

/** What waits for a second person, and for that person the two answers (TB-7). */
export function Approval({ execution }: { execution: Execution }) {
  const { t } = useLingui();
  const { can, totals, userName, reason } = execution;
  return (
    <section className={classes.panel} data-tone="warn" aria-label={t`Approval`}>
      <div>
        <h2 role="status">
          <IconUserCheck size={21} stroke={1.8} />
          <Trans>Waits for a second person</Trans>
        </h2>
        <p className="dimmed">
          <Plural
            value={totals.approvals}
            one="# of these tickets was downloaded by its guest. Nothing moves before somebody else approves."
            other="# of these tickets were downloaded by their guests. Nothing moves before somebody else approves."
          />{' '}
          {!can.approve && <Trans>An operator of the organiser or a colleague can do that.</Trans>}
        </p>
        {can.approve && (
          <p>
            <Trans>{userName} asked for it.</Trans> {reason}
          </p>
        )}
      </div>
      {can.approve ? <Answers id={execution.id} /> : can.cancel && <Withdraw id={execution.id} />}
    </section>
  );
}

function Answers({ id }: { id: string }) {
  const { t } = useLingui();
  const [{ fetching: approving }, approve] = useMutation(ApproveExecutionMutation);
  const [{ fetching: refusing }, refuse] = useMutation(RefuseExecutionMutation);
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState(false);

  async function yes(event: FormEvent) {
    event.preventDefault();
    const { data, error } = await approve({ input: { id, note: note.trim() || undefined } });
    const refusal = data?.approveExecution.userErrors[0]?.message ?? error?.message;
    if (refusal) toast({ tone: 'bad', title: t`It was not approved`, message: refusal });
  }
  async function no() {
    if (!note.trim()) return setMissing(true);
    const { data, error } = await refuse({ input: { id, note: note.trim() } });
    const refusal = data?.refuseExecution.userErrors[0]?.message ?? error?.message;
    if (refusal) toast({ tone: 'bad', title: t`It was not refused`, message: refusal });
  }

  return (
    <form onSubmit={yes} className={classes.answers}>
      <Textarea
        label={t`Note`}
        description={t`Needed to refuse; it is kept with the execution and in the audit log.`}
        value={note}
        maxLength={longestReason}
        autosize
        minRows={2}
        error={missing && t`Write down why not.`}
        onChange={({ currentTarget }) => {
          setNote(currentTarget.value);
          setMissing(false);
        }}
      />
      <div className={classes.buttons}>
        <CopyAsGraphQL />
        <Button variant="default" loading={refusing} onClick={no}>
          <Trans>Refuse</Trans>
        </Button>
        <Button type="submit" loading={approving}>
          <Trans>Approve</Trans>
        </Button>
      </div>
    </form>
  );
}

function Withdraw({ id }: { id: string }) {
  const { t } = useLingui();
  const [{ fetching }, discard] = useMutation(CancelExecutionMutation);
  async function run() {
    const { data, error } = await discard({ input: { id } });
    const refusal = data?.cancelExecution.userErrors[0]?.message ?? error?.message;
    if (refusal) toast({ tone: 'bad', title: t`The plan was kept`, message: refusal });
  }
  return (
    <Button variant="default" loading={fetching} onClick={run}>
      <Trans>Throw away</Trans>
    </Button>
  );
}

/** Who approved, and what he wrote. */
export function Approved({ decision }: { decision: NonNullable<Execution['decision']> }) {
  const format = useFormats();
  return (
    <p className="dimmed">
      <Trans>
        Approved by {decision.by} on {format.dateTime(decision.at)}.
      </Trans>{' '}
      {decision.note}
    </p>
  );
}
