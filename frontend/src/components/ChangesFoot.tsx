import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { CopyAsGraphQL } from './CopyAsGraphQL.tsx';

interface Props {
  className: string | undefined;
  dirty: boolean;
  busy: boolean;
  /** Why it cannot be saved as it is. */
  wrong?: boolean;
  onDiscard: () => void;
}

/** The end of a form of settings: save what was changed, think again, or copy the call. */
export function ChangesFoot({ className, dirty, busy, wrong = false, onDiscard }: Props) {
  return (
    <div className={className}>
      <Button type="submit" loading={busy} disabled={!dirty || wrong}>
        <Trans>Save</Trans>
      </Button>
      <Button variant="default" disabled={!dirty} onClick={onDiscard}>
        <Trans>Discard changes</Trans>
      </Button>
      <CopyAsGraphQL disabled={!dirty || wrong} />
    </div>
  );
}
