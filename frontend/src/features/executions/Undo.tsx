import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useMutation } from 'urql';
import { ReasonDialog } from '~/components/ReasonDialog.tsx';
import { toast } from '~/components/toast.ts';
import { useViewer } from '~/graphql/viewer.data.ts';
import { type Execution, PlanUndoMutation } from './execution.data.ts';
import { useExecutionPath } from './useExecutionPath.ts';

/** Plans the taking back of all that an execution gave; the plan names what does not come back (DI-9). */
export function Undo({ execution }: { execution: Execution }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const to = useExecutionPath();
  const { can } = useViewer();
  const [{ fetching }, plan] = useMutation(PlanUndoMutation);
  const [asking, setAsking] = useState(false);

  async function run(reason?: string) {
    const { data, error } = await plan({ input: { executionId: execution.id, reason } });
    const planned = data?.planUndo.execution;
    if (!planned) {
      const said = data?.planUndo.userErrors[0]?.message ?? error?.graphQLErrors[0]?.message;
      const message = said ?? t`The server cannot be reached.`;
      return toast({ tone: 'bad', title: t`Nothing was undone`, message });
    }
    setAsking(false);
    navigate({ to, params: { executionId: planned.id } });
  }

  return (
    <>
      <Button
        variant="default"
        color="red"
        leftSection={<IconArrowBackUp size={15} />}
        loading={fetching}
        onClick={() => (can.readAllExecutions ? setAsking(true) : void run())}
      >
        <Trans>Undo…</Trans>
      </Button>
      <ReasonDialog
        opened={asking}
        title={t`Undo execution ${execution.number}`}
        busy={fetching}
        onClose={() => setAsking(false)}
        onReason={run}
      >
        <Trans>All that this execution gave is taken back, as far as it can be.</Trans>
      </ReasonDialog>
    </>
  );
}
