import { useLingui } from '@lingui/react/macro';
import { TextInput } from '@mantine/core';
import type { VariablesOf } from '~/graphql/graphql.ts';
import type { PlanDistributionMutation } from './distribute.data.ts';
import classes from './GuestFields.module.css';

type MoveInput = VariablesOf<typeof PlanDistributionMutation>['input']['moves'][number];
type Field = NonNullable<MoveInput['fields']>[number];

/** What an organiser may ask of a guest beyond e-mail and names (DI-10). */
export type GuestField = Field['field'];

export interface Guest {
  email: string;
  firstName: string;
  lastName: string;
  fields: Field[];
}

interface Props {
  /** Which field is refused, and why. */
  problem?: { field: string; message: string } | null;
  /** What else the organiser asks of the guest. */
  fields?: readonly GuestField[];
}

const kinds: Record<GuestField, { type: string; autoComplete: string }> = {
  BIRTH_DATE: { type: 'date', autoComplete: 'off' },
  NATIONALITY: { type: 'text', autoComplete: 'off' },
  ID_NUMBER: { type: 'text', autoComplete: 'off' },
  PHONE: { type: 'tel', autoComplete: 'off' },
};

/** Who gets the ticket. Names are needed only for somebody the organiser does not know yet. */
export function GuestFields({ problem, fields = [] }: Props) {
  const { t } = useLingui();
  const labels = useFieldLabels();
  const error = (field: string) => (problem?.field === field ? problem.message : undefined);
  const today = new Date().toISOString().slice(0, 10);
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
      {fields.map((field) => (
        <TextInput
          key={field}
          name={`field.${field}`}
          label={labels[field]}
          {...kinds[field]}
          max={field === 'BIRTH_DATE' ? today : undefined}
          maxLength={100}
          pattern={field === 'PHONE' ? '[0-9+().\\/\\s\\-]{5,}' : undefined}
          required
          withAsterisk={false}
          error={error(field)}
        />
      ))}
    </div>
  );
}

/** What each of these fields is called. */
export function useFieldLabels(): Record<GuestField, string> {
  const { t } = useLingui();
  return {
    BIRTH_DATE: t`Date of birth`,
    NATIONALITY: t`Nationality`,
    ID_NUMBER: t`Number of the identity document`,
    PHONE: t`Telephone number`,
  };
}

export function readGuest(form: FormData): Guest {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const fields = (Object.keys(kinds) as GuestField[])
    .map((field) => ({ field, value: text(`field.${field}`) }))
    .filter(({ value }) => value);
  return { email: text('email'), firstName: text('firstName'), lastName: text('lastName'), fields };
}
