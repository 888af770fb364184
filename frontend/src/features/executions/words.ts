import { useLingui } from '@lingui/react/macro';
import type { Tone } from '~/components/Tag.tsx';
import type { Execution, Row } from './execution.data.ts';

type Stand = Pick<Execution, 'state' | 'result'>;

export const ended = ({ state }: Pick<Execution, 'state'>) =>
  state === 'DONE' || state === 'CANCELLED';

/** Whether its whole purpose is to get tickets back. */
export const takesBack = ({ function: does }: Pick<Execution, 'function'>) =>
  does === 'TAKE_BACK' || does === 'UNDO';

/** Where an execution stands, or how it ended. */
export function useExecutionStand(): (execution: Stand) => { word: string; tone: Tone } {
  const { t } = useLingui();
  return ({ state, result }) => {
    switch (state) {
      case 'PLANNING':
        return { word: t`Being checked`, tone: 'info' };
      case 'PLANNED':
        return { word: t`Waits for confirmation`, tone: 'warn' };
      case 'AWAITING_APPROVAL':
        return { word: t`Waits for approval`, tone: 'warn' };
      case 'QUEUED':
        return { word: t`Queued`, tone: 'info' };
      case 'RUNNING':
        return { word: t`Running`, tone: 'info' };
      case 'CANCELLED':
        return { word: t`Stopped`, tone: 'neutral' };
      default:
        if (result === 'ERROR') return { word: t`Failed`, tone: 'bad' };
        if (result === 'WARNING') return { word: t`Done, with refusals`, tone: 'warn' };
        return { word: t`Done`, tone: 'good' };
    }
  };
}

export function useFunctions(): Record<Execution['function'], string> {
  const { t } = useLingui();
  return {
    TICKET_HOLDERS_IMPORT: t`Ticket holders import`,
    DISTRIBUTION: t`Distribution`,
    TAKE_BACK: t`Take-back`,
    UNDO: t`Undo`,
    CART: t`Cart`,
  };
}

export function useTriggers(): Record<Execution['trigger'], string> {
  const { t } = useLingui();
  return {
    PORTAL: t`Portal`,
    SCHEDULE: t`Schedule`,
    IMMEDIATE: t`Immediate execution`,
    API: t`API`,
  };
}

/** What a row is for, before and after it is carried out. */
export function useOutcomes(): Record<Row['outcome'], { word: string; tone: Tone }> {
  const { t } = useLingui();
  return {
    DISTRIBUTE: { word: t`Distribute`, tone: 'good' },
    REDISTRIBUTE: { word: t`Redistribute`, tone: 'info' },
    TAKE_BACK: { word: t`Take back`, tone: 'warn' },
    UNCHANGED: { word: t`Unchanged`, tone: 'neutral' },
    REFUSED: { word: t`Refused`, tone: 'bad' },
  };
}

/** What is wrong with a row, in two or three words; the row itself says what to do. */
export function useReasons(
  execution: Pick<Execution, 'function'>,
): Record<Execution['reasons'][number]['reason'], string> {
  const { t } = useLingui();
  const file = execution.function === 'TICKET_HOLDERS_IMPORT';
  return {
    NOT_FOUND: t`No such ticket`,
    STALE: file ? t`Moved since the export` : t`Moved on since`,
    DUPLICATE_ROW: file ? t`Ticket twice in the file` : t`Ticket twice`,
    INVALID_EMAIL: t`Invalid e-mail address`,
    MISSING_EMAIL: t`E-mail address missing`,
    MISSING_NAME: t`Name missing`,
    NOT_VALID: t`Ticket no longer valid`,
    ALREADY_CONTROLLED: t`Already scanned`,
    ON_RESALE: t`Offered for resale`,
    TRANSFER_PENDING: t`Being passed on`,
    NO_WALLET_FEEDBACK: t`Wallet has not answered`,
    TAKE_BACK_NOT_ALLOWED: t`Take-back not allowed`,
    CHILD_CONTROLLED: t`Card used already`,
    DISTRIBUTION_CLOSED: t`Distribution not open`,
    GUEST_LIMIT: t`Guest has the maximum`,
    FORMULA_CELL: t`Formula in a cell`,
    CELL_TOO_LONG: t`Text too long`,
    MISSING_FIELD: t`Field missing`,
    DIFFERENT_NAME: t`Differing name`,
    NOT_DISTRIBUTED: t`Nobody else has it`,
    REMOVAL_PENDING: t`Being taken out of a wallet`,
    REMOVAL_REFUSED: t`Kept by the wallet`,
    REMOVAL_EXPIRED: t`No answer of the wallet`,
    REMOVAL_CANCELLED: t`Take-back cancelled`,
    OUTSIDE_WALLET: t`In a wallet app`,
    TAKE_BACK_PAUSED: t`Taken back too recently`,
    NEEDS_APPROVAL: t`Needs approval`,
  };
}
