import { Trans, useLingui } from '@lingui/react/macro';
import { Modal, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useMutation } from 'urql';
import { Foot } from '~/components/Foot.tsx';
import { Notice } from '~/components/Notice.tsx';
import { type Entry, SaveEntryMutation } from './book.data.ts';
import classes from './EntryDialog.module.css';

interface Props {
  /** The entry to change; a new one without it. */
  entry: Entry | null;
  onClose: () => void;
  onSaved: () => void;
}

/** Writes a guest of the viewer's own address book. */
export function EntryDialog({ entry, onClose, onSaved }: Props) {
  const { t } = useLingui();
  const [{ fetching }, save] = useMutation(SaveEntryMutation);
  const [problem, setProblem] = useState<{ field?: string; message: string } | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (fetching) return;
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const input = {
      id: entry?.id,
      email: text('email'),
      firstName: text('firstName'),
      lastName: text('lastName'),
      company: text('company'),
      note: text('note'),
    };
    const { data, error } = await save({ input });
    if (data?.saveAddressBookEntry.entry) return onSaved();
    const [first] = data?.saveAddressBookEntry.userErrors ?? [];
    const said = first?.message ?? error?.graphQLErrors[0]?.message;
    setProblem({ field: first?.path?.at(-1), message: said ?? t`The server cannot be reached.` });
  }
  const wrong = (field: string) => (problem?.field === field ? problem.message : undefined);
  const known = ['email', 'lastName'].includes(problem?.field ?? '');
  return (
    <Modal
      opened
      onClose={onClose}
      title={entry ? t`Change a guest` : t`New guest`}
      size={460}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <form onSubmit={submit} className={classes.form}>
        {problem && !known && <Notice tone="bad">{problem.message}</Notice>}
        <TextInput
          name="email"
          type="email"
          label={t`E-mail address`}
          defaultValue={entry?.email}
          required
          withAsterisk={false}
          autoComplete="off"
          data-autofocus
          error={wrong('email')}
        />
        <div className={classes.two}>
          <TextInput
            name="firstName"
            label={t`First name`}
            defaultValue={entry?.firstName}
            required
            withAsterisk={false}
            autoComplete="off"
            maxLength={200}
          />
          <TextInput
            name="lastName"
            label={t`Last name`}
            defaultValue={entry?.lastName}
            required
            withAsterisk={false}
            autoComplete="off"
            maxLength={200}
            error={wrong('lastName')}
          />
        </div>
        <TextInput
          name="company"
          label={t`Company`}
          defaultValue={entry?.company ?? ''}
          autoComplete="off"
          maxLength={200}
        />
        <Textarea
          name="note"
          label={t`Note`}
          description={t`Only you see it.`}
          defaultValue={entry?.note ?? ''}
          maxLength={500}
          autosize
          minRows={2}
        />
        <Foot busy={fetching} onCancel={onClose}>
          <Trans>Save</Trans>
        </Foot>
      </form>
    </Modal>
  );
}
