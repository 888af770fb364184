import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation } from 'urql';
import { toast } from '~/components/toast.ts';
import { useFormats } from '~/lib/format.ts';
import classes from './ExecutionView.module.css';
import { CancelExecutionMutation, type Execution } from './execution.data.ts';
import { Figures } from './Figures.tsx';
import { takesBack } from './words.ts';

/** How far it is, as it happens. Leaving the page stops nothing. */
export function Running({ execution }: { execution: Execution }) {
  const { t } = useLingui();
  const format = useFormats();
  const [{ fetching }, cancel] = useMutation(CancelExecutionMutation);
  const { progress, can, id } = execution;
  const share = progress.total ? (progress.done / progress.total) * 100 : 0;

  async function stop() {
    const { data, error } = await cancel({ input: { id } });
    const refusal = data?.cancelExecution.userErrors[0]?.message ?? error?.message;
    if (refusal) toast({ tone: 'bad', title: t`It goes on`, message: refusal });
  }

  return (
    <section className={classes.panel} aria-label={t`Progress`}>
      <div>
        <h2>
          {execution.state === 'QUEUED' ? (
            <Trans>Waiting for its turn</Trans>
          ) : takesBack(execution) ? (
            <Trans>Taking back…</Trans>
          ) : (
            <Trans>Distributing…</Trans>
          )}
        </h2>
        <p className="dimmed" role="status">
          <Plural
            value={progress.total}
            one={`${format.number(progress.done)} of # row`}
            other={`${format.number(progress.done)} of # rows`}
          />
          {' · '}
          <Trans>You may leave; it goes on.</Trans>
        </p>
      </div>
      {can.cancel && (
        <Button variant="default" color="red" loading={fetching} onClick={stop}>
          <Trans>Stop</Trans>
        </Button>
      )}
      <div
        className={classes.track}
        role="progressbar"
        aria-label={t`Progress`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(share)}
      >
        <div style={{ width: `${share}%` }} />
      </div>
      <Figures execution={execution} />
    </section>
  );
}
