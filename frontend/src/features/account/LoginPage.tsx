import { Trans, useLingui } from '@lingui/react/macro';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useMutation } from 'urql';
import { Mark } from '~/components/Mark.tsx';
import { Notice } from '~/components/Notice.tsx';
import { errorReference } from '~/graphql/errors.ts';
import { isLanguage, languageNames, languages, speak } from '~/lib/i18n.ts';
import { SignInMutation } from './LoginPage.data.ts';
import classes from './LoginPage.module.css';

const route = getRouteApi('/login');

/** Only pages of this site are returned to. */
function safe(next: string | undefined): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') ? next : '/';
}

export function LoginPage() {
  const { t, i18n } = useLingui();
  const { next } = route.useSearch();
  const [{ fetching }, signIn] = useMutation(SignInMutation);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const email = String(form.get('email')).trim();
    const password = String(form.get('password'));
    const { data, error } = await signIn({ input: { email, password } });
    if (error) {
      const reference = errorReference(error);
      const said = error.graphQLErrors[0]?.message;
      const words = said ?? t`The server cannot be reached. Try again in a moment.`;
      return setRefusal(reference ? `${words} (${reference})` : words);
    }
    const [userError] = data?.signIn.userErrors ?? [];
    if (userError) return setRefusal(userError.message);
    const language = data?.signIn.viewer?.user.language.toLowerCase();
    if (isLanguage(language)) await speak(language);
    // A whole new page, so that nothing of an earlier session is left in memory.
    window.location.assign(safe(next));
  }

  return (
    <main className={classes.page}>
      <title>{`${t`Sign in`} · Gradin`}</title>
      <Stand />
      <div className={classes.panel}>
        <form className={classes.form} onSubmit={submit}>
          <div className={classes.brand}>
            <Mark size={34} />
            <span>Gradin</span>
          </div>
          <div>
            <h1>
              <Trans>Sign in</Trans>
            </h1>
            <p className="dimmed">
              <Trans>Every seat in good hands.</Trans>
            </p>
          </div>
          {refusal && <Notice tone="bad">{refusal}</Notice>}
          <TextInput
            name="email"
            type="email"
            size="sm"
            label={t`E-mail address`}
            autoComplete="username"
            autoFocus
            required
            withAsterisk={false}
          />
          <PasswordInput
            name="password"
            size="sm"
            label={t`Password`}
            autoComplete="current-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ 'aria-label': t`Show the password`, tabIndex: 0 }}
          />
          <Button type="submit" size="sm" loading={fetching} fullWidth>
            <Trans>Sign in</Trans>
          </Button>
        </form>
        <nav className={classes.languages} aria-label={t`Language`}>
          {languages.map((code) => (
            <button
              key={code}
              type="button"
              lang={code}
              aria-pressed={code === i18n.locale}
              onClick={() => speak(code)}
            >
              {languageNames[code]}
            </button>
          ))}
        </nav>
      </div>
    </main>
  );
}

/** Rows of seats seen from the pitch, some of them taken: what the product is about. */
function Stand() {
  const seats = [];
  for (let row = 0; row < 15; row++) {
    const count = 17 + row * 2;
    for (let seat = 0; seat < count; seat++) {
      const angle = Math.PI * (0.12 + (0.76 * seat) / (count - 1));
      const radius = 260 + row * 34;
      const mix = (row * 37 + seat * 61 + row * seat * 7) % 23;
      const tone = mix === 4 ? 'guest' : mix < 9 ? 'given' : 'free';
      const x = 400 - Math.cos(angle) * radius;
      const y = 900 - Math.sin(angle) * radius;
      const turn = (angle * 180) / Math.PI - 90;
      seats.push(
        <rect
          key={`${row}-${seat}`}
          data-tone={tone}
          x={x - 9}
          y={y - 8}
          width={18}
          height={16}
          rx={4.5}
          transform={`rotate(${turn.toFixed(1)} ${x.toFixed(1)} ${y.toFixed(1)})`}
        />,
      );
    }
  }
  return (
    <svg
      className={classes.stand}
      viewBox="0 0 800 800"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
    >
      {seats}
    </svg>
  );
}
