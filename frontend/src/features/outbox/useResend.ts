import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useMutation } from 'urql';
import { toast } from '~/components/toast.ts';
import { ResendMailsMutation } from './outbox.data.ts';

export function useResend() {
  const { t } = useLingui();
  const [{ fetching }, run] = useMutation(ResendMailsMutation);
  async function resend(ids: string[]) {
    const { data, error } = await run({ input: { ids } });
    const refusal = data?.resendMails.userErrors[0]?.message ?? error?.message;
    if (refusal) return toast({ tone: 'bad', title: t`Nothing was sent again`, message: refusal });
    const count = data?.resendMails.mails.length ?? 0;
    toast({
      title: t`Back in the queue`,
      message: plural(count, {
        one: '# mail will be sent again',
        other: '# mails will be sent again',
      }),
    });
  }
  return { resend, resending: fetching };
}
