import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconBell, IconSend } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { BulkBar } from '~/components/BulkBar.tsx';

interface Props {
  count: number;
  total: number | undefined;
  /** All that match are selected, not only those loaded. */
  all: boolean;
  mayTakeAll: boolean;
  /** The list shows those whose guests have not fetched them. */
  mayRemind: boolean;
  reminding: boolean;
  /** Some of them have a holder. */
  held: boolean;
  planning: boolean;
  onAll: () => void;
  onClear: () => void;
  onDistribute: () => void;
  onRemind: () => void;
  /** The button that puts them into the cart, where there is one. */
  cart?: ReactNode;
  onTakeBack: () => void;
}

/** What can be done with the tickets that are selected in the list. */
export function SelectionBar(props: Props) {
  const { t } = useLingui();
  const { count, total, all, held } = props;
  return (
    <BulkBar
      onClear={props.onClear}
      summary={
        <strong>
          {all ? (
            <Plural
              value={total ?? 0}
              one="The one ticket that matches"
              other="All # tickets that match"
            />
          ) : (
            <Plural value={count} one="# ticket" other="# tickets" />
          )}
        </strong>
      }
    >
      {(props.mayTakeAll || props.mayRemind) && !all && total !== undefined && total > count && (
        <Button variant="subtle" onClick={props.onAll}>
          <Plural value={total} one="Select # that matches" other="Select all # that match" />
        </Button>
      )}
      {!all && (
        <Button
          variant="subtle"
          leftSection={<IconSend size={15} />}
          title="D"
          onClick={props.onDistribute}
        >
          <Trans>Distribute…</Trans>
        </Button>
      )}
      {!all && props.cart}
      {props.mayRemind && (
        <Button
          variant="subtle"
          leftSection={<IconBell size={15} />}
          loading={props.reminding}
          onClick={props.onRemind}
        >
          <Trans>Remind</Trans>
        </Button>
      )}
      {(!all || props.mayTakeAll) && (
        <Tooltip label={t`Nobody else has these tickets`} disabled={held}>
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconArrowBackUp size={15} />}
            loading={props.planning}
            data-disabled={!held || undefined}
            aria-disabled={!held}
            aria-label={held ? undefined : t`Take back: nobody else has these tickets`}
            onClick={() => held && props.onTakeBack()}
          >
            <Trans>Take back…</Trans>
          </Button>
        </Tooltip>
      )}
    </BulkBar>
  );
}
