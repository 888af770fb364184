import { useLingui } from '@lingui/react/macro';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import classes from './TicketsPage.module.css';
import type { Possibility, TicketRow } from './tickets.data.ts';

interface Props {
  ticket: TicketRow;
  /** The server's answer; undefined while it has not come. */
  answer: Possibility | undefined;
  busy: boolean;
  onTakeBack: () => void;
}

/** Takes one ticket of the list back. Where that cannot be, it stays and says why (TB-2). */
export function RowTakeBack({ ticket, answer, busy, onTakeBack }: Props) {
  const { t } = useLingui();
  if (!ticket.holder || !answer) return null;
  const { allowed, message } = answer;
  const words = allowed
    ? t`Take back ticket ${ticket.number}`
    : t`Ticket ${ticket.number} cannot be taken back: ${message ?? ''}`;
  return (
    <Tooltip
      label={allowed ? t`Take back` : message}
      multiline
      maw={300}
      position="left"
      events={{ hover: true, focus: true, touch: true }}
    >
      <ActionIcon
        size={24}
        color={allowed ? 'red' : 'gray'}
        aria-label={words}
        aria-disabled={!allowed || busy}
        data-disabled={!allowed || undefined}
        className={classes.rowAction}
        tabIndex={-1}
        onClick={() => allowed && !busy && onTakeBack()}
      >
        <IconArrowBackUp size={16} stroke={1.8} />
      </ActionIcon>
    </Tooltip>
  );
}
