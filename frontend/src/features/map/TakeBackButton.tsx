import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMutation } from 'urql';
import { toast } from '~/components/toast.ts';
import { PlanReclaimMutation } from './map.data.ts';

interface Props {
  /** The ids of the tickets. */
  tickets: string[];
  sponsorId: string | undefined;
}

/** Plans to take the selected tickets back; the page of the plan says which can be, and asks. */
export function TakeBackButton({ tickets, sponsorId }: Props) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [{ fetching }, plan] = useMutation(PlanReclaimMutation);

  async function begin() {
    const { data, error } = await plan({ input: { ticketIds: tickets, sponsorId } });
    const execution = data?.planReclaim.execution;
    if (execution) {
      navigate({ to: '/p/executions/$executionId', params: { executionId: execution.id } });
      return;
    }
    const said = data?.planReclaim.userErrors[0]?.message ?? error?.graphQLErrors[0]?.message;
    toast({
      tone: 'bad',
      title: t`Nothing was taken back`,
      message: said ?? t`The server cannot be reached.`,
    });
  }

  return (
    <Button
      variant="subtle"
      color="red"
      leftSection={<IconArrowBackUp size={15} />}
      loading={fetching}
      onClick={begin}
    >
      <Trans>Take back…</Trans>
    </Button>
  );
}
