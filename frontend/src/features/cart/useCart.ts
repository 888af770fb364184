import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { useMutation } from 'urql';
import type { Guest } from '~/components/GuestFields.tsx';
import { toast } from '~/components/toast.ts';
import {
  AssignMutation,
  KeepGuestMutation,
  PlanCartMutation,
  RemoveMutation,
  SpreadMutation,
} from './cart.data.ts';

/** A guest as he was typed, pasted or found in the address book. */
export interface Assigned extends Omit<Guest, 'fields'> {
  fields?: Guest['fields'];
  entryId?: string;
}

/** What of a cart is to be checked; nothing named is all that is ready. */
export interface Part {
  lineIds?: string[];
  emails?: string[];
}

/** The changes of a cart; what is refused is said, what went well is shown by the list. */
export function useCart(userId: string | null, onDone: () => void) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [assigned, assign] = useMutation(AssignMutation);
  const [spread, spreadLines] = useMutation(SpreadMutation);
  const [removed, remove] = useMutation(RemoveMutation);
  const [planned, plan] = useMutation(PlanCartMutation);
  const [kept, keep] = useMutation(KeepGuestMutation);

  function settle(problem: string | undefined, failed: boolean) {
    if (!problem && !failed) {
      onDone();
      return true;
    }
    toast({
      tone: 'bad',
      title: t`The cart was not changed`,
      message: problem ?? t`The server cannot be reached.`,
    });
    return false;
  }
  async function assignAll(lineIds: string[], to: Assigned | 'me' | 'nobody') {
    const whom = to === 'me' ? { toMe: true } : to === 'nobody' ? {} : { guest: to };
    const assignments = lineIds.map((lineId) => ({ lineId, ...whom }));
    const { data, error } = await assign({ input: { userId, assignments } });
    return settle(data?.assignCartLines.userErrors[0]?.message, Boolean(error));
  }
  return {
    busy: [assigned, spread, removed, planned, kept].some(({ fetching }) => fetching),
    assign: assignAll,
    /** One guest gets all of the lines, several get so many each, side by side. */
    async give(lineIds: string[], guests: Assigned[], each: number) {
      const [only] = guests;
      if (guests.length === 1 && only) return assignAll(lineIds, only);
      const { data, error } = await spreadLines({ input: { userId, lineIds, guests, each } });
      return settle(data?.spreadCart.userErrors[0]?.message, Boolean(error));
    },
    async remove(lineIds: string[]) {
      const { data, error } = await remove({ input: { userId, lineIds } });
      return settle(data?.removeFromCart.userErrors[0]?.message, Boolean(error));
    },
    async check({ lineIds, emails }: Part) {
      const { data, error } = await plan({ input: { userId, lineIds, emails } });
      const id = data?.planCart.execution?.id;
      if (!id) return settle(data?.planCart.userErrors[0]?.message, Boolean(error));
      await navigate({ to: '/p/executions/$executionId', params: { executionId: id } });
      return true;
    },
    /** Writes a guest into the viewer's address book; null when he could not be kept. */
    async keep({ email, firstName, lastName }: Guest) {
      const { data } = await keep({ input: { email, firstName, lastName } });
      return data?.saveAddressBookEntry.entry?.id ?? null;
    },
  };
}
