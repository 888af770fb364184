import { i18n } from '@lingui/core';
import { Client, fetchExchange, mapExchange, subscriptionExchange } from 'urql';
import { cache } from './cache.ts';
import { copying } from './copying.ts';
import { errorCode } from './errors.ts';
import { watchProgress } from './progress-transport.ts';

export const endpoint = '/graphql';
export const accept = 'application/graphql-response+json, application/json';

interface Options {
  /** Called when the server no longer knows the session. */
  onSignedOut: () => void;
  fetch?: typeof fetch;
}

export function createClient({ onSignedOut, fetch }: Options): Client {
  return new Client({
    url: endpoint,
    preferGetMethod: false,
    fetch: copying(fetch ?? ((url, init) => globalThis.fetch(url, init))),
    // The language matters until somebody is signed in, who has one of his own.
    fetchOptions: () => ({
      credentials: 'same-origin',
      headers: { accept, 'accept-language': i18n.locale },
    }),
    exchanges: [
      mapExchange({
        onError(error, operation) {
          if (operation.kind !== 'mutation' && errorCode(error) === 'UNAUTHENTICATED')
            onSignedOut();
        },
      }),
      cache(),
      subscriptionExchange({ forwardSubscription: watchProgress }),
      fetchExchange,
    ],
  });
}
