import { useLingui } from '@lingui/react/macro';
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useKeys } from '~/lib/keys.ts';
import classes from './BulkBar.module.css';

interface Props {
  /** What is selected; it counts tickets, not rows. */
  summary: ReactNode;
  children: ReactNode;
  onClear: () => void;
}

/** What can be done with the selection, at hand at the bottom of the window. */
export function BulkBar({ summary, children, onClear }: Props) {
  const { t } = useLingui();
  useKeys({ Escape: onClear });
  return (
    <section className={classes.holder} aria-label={t`Selection`}>
      <div className={classes.bar}>
        <span className={classes.summary} role="status">
          {summary}
        </span>
        {children}
        <ActionIcon onClick={onClear} aria-label={t`Clear the selection`} title="Esc">
          <IconX size={16} />
        </ActionIcon>
      </div>
    </section>
  );
}
