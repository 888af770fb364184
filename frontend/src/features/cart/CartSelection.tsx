import { Plural, Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconArrowBackUp, IconSend, IconTrash, IconUser } from '@tabler/icons-react';
import { BulkBar } from '~/components/BulkBar.tsx';
import { useKeys } from '~/lib/keys.ts';
import type { Line } from './cart.data.ts';
import type { useCart } from './useCart.ts';

interface Props {
  lines: Line[];
  change: ReturnType<typeof useCart>;
  onClear: () => void;
  onGive: () => void;
}

/** What can be done with the selected tickets of a cart. */
export function CartSelection({ lines, change, onClear, onGive }: Props) {
  const ids = lines.map(({ id }) => id);
  const ready = lines.filter(({ guest, toMe }) => guest || toMe).length;
  useKeys({ d: onGive });
  return (
    <BulkBar
      onClear={onClear}
      summary={
        <strong>
          <Plural value={lines.length} one="# ticket" other="# tickets" />
        </strong>
      }
    >
      <Button variant="subtle" leftSection={<IconUser size={15} />} title="D" onClick={onGive}>
        <Trans>Choose guests…</Trans>
      </Button>
      <Button
        variant="subtle"
        leftSection={<IconArrowBackUp size={15} />}
        onClick={() => change.assign(ids, 'me')}
      >
        <Trans>Assign to me</Trans>
      </Button>
      <Button
        variant="subtle"
        leftSection={<IconTrash size={15} />}
        onClick={() => change.remove(ids)}
      >
        <Trans>Take out</Trans>
      </Button>
      {ready > 0 && (
        <Button
          variant="subtle"
          leftSection={<IconSend size={15} />}
          loading={change.busy}
          onClick={() => change.check({ lineIds: ids })}
        >
          <Plural value={ready} one="Check # ticket" other="Check # tickets" />
        </Button>
      )}
    </BulkBar>
  );
}
