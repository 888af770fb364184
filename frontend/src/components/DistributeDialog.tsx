import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Modal } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useMutation, useQuery } from 'urql';
import classes from './DistributeDialog.module.css';
import { GuestFieldsQuery, PlanDistributionMutation } from './distribute.data.ts';
import { Foot } from './Foot.tsx';
import { GuestFields, readGuest } from './GuestFields.tsx';
import { Notice } from './Notice.tsx';

interface Props {
  /** The ids of the tickets. */
  tickets: string[];
  sponsorId: string | undefined;
  opened: boolean;
  onClose: () => void;
}

/** Gives the selected tickets to one guest; what would happen is shown before anything does. */
export function DistributeDialog({ tickets, sponsorId, opened, onClose }: Props) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [{ fetching }, plan] = useMutation(PlanDistributionMutation);
  // The product asks, and all tickets of a selection are of one product.
  const [first] = tickets;
  const [{ data: asked }] = useQuery({
    query: GuestFieldsQuery,
    variables: { id: first ?? '' },
    pause: !opened || !first,
  });
  const fields = asked?.node && 'guestFields' in asked.node ? asked.node.guestFields : [];
  const [refusal, setRefusal] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const guest = readGuest(new FormData(event.currentTarget));
    const moves = tickets.map((ticketId) => ({ ticketId, ...guest }));
    const { data, error } = await plan({ input: { moves, sponsorId } });
    const execution = data?.planDistribution.execution;
    if (!execution) {
      const [first] = data?.planDistribution.userErrors ?? [];
      const said = first?.message ?? error?.graphQLErrors[0]?.message;
      return setRefusal(said ?? t`The server cannot be reached.`);
    }
    navigate({ to: '/p/executions/$executionId', params: { executionId: execution.id } });
  }

  return (
    <Modal
      closeButtonProps={{ 'aria-label': t`Close` }}
      opened={opened}
      onClose={onClose}
      title={t`Distribute the selected tickets`}
      size={460}
    >
      <form onSubmit={submit} className={classes.form}>
        <p>
          <Plural
            value={tickets.length}
            one="One ticket goes to one guest."
            other="# tickets go to one guest, in one mail."
          />
        </p>
        {refusal && <Notice tone="bad">{refusal}</Notice>}
        <GuestFields fields={fields} />
        <p className="dimmed">
          <Trans>Nothing happens yet: the next page shows what would, ticket by ticket.</Trans>
        </p>
        <Foot busy={fetching} onCancel={onClose}>
          <Trans>Check</Trans>
        </Foot>
      </form>
    </Modal>
  );
}
