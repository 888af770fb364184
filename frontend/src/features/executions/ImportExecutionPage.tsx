import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Skeleton } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { NotFound } from '~/components/Dead.tsx';
import { Page } from '~/components/Page.tsx';
import { PageHeader } from '~/components/PageHeader.tsx';
import { Failure } from '~/components/States.tsx';
import { toast } from '~/components/toast.ts';
import { ExecutionView } from './ExecutionView.tsx';
import { Facts } from './Facts.tsx';
import { ExecutionSteps } from './Steps.tsx';
import { useExecution } from './useExecution.ts';
import { ended } from './words.ts';

const route = getRouteApi('/app/p/distribute/$productId/import/$executionId');

/** An import after its file has arrived: preview, confirmation, progress, summary (IM-1). */
export function ImportExecutionPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { productId, executionId } = route.useParams();
  const { execution, error, missing, lost, again } = useExecution(executionId);
  if (missing) return <NotFound />;

  function close() {
    navigate({ to: '/p/distribute/$productId', params: { productId } });
    if (!execution || ended(execution)) return;
    toast({
      tone: 'info',
      title: t`Kept among the executions`,
      message:
        execution.state === 'PLANNED'
          ? t`Confirm it there when you are ready.`
          : t`It goes on without you.`,
      action: {
        label: t`Show`,
        onClick: () => navigate({ to: '/p/executions/$executionId', params: { executionId } }),
      },
    });
  }

  const another = (
    <Button
      variant="default"
      onClick={() => navigate({ to: '/p/distribute/$productId/import', params: { productId } })}
    >
      <Trans>Import another file</Trans>
    </Button>
  );
  return (
    <Page fixed>
      <PageHeader
        title={t`Import ticket details`}
        crumbs={[
          <Link key="product" to="/p/distribute/$productId" params={{ productId }}>
            <Trans>Ticketing dashboard</Trans>
          </Link>,
          execution ? t`Execution ${execution.number}` : '…',
        ]}
        actions={
          <>
            {execution && <ExecutionSteps execution={execution} />}
            {execution && !ended(execution) && another}
            <Button variant="default" onClick={close}>
              <Trans>Close</Trans>
            </Button>
          </>
        }
      />
      {!execution && (error ? <Failure error={error} onRetry={again} /> : <Skeleton h={320} />)}
      {execution && <Facts execution={execution} />}
      {execution && <ExecutionView execution={execution} lost={lost} after={another} />}
    </Page>
  );
}
