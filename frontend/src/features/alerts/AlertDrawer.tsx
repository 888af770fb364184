import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Drawer, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useMutation } from 'urql';
import { CopyAsGraphQL } from '~/components/CopyAsGraphQL.tsx';
import { Notice } from '~/components/Notice.tsx';
import { longestReason } from '~/components/ReasonField.tsx';
import { toast } from '~/components/toast.ts';
import { useViewer } from '~/graphql/viewer.data.ts';
import { useFormats } from '~/lib/format.ts';
import classes from './AlertDrawer.module.css';
import { AcknowledgeMutation, type Alert } from './alerts.data.ts';
import { useAbout } from './words.ts';

interface Props {
  alert: Alert | undefined;
  onClose: () => void;
}

/** One alert, where it comes from, and the note of who looked into it. */
export function AlertDrawer({ alert, onClose }: Props) {
  const { t } = useLingui();
  return (
    <Drawer
      opened={Boolean(alert)}
      onClose={onClose}
      position="right"
      size={460}
      title={t`Alert`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {alert && <Details key={alert.id} alert={alert} onDone={onClose} />}
    </Drawer>
  );
}

function Details({ alert, onDone }: { alert: Alert; onDone: () => void }) {
  const { t } = useLingui();
  const { can } = useViewer();
  const format = useFormats();
  const about = useAbout();
  const { execution, acknowledgedAt } = alert;
  return (
    <div className={classes.details}>
      <p className={classes.about}>{about(alert)}</p>
      <dl className={classes.facts}>
        <Fact label={t`When`}>{format.dateTime(alert.raisedAt)}</Fact>
        <Fact label={t`Sponsor`}>{alert.sponsor?.name}</Fact>
        <Fact label={t`Product`}>{alert.product?.name}</Fact>
        <Fact label={t`Execution`}>
          {execution && (
            <Link to="/o/executions/$executionId" params={{ executionId: execution.id }}>
              {execution.number}
            </Link>
          )}
        </Fact>
        {acknowledgedAt && (
          <>
            <Fact label={t`Looked into by`}>{alert.acknowledgedBy}</Fact>
            <Fact label={t`Looked into on`}>{format.dateTime(acknowledgedAt)}</Fact>
            <Fact label={t`What was found`}>{alert.note}</Fact>
          </>
        )}
      </dl>
      {!acknowledgedAt && can.acknowledgeAlerts && <Acknowledge id={alert.id} onDone={onDone} />}
    </div>
  );
}

function Acknowledge({ id, onDone }: { id: string; onDone: () => void }) {
  const { t } = useLingui();
  const [{ fetching }, acknowledge] = useMutation(AcknowledgeMutation);
  const [problem, setProblem] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget).get('note') ?? '').trim();
    if (!note || fetching) return;
    const { data, error } = await acknowledge({ input: { id, note } });
    const refusal = data?.acknowledgeTakeBackAlert.userErrors[0]?.message ?? error?.message;
    if (refusal) return setProblem(refusal);
    toast({ title: t`The alert was acknowledged` });
    onDone();
  }

  return (
    <form onSubmit={submit} className={classes.form}>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <Textarea
        name="note"
        label={t`What was found`}
        description={t`It is kept with the alert and in the audit log.`}
        required
        withAsterisk={false}
        maxLength={longestReason}
        autosize
        minRows={3}
      />
      <div className={classes.acknowledge}>
        <Button type="submit" loading={fetching}>
          <Trans>Acknowledge</Trans>
        </Button>
        <CopyAsGraphQL />
      </div>
    </form>
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
