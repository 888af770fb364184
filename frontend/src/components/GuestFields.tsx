import { useLingui } from '@lingui/react/macro';
import { TextInput } from '@mantine/core';
import classes from './GuestFields.module.css';

export interface Guest {
  email: string;
  firstName: string;
  lastName: string;
}

interface Props {
  /** Which field is refused, and why. */
  problem?: { field: string; message: string } | null;
}

/** Who gets the ticket. Names are needed only for somebody the organiser does not know yet. */
export function GuestFields({ problem }: Props) {
  const { t } = useLingui();
  const error = (field: string) => (problem?.field === field ? problem.message : undefined);
  return (
    <div className={classes.fields}>
      <TextInput
        name="email"
        type="email"
        className={classes.wide}
        label={t`Guest’s e-mail address`}
        autoComplete="off"
        required
        withAsterisk={false}
        data-autofocus
        error={error('email')}
      />
      <TextInput
        name="firstName"
        label={t`First name`}
        autoComplete="off"
        error={error('firstName')}
      />
      <TextInput
        name="lastName"
        label={t`Last name`}
        autoComplete="off"
        error={error('lastName')}
      />
    </div>
  );
}

export function readGuest(form: FormData): Guest {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  return { email: text('email'), firstName: text('firstName'), lastName: text('lastName') };
}
