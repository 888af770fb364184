import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useClient } from 'urql';
import { errorReference } from '~/graphql/errors.ts';
import { settled } from '~/graphql/settled.ts';
import { ReclaimMutation, RefusalQuery } from './distribute.data.ts';

/** What came of it: what was in the way, or what it still waits for. */
interface Outcome {
  problem: string | null;
  waits?: 'approval' | 'wallet';
}

/** Takes one ticket back and waits for it to be done; tells what was in the way. */
export function useReclaim(ticketId: string, sponsorId: string | undefined) {
  const { t } = useLingui();
  const client = useClient();
  const [busy, setBusy] = useState(false);

  async function run(reason: string | undefined): Promise<Outcome> {
    const input = {
      ticketIds: [ticketId],
      reason,
      sponsorId,
      idempotencyKey: crypto.randomUUID(),
    };
    const { data, error } = await client.mutation(ReclaimMutation, { input }).toPromise();
    const [refusal] = data?.reclaim.userErrors ?? [];
    if (refusal) return { problem: refusal.message };
    const execution = data?.reclaim.execution;
    if (error || !execution) {
      const said = error?.graphQLErrors[0]?.message ?? t`The server cannot be reached.`;
      const reference = errorReference(error);
      return { problem: reference ? `${said} (${reference})` : said };
    }
    const over = execution.state === 'DONE' ? execution : await settled(client, execution.id);
    if (over?.state === 'AWAITING_APPROVAL') return { problem: null, waits: 'approval' };
    if (!over || over.counts.refused + over.totals.refused === 0) {
      return { problem: null, waits: over && over.counts.waiting > 0 ? 'wallet' : undefined };
    }
    const rows = await client.query(RefusalQuery, { id: execution.id }).toPromise();
    const said = rows.data?.execution?.rows.edges[0]?.node.problem?.message;
    return { problem: said ?? t`This ticket cannot be taken back now.` };
  }

  async function reclaim(reason: string | undefined) {
    setBusy(true);
    try {
      return await run(reason);
    } finally {
      setBusy(false);
    }
  }
  return { busy, reclaim };
}
