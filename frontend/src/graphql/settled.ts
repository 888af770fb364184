import type { Client } from 'urql';
import type { ResultOf } from './graphql.ts';
import { ExecutionProgressSubscription } from './progress.data.ts';

type Event = ResultOf<typeof ExecutionProgressSubscription>['executionProgress'];
export type Settled = Event['execution'];

/** Waits for the end of an execution that is expected soon; null when its end was not to be learnt. */
export function settled(client: Client, id: string): Promise<Settled | null> {
  return new Promise((resolve) => {
    const { unsubscribe } = client
      .subscription(ExecutionProgressSubscription, { id, after: 0 })
      .subscribe(({ data, error }) => {
        const execution = data?.executionProgress.execution;
        const ended = execution?.state === 'DONE' || execution?.state === 'CANCELLED';
        if (!ended && !error) return;
        resolve(ended && execution ? execution : null);
        queueMicrotask(() => unsubscribe());
      });
  });
}
