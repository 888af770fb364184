import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconDownload,
  IconPlayerStop,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useMutation } from 'urql';
import { toast } from '~/components/toast.ts';
import classes from './ExecutionView.module.css';
import { type Execution, RetryExecutionMutation } from './execution.data.ts';
import { Figures } from './Figures.tsx';

/** How it ended, the files to take along, and what comes next. */
export function Summary({ execution, after }: { execution: Execution; after?: ReactNode }) {
  const { t } = useLingui();
  const [{ fetching }, retry] = useMutation(RetryExecutionMutation);
  const { downloads, can, id } = execution;
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
        {after}
      </div>
      <Figures execution={execution} />
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

function useEnding({ state, result, startedAt, counts }: Execution) {
  const { t } = useLingui();
  if (state === 'CANCELLED') {
    const title = startedAt
      ? t`Stopped; what was done before stays done`
      : t`Thrown away; nothing was changed`;
    return { title, tone: 'neutral', icon: IconPlayerStop };
  }
  if (result === 'ERROR') return { title: t`Nothing passed`, tone: 'bad', icon: IconCircleX };
  if (result === 'WARNING') {
    return { title: t`Done; some rows were refused`, tone: 'warn', icon: IconAlertTriangle };
  }
  if (counts.mailsFailed > 0) {
    return { title: t`Done; some mails failed`, tone: 'warn', icon: IconAlertTriangle };
  }
  return { title: t`Done; all went well`, tone: 'good', icon: IconCircleCheck };
}
