import { useMemo } from 'react';
import { useQuery, useSubscription } from 'urql';
import { ExecutionProgressSubscription } from '~/graphql/progress.data.ts';
import { type Execution, ExecutionQuery } from './execution.data.ts';

/** What moves without the viewer; a plan waits for him. */
const moving = new Set<Execution['state']>(['PLANNING', 'AWAITING_APPROVAL', 'QUEUED', 'RUNNING']);

/** An execution that keeps itself up to date while something happens in it. */
export function useExecution(id: string) {
  const [{ data, error, fetching }, again] = useQuery({
    query: ExecutionQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const execution = data?.execution;
  const live = execution ? moving.has(execution.state) : false;
  const phase = execution?.state === 'PLANNING' ? 'plan' : 'run';
  const sequence = execution?.progress.sequence ?? 0;
  // From the event that was the last one when this phase was first seen; later ones come by themselves.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const after = useMemo(() => Math.max(0, Number(sequence) - 1), [id, live, phase]);
  const [watch] = useSubscription({
    query: ExecutionProgressSubscription,
    variables: { id, after },
    pause: !live,
  });
  return {
    execution,
    error,
    missing: Boolean(data) && !execution && !fetching,
    lost: live && Boolean(watch.error),
    again: () => again({ requestPolicy: 'network-only' }),
  };
}
