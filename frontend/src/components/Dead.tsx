import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { Link, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import classes from './Dead.module.css';
import { Mark } from './Mark.tsx';

interface Props {
  code?: string;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

function Dead({ code, title, children, action }: Props) {
  const { history } = useRouter();
  return (
    <div className={classes.dead}>
      <title>{`${title} · Gradin`}</title>
      <Mark size={44} />
      {code && <p className={classes.code}>{code}</p>}
      <h1>{title}</h1>
      <p className="dimmed">{children}</p>
      <div className={classes.actions}>
        {action}
        <Button variant="default" onClick={() => history.back()}>
          <Trans>Go back</Trans>
        </Button>
        <Button component={Link} to="/">
          <Trans>To the start page</Trans>
        </Button>
      </div>
    </div>
  );
}

export function NotFound() {
  const { t } = useLingui();
  return (
    <Dead code="404" title={t`There is no such page`}>
      <Trans>The address may be mistyped, or what it led to is gone.</Trans>
    </Dead>
  );
}

export function Forbidden() {
  const { t } = useLingui();
  return (
    <Dead code="403" title={t`This page is not for you`}>
      <Trans>Your account does not have the right to open it. Ask your administrator.</Trans>
    </Dead>
  );
}

export function Unexpected({ reset }: { reset: () => void }) {
  const { t } = useLingui();
  const retry = (
    <Button variant="default" onClick={reset}>
      <Trans>Try again</Trans>
    </Button>
  );
  return (
    <Dead title={t`The page could not be shown`} action={retry}>
      <Trans>
        The server may be out of reach for a moment. Nothing you entered was carried out.
      </Trans>
    </Dead>
  );
}
