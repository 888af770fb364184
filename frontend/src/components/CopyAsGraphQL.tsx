import { useLingui } from '@lingui/react/macro';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { copyNow } from '~/graphql/copying.ts';

interface Props {
  /** What the button beside it does; in a form, where it is left out, its submission. */
  action?: () => unknown;
  disabled?: boolean;
}

/** Copies the call that the button beside it would make, and does nothing else (UI-4). */
export function CopyAsGraphQL({ action, disabled }: Props) {
  const { t } = useLingui();
  function copy({ currentTarget: { form } }: MouseEvent<HTMLButtonElement>) {
    copyNow();
    if (action) action();
    else form?.requestSubmit();
  }
  return (
    <Tooltip label={t`Copy as GraphQL`}>
      <ActionIcon
        // Never the form's own submit button: Enter in a field would press it.
        type="button"
        size={32}
        aria-label={t`Copy as GraphQL`}
        disabled={disabled}
        onClick={copy}
      >
        <IconBraces size={16} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}
