import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation } from 'urql';
import { CancelRemovalMutation } from './cancel-removal.data.ts';
import { toast } from './toast.ts';

interface Props {
  ticketId: string;
  onDone: () => void;
}

/** Leaves a ticket with its guest that an outside wallet has not given up yet (TB-4). */
export function CancelRemoval({ ticketId, onDone }: Props) {
  const { t } = useLingui();
  const [{ fetching }, cancel] = useMutation(CancelRemovalMutation);

  async function run() {
    const { data, error } = await cancel({ input: { ticketId } });
    const refusal = data?.cancelRemoval.userErrors[0]?.message ?? error?.message;
    if (refusal) toast({ tone: 'bad', title: t`It was not cancelled`, message: refusal });
    else
      toast({
        title: t`The take-back was cancelled`,
        message: t`The ticket stays with the guest.`,
      });
    onDone();
  }

  return (
    <Button size="compact-xs" variant="default" loading={fetching} onClick={run}>
      <Trans>Cancel the take-back</Trans>
    </Button>
  );
}
