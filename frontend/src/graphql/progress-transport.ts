import type { SubscriptionForwarder } from 'urql';
import { follow, type Happening, type ProgressSource, Refused } from '~/lib/progress.ts';
import { readEvents } from '~/lib/sse.ts';
import { documentText } from './documents.ts';
import { ExecutionPollQuery } from './progress.data.ts';

interface Event {
  __typename: 'ExecutionEvent';
  sequence: number;
  at: string;
  execution: { state: string; progress: { sequence: number } };
}

interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string }[];
}

const ended = (state: string) => state === 'DONE' || state === 'CANCELLED';

function post(query: string, variables: object, accept: string, signal: AbortSignal) {
  return fetch('/graphql', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query, variables }),
    signal,
  });
}

function told<Data>(answer: Answer<Data>): Data {
  if (!answer.data) throw new Refused(answer.errors?.[0]?.message ?? 'empty answer');
  return answer.data;
}

function source(query: string, id: string): ProgressSource<Event> {
  return {
    async *stream(after, signal) {
      const response = await post(query, { id, after }, 'text/event-stream', signal);
      const type = response.headers.get('content-type') ?? '';
      if (!response.body || !type.includes('text/event-stream')) throw new Error('no stream');
      for await (const { event, data } of readEvents(response.body)) {
        if (event === 'complete') return;
        if (event !== 'next') continue;
        const answer = JSON.parse(data) as Answer<{ executionProgress: Event }>;
        yield happening(told(answer).executionProgress);
      }
    },
    async poll(signal) {
      const text = documentText(ExecutionPollQuery);
      const response = await post(text, { id }, 'application/json', signal);
      const answer = (await response.json()) as Answer<{ execution: Event['execution'] | null }>;
      const { execution } = told(answer);
      if (!execution) throw new Refused('the execution is gone');
      const { sequence } = execution.progress;
      const at = new Date().toISOString();
      return happening({ __typename: 'ExecutionEvent', sequence, at, execution });
    },
    wait: (milliseconds, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}

function happening(event: Event): Happening<Event> {
  const { state } = event.execution;
  return { sequence: Number(event.sequence), last: ended(state), payload: event };
}

/** Carries subscriptions over server-sent events (graphql-sse, distinct connections). */
export const watchProgress: SubscriptionForwarder = (request) => ({
  subscribe(sink) {
    const abort = new AbortController();
    const variables = (request.variables ?? {}) as { id: string; after?: number };
    const run = async () => {
      const events = source(request.query ?? '', variables.id);
      for await (const { payload } of follow(events, variables.after ?? 0, abort.signal)) {
        sink.next({ data: { __typename: 'Subscription', executionProgress: payload } });
      }
    };
    run().then(
      () => sink.complete(),
      (cause: unknown) => abort.signal.aborted || sink.error(cause as Error),
    );
    return { unsubscribe: () => abort.abort() };
  },
});
