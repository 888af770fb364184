import { Trans, useLingui } from '@lingui/react/macro';
import { Modal } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { Foot } from './Foot.tsx';
import classes from './ReasonDialog.module.css';
import { ReasonField, readReason } from './ReasonField.tsx';

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
    const reason = readReason(event.currentTarget);
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
        <ReasonField focused />
        <p className="dimmed">
          <Trans>Nothing happens yet: the next page shows what would, ticket by ticket.</Trans>
        </p>
        <Foot busy={busy} onCancel={onClose}>
          <Trans>Check</Trans>
        </Foot>
      </form>
    </Modal>
  );
}
