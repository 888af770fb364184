import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconDownload,
  IconPlayerStop,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useMutation } from 'urql';
import { toast } from '~/components/toast.ts';
import classes from './ExecutionView.module.css';
import { type Execution, RetryExecutionMutation } from './execution.data.ts';
import { Figures } from './Figures.tsx';
import { Undo } from './Undo.tsx';
import { takesBack } from './words.ts';

/** How it ended, the files to take along, and what comes next. */
export function Summary({ execution, after }: { execution: Execution; after?: ReactNode }) {
  const { t } = useLingui();
  const [{ fetching }, retry] = useMutation(RetryExecutionMutation);
  const { downloads, can, id, counts, decision } = execution;
  const { title, tone, icon: Icon } = useEnding(execution);

  async function goOn() {
    const { data, error } = await retry({ input: { id } });
    const refusal = data?.retryExecution.userErrors[0]?.message ?? error?.message;
    if (refusal) toast({ tone: 'bad', title: t`It did not go on`, message: refusal });
  }

  return (
    <section className={classes.panel} data-tone={tone} aria-label={t`Summary`}>
      <h2 role="status">
        <Icon size={21} stroke={1.8} />
        {title}
      </h2>
      <div className={classes.buttons}>
        {downloads.refused && (
          <FileButton href={downloads.refused}>
            <Trans>Refused rows</Trans>
          </FileButton>
        )}
        {downloads.result && (
          <FileButton href={downloads.result}>
            <Trans>Result</Trans>
          </FileButton>
        )}
        {downloads.original && (
          <FileButton href={downloads.original}>
            <Trans>File as sent</Trans>
          </FileButton>
        )}
        {can.retry && (
          <Button variant="default" loading={fetching} onClick={goOn}>
            <Trans>Go on with the rest</Trans>
          </Button>
        )}
        {can.undo && <Undo execution={execution} />}
        {after}
      </div>
      <Figures execution={execution} />
      {decision && !decision.approved && (
        <p>
          <Trans>
            {decision.by} wrote: {decision.note}
          </Trans>
        </p>
      )}
      {counts.waiting > 0 && (
        <p className="dimmed">
          <Trans>
            These tickets lie in an outside wallet, which was asked to give them up. Until it
            answers, nothing else can be done with them. Come back later to see what it said.
          </Trans>
        </p>
      )}
    </section>
  );
}

function FileButton({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Button
      component="a"
      href={href}
      download
      variant="default"
      leftSection={<IconDownload size={15} />}
    >
      {children}
    </Button>
  );
}

function useEnding(execution: Execution) {
  const { t } = useLingui();
  const { state, result, startedAt, counts, decision } = execution;
  const back = takesBack(execution);
  if (decision && !decision.approved) {
    return { title: t`Not approved; nothing was changed`, tone: 'neutral', icon: IconCircleX };
  }
  if (state === 'CANCELLED') {
    const title = startedAt
      ? t`Stopped; what was done before stays done`
      : t`Thrown away; nothing was changed`;
    return { title, tone: 'neutral', icon: IconPlayerStop };
  }
  if (result === 'ERROR') {
    const title = back ? t`Nothing came back` : t`Nothing passed`;
    return { title, tone: 'bad', icon: IconCircleX };
  }
  if (result === 'WARNING' && counts.waiting > 0) {
    const title = plural(counts.waiting, {
      one: 'Done but for # ticket that waits for the wallet',
      other: 'Done but for # tickets that wait for the wallet',
    });
    return { title, tone: 'warn', icon: IconClock };
  }
  if (result === 'WARNING') {
    const title = back
      ? plural(counts.takenBack, {
          one: '# ticket is back; some did not come back',
          other: '# tickets are back; some did not come back',
        })
      : t`Done; some rows were refused`;
    return { title, tone: 'warn', icon: IconAlertTriangle };
  }
  if (counts.mailsFailed > 0) {
    return { title: t`Done; some mails failed`, tone: 'warn', icon: IconAlertTriangle };
  }
  if (back) {
    const title = plural(counts.takenBack, {
      one: '# ticket is back',
      other: '# tickets are back',
    });
    return { title, tone: 'good', icon: IconCircleCheck };
  }
  return { title: t`Done; all went well`, tone: 'good', icon: IconCircleCheck };
}
