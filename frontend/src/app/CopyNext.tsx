import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useEffect } from 'react';
import { copyNothing, useCopyNext } from '~/graphql/copying.ts';
import classes from './Shell.module.css';

/** Says that the next action is copied and not carried out, and lets one think again. */
export function CopyNext() {
  const waiting = useCopyNext();
  useEffect(() => {
    if (!waiting) return;
    const onKeyDown = ({ key }: KeyboardEvent) => key === 'Escape' && copyNothing();
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [waiting]);
  if (!waiting) return null;
  return (
    <div role="status" className={classes.copying}>
      <IconBraces size={16} stroke={1.8} />
      <span>
        <Trans>The next action is copied as GraphQL and not carried out.</Trans>
      </span>
      <Button variant="subtle" onClick={copyNothing}>
        <Trans>Cancel</Trans>
      </Button>
    </div>
  );
}
