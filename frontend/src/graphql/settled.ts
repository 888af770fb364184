import type { Client } from 'urql';
import type { ResultOf } from './graphql.ts';
import { ExecutionProgressSubscription } from './progress.data.ts';

type Event = ResultOf<typeof ExecutionProgressSubscription>['executionProgress'];
export type Settled = Event['execution'];

/** Where nothing moves by itself any more, for long. */
const resting = new Set<Settled['state']>(['DONE', 'CANCELLED', 'AWAITING_APPROVAL']);

/** Waits until an execution rests that is expected to soon; null when that was not to be learnt. */
export function settled(client: Client, id: string): Promise<Settled | null> {
  return new Promise((resolve) => {
    const { unsubscribe } = client
      .subscription(ExecutionProgressSubscription, { id, after: 0 })
      .subscribe(({ data, error }) => {
        const execution = data?.executionProgress.execution;
        const ended = execution && resting.has(execution.state);
        if (!ended && !error) return;
        resolve(ended && execution ? execution : null);
        queueMicrotask(() => unsubscribe());
      });
  });
}
