import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyAsGraphQL } from './CopyAsGraphQL.tsx';
import classes from './Foot.module.css';

interface Props {
  /** What sending the form does. */
  children: ReactNode;
  busy: boolean;
  color?: string;
  disabled?: boolean;
  onCancel: () => void;
}

/** The end of a form: leave it, copy what it would call, send it. */
export function Foot({ children, busy, color, disabled, onCancel }: Props) {
  return (
    <div className={classes.foot}>
      <CopyAsGraphQL disabled={disabled} />
      <Button variant="default" onClick={onCancel}>
        <Trans>Cancel</Trans>
      </Button>
      <Button type="submit" color={color} loading={busy} disabled={disabled}>
        {children}
      </Button>
    </div>
  );
}
