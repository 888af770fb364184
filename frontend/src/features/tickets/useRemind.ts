import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { VariablesOf } from 'gql.tada';
import { useMutation } from 'urql';
import { toast } from '~/components/toast.ts';
import { RemindGuestsMutation } from './remind.data.ts';

type Which = Pick<
  VariablesOf<typeof RemindGuestsMutation>['input'],
  'ticketIds' | 'filter' | 'expectedCount'
>;

/** Reminds guests of tickets they have not fetched, and says how many mails that makes. */
export function useRemind(sponsorId: string | undefined) {
  const { t } = useLingui();
  const [{ fetching }, run] = useMutation(RemindGuestsMutation);

  async function remind(which: Which) {
    const input = { ...which, sponsorId, idempotencyKey: crypto.randomUUID() };
    const { data, error } = await run({ input });
    const done = data?.remindGuests.reminder;
    const [refusal] = data?.remindGuests.userErrors ?? [];
    if (refusal || error || !done) {
      const message = refusal?.message ?? error?.message;
      toast({ title: t`Nobody was reminded`, message, tone: 'bad' });
      return;
    }
    const { mails, spared } = done;
    toast({
      title: t`${plural(mails, { one: '# guest is reminded', other: '# guests are reminded' })}`,
      message:
        spared > 0
          ? t`${plural(spared, { one: '# other was reminded within a day already', other: '# others were reminded within a day already' })}`
          : undefined,
    });
  }
  return { reminding: fetching, remind };
}
