import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal } from '@mantine/core';
import type { FormEvent } from 'react';
import { GuestFields } from '~/components/GuestFields.tsx';

/** A guest as he was typed. */
export interface Assigned {
  email: string;
  firstName: string;
  lastName: string;
}

interface Props {
  opened: boolean;
  count: number;
  busy: boolean;
  onClose: () => void;
  onAssign: (guest: Assigned) => void;
}

/** Whom the selected tickets of a cart are for. */
export function AssignDialog({ opened, count, busy, onClose, onAssign }: Props) {
  const { t } = useLingui();
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    onAssign({ email: text('email'), firstName: text('firstName'), lastName: text('lastName') });
  }
  return (
    <Modal opened={opened} onClose={onClose} title={t`Choose a guest`}>
      <form onSubmit={submit}>
        <GuestFields />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={busy}>
            <Plural value={count} one="Assign # ticket" other="Assign # tickets" />
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
