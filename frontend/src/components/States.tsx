import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCloudOff, IconRefresh } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { CombinedError } from 'urql';
import { errorReference } from '~/graphql/errors.ts';
import { useFormats } from '~/lib/format.ts';
import { useKeys } from '~/lib/keys.ts';
import classes from './States.module.css';

interface EmptyProps {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** Nothing to show, and why, and what to do about it. */
export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className={classes.state}>
      <div className={classes.icon}>{icon}</div>
      <h2>{title}</h2>
      {children && <p className="dimmed">{children}</p>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}

interface FailureProps {
  error: CombinedError;
  onRetry: () => void;
}

/** What went wrong in words, the reference under which the log tells more, and another try. */
export function Failure({ error, onRetry }: FailureProps) {
  const { t } = useLingui();
  const reference = errorReference(error);
  const offline = Boolean(error.networkError);
  const said = error.graphQLErrors[0]?.message;
  return (
    <div className={classes.state} role="alert">
      <div className={classes.icon} data-bad>
        {offline ? (
          <IconCloudOff size={26} stroke={1.5} />
        ) : (
          <IconAlertTriangle size={26} stroke={1.5} />
        )}
      </div>
      <h2>{offline ? t`The server cannot be reached` : t`This could not be loaded`}</h2>
      <p className="dimmed">
        {offline ? t`Check your connection; nothing you did is lost.` : said}
      </p>
      {reference && (
        <p className="dimmed">
          <Trans>
            Reference <code className="mono">{reference}</code>
          </Trans>
        </p>
      )}
      <div className={classes.action}>
        <Button variant="default" onClick={onRetry} leftSection={<IconRefresh size={15} />}>
          <Trans>Try again</Trans>
        </Button>
      </div>
    </div>
  );
}

interface FreshnessProps {
  /** The data shown; a new one means that it was fetched anew. */
  of: unknown;
  busy: boolean;
  /** Fetching anew failed; what is shown is what came before. */
  failed?: boolean;
  onRefresh: () => void;
}

/** How old the list is, and a way to have it anew (`r`). */
export function Freshness({ of, busy, failed, onRefresh }: FreshnessProps) {
  const { t } = useLingui();
  const format = useFormats();
  const [known, setKnown] = useState({ of, at: new Date().toISOString() });
  if (known.of !== of && of) setKnown({ of, at: new Date().toISOString() });
  const at = format.time(known.at);
  useKeys({ r: onRefresh });
  return (
    <span className={classes.freshness} data-failed={failed || undefined}>
      {failed ? t`Not updated since ${at}` : t`Updated ${at}`}
      <Tooltip label={`${t`Fetch anew`} (R)`}>
        <ActionIcon
          onClick={onRefresh}
          aria-label={t`Fetch anew`}
          size={24}
          data-busy={busy || undefined}
          className={classes.refresh}
        >
          <IconRefresh size={15} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </span>
  );
}
