import type { CombinedError } from 'urql';

/** What kind of failure it was, for programs; null when the server did not say. */
export function errorCode(error: CombinedError | undefined): string | null {
  const code = error?.graphQLErrors[0]?.extensions?.code;
  return typeof code === 'string' ? code : null;
}

/** What to tell support, so that they find the line in the log. */
export function errorReference(error: CombinedError | undefined): string | null {
  const reference = error?.graphQLErrors[0]?.extensions?.reference;
  return typeof reference === 'string' ? reference : null;
}
