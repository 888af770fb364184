import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useClient } from 'urql';
import type { Guest } from '~/components/GuestFields.tsx';
import { errorReference } from '~/graphql/errors.ts';
import { settled } from '~/graphql/settled.ts';
import { DistributeMutation, RefusalQuery } from './distribute.data.ts';

export interface Problem {
  /** The field of the form it is about; empty for the whole. */
  field: string;
  message: string;
}

const fields = new Map([
  ['INVALID_EMAIL', 'email'],
  ['MISSING_EMAIL', 'email'],
  ['MISSING_NAME', 'firstName'],
]);

/** Gives one ticket away and waits for it to be done; tells what was in the way. */
export function useDistribute(ticketId: string, sponsorId: string | undefined) {
  const { t } = useLingui();
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [key] = useState(() => crypto.randomUUID());

  async function run(guest: Guest): Promise<Problem | null> {
    const idempotencyKey = `${key}:${JSON.stringify(guest)}`.slice(0, 200);
    const input = { moves: [{ ticketId, ...guest }], sponsorId, idempotencyKey };
    const { data, error } = await client.mutation(DistributeMutation, { input }).toPromise();
    const [refusal] = data?.distribute.userErrors ?? [];
    if (refusal) return { field: refusal.path.at(-1) ?? '', message: refusal.message };
    const execution = data?.distribute.execution;
    if (error || !execution) {
      const said = error?.graphQLErrors[0]?.message ?? t`The server cannot be reached.`;
      const reference = errorReference(error);
      return { field: '', message: reference ? `${said} (${reference})` : said };
    }
    const over = execution.state === 'DONE' ? execution : await settled(client, execution.id);
    if (!over || over.counts.refused + over.totals.refused === 0) return null;
    const rows = await client.query(RefusalQuery, { id: execution.id }).toPromise();
    const problem = rows.data?.execution?.rows.edges[0]?.node.problem;
    return problem ? { field: fields.get(problem.code) ?? '', message: problem.message } : null;
  }

  async function distribute(guest: Guest) {
    setBusy(true);
    try {
      return await run(guest);
    } finally {
      setBusy(false);
    }
  }
  return { busy, distribute };
}
