import { Trans, useLingui } from '@lingui/react/macro';
import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useMutation } from 'urql';
import { toast } from '~/components/toast.ts';
import classes from './AccountPage.module.css';
import { ChangePasswordMutation } from './account.data.ts';
import { Section } from './Section.tsx';

interface Problem {
  field: string;
  message: string;
}

export function Password() {
  const { t } = useLingui();
  const [{ fetching }, change] = useMutation(ChangePasswordMutation);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const [current, wanted, repeated] = ['current', 'new', 'again'].map((name) =>
      String(form.get(name)),
    );
    if (wanted !== repeated) {
      return setProblem({ field: 'again', message: t`The two new passwords differ.` });
    }
    const { data, error } = await change({ input: { current: current ?? '', new: wanted ?? '' } });
    const [refusal] = data?.changePassword.userErrors ?? [];
    if (refusal)
      return setProblem({ field: refusal.path.at(-1) ?? 'current', message: refusal.message });
    if (error) return setProblem({ field: 'current', message: error.message });
    setProblem(null);
    element.reset();
    toast({ title: t`The password was changed`, message: t`All other sessions have ended.` });
  }

  const error = (field: string) => (problem?.field === field ? problem.message : undefined);
  const toggle = { 'aria-label': t`Show the password`, tabIndex: 0 };
  return (
    <Section title={t`Password`}>
      <form className={classes.form} onSubmit={submit}>
        <PasswordInput
          name="current"
          label={t`Present password`}
          autoComplete="current-password"
          required
          withAsterisk={false}
          error={error('current')}
          visibilityToggleButtonProps={toggle}
        />
        <PasswordInput
          name="new"
          label={t`New password`}
          description={t`12 to 128 characters`}
          autoComplete="new-password"
          minLength={12}
          maxLength={128}
          required
          withAsterisk={false}
          error={error('new')}
          visibilityToggleButtonProps={toggle}
        />
        <PasswordInput
          name="again"
          label={t`New password again`}
          autoComplete="new-password"
          required
          withAsterisk={false}
          error={error('again')}
          visibilityToggleButtonProps={toggle}
        />
        <Button type="submit" variant="default" loading={fetching}>
          <Trans>Change the password</Trans>
        </Button>
      </form>
    </Section>
  );
}
