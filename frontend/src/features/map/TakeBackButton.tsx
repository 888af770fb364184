import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useTakeBack } from '~/components/useTakeBack.tsx';

interface Props {
  /** The ids of the tickets. */
  tickets: string[];
  sponsorId: string | undefined;
}

/** Plans to take the selected tickets back; the page of the plan says which can be, and asks. */
export function TakeBackButton({ tickets, sponsorId }: Props) {
  const { planning, takeBack, dialog } = useTakeBack({ sponsorId });
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        leftSection={<IconArrowBackUp size={15} />}
        loading={planning}
        onClick={() => takeBack({ ticketIds: tickets })}
      >
        <Trans>Take back…</Trans>
      </Button>
      {dialog}
    </>
  );
}
