import { Plural, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useMutation } from 'urql';
import type { VariablesOf } from '~/graphql/graphql.ts';
import { useViewer } from '~/graphql/viewer.data.ts';
import { ReasonDialog } from './ReasonDialog.tsx';
import { PlanReclaimMutation } from './takeback.data.ts';
import { toast } from './toast.ts';

type Input = VariablesOf<typeof PlanReclaimMutation>['input'];

/** Which tickets: a list of ids, or all that a filter finds, with their number. */
type Wanted = Pick<Input, 'ticketIds' | 'filter' | 'expectedCount'>;

interface Options {
  sponsorId: string | undefined;
  /** The dashboard to come back to. */
  productId?: string;
}

/**
 * Has a take-back planned and opens the plan, where nothing has happened yet and everything that
 * would is shown (TB-5). Who is not a sponsor is asked for a reason first.
 */
export function useTakeBack({ sponsorId, productId }: Options) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { can } = useViewer();
  const [{ fetching }, plan] = useMutation(PlanReclaimMutation);
  const [asked, setAsked] = useState<Wanted | null>(null);

  async function run(wanted: Wanted, reason?: string) {
    const { data, error } = await plan({ input: { ...wanted, reason, sponsorId } });
    const execution = data?.planReclaim.execution;
    if (!execution) {
      const said = data?.planReclaim.userErrors[0]?.message ?? error?.graphQLErrors[0]?.message;
      const message = said ?? t`The server cannot be reached.`;
      return toast({ tone: 'bad', title: t`Nothing was taken back`, message });
    }
    setAsked(null);
    navigate({
      to: '/p/executions/$executionId',
      params: { executionId: execution.id },
      search: { product: productId },
    });
  }

  const count = asked?.expectedCount ?? asked?.ticketIds?.length ?? 0;
  const dialog: ReactNode = (
    <ReasonDialog
      opened={asked !== null}
      title={t`Take back tickets`}
      busy={fetching}
      onClose={() => setAsked(null)}
      onReason={(reason) => asked && run(asked, reason)}
    >
      <Plural
        value={count}
        one="One ticket is taken back on behalf of the organiser."
        other="# tickets are taken back on behalf of the organiser."
      />
    </ReasonDialog>
  );
  return {
    planning: fetching,
    takeBack: (wanted: Wanted) => (can.readAllExecutions ? setAsked(wanted) : void run(wanted)),
    dialog,
  };
}
