import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Modal, Textarea } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import classes from './ReasonDialog.module.css';

/** As many characters as the server keeps. */
export const longestReason = 500;

interface Props {
  opened: boolean;
  title: string;
  /** What would be done. */
  children: ReactNode;
  busy: boolean;
  onClose: () => void;
  onReason: (reason: string) => void;
}

/** Asks somebody of the back office why: what he takes back beyond the rules stays written down (TB-6). */
export function ReasonDialog({ opened, title, children, busy, onClose, onReason }: Props) {
  const { t } = useLingui();
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get('reason') ?? '').trim();
    if (reason && !busy) onReason(reason);
  }
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={460}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <form onSubmit={submit} className={classes.form}>
        <p>{children}</p>
        <Textarea
          name="reason"
          label={t`Reason`}
          description={t`It is kept with the execution and in the audit log.`}
          required
          withAsterisk={false}
          maxLength={longestReason}
          autosize
          minRows={2}
          data-autofocus
        />
        <p className="dimmed">
          <Trans>Nothing happens yet: the next page shows what would, ticket by ticket.</Trans>
        </p>
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={busy}>
            <Trans>Check</Trans>
          </Button>
        </div>
      </form>
    </Modal>
  );
}
