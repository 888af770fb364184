import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Skeleton } from '@mantine/core';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { NotFound } from '~/components/Dead.tsx';
import { Page } from '~/components/Page.tsx';
import { PageHeader } from '~/components/PageHeader.tsx';
import { Failure } from '~/components/States.tsx';
import { Tag } from '~/components/Tag.tsx';
import { ExecutionView } from './ExecutionView.tsx';
import { Facts } from './Facts.tsx';
import { useExecution } from './useExecution.ts';
import { useExecutionStand, useFunctions } from './words.ts';

export function PortalExecutionPage() {
  const back = (
    <Link key="back" to="/p/executions">
      <Trans>Executions</Trans>
    </Link>
  );
  return <ExecutionPage back={back} />;
}

export function OfficeExecutionPage() {
  const back = (
    <Link key="back" to="/o/executions">
      <Trans>Executions</Trans>
    </Link>
  );
  return <ExecutionPage back={back} />;
}

function ExecutionPage({ back }: { back: ReactNode }) {
  const { t } = useLingui();
  const { executionId = '' } = useParams({ strict: false });
  const { execution, error, missing, lost, again } = useExecution(executionId);
  const functions = useFunctions();
  const { product } = useSearch({ strict: false });
  const stand = useExecutionStand();
  if (missing) return <NotFound />;
  if (!execution) {
    return (
      <Page>
        <PageHeader title={t`Execution`} crumbs={[back]} />
        {error ? <Failure error={error} onRetry={again} /> : <Skeleton h={320} />}
      </Page>
    );
  }
  const { word, tone } = stand(execution);
  return (
    <Page fixed>
      <PageHeader
        title={t`Execution ${execution.number}`}
        crumbs={[back, functions[execution.function]]}
        badge={<Tag tone={tone}>{word}</Tag>}
      />
      <Facts execution={execution} />
      <ExecutionView
        execution={execution}
        lost={lost}
        after={product && <Back productId={product} />}
      />
    </Page>
  );
}

/** To the dashboard whose tickets it was about. */
function Back({ productId }: { productId: string }) {
  const navigate = useNavigate();
  return (
    <Button onClick={() => navigate({ to: '/p/distribute/$productId', params: { productId } })}>
      <Trans>To the dashboard</Trans>
    </Button>
  );
}
