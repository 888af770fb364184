import { useLingui } from '@lingui/react/macro';
import type { Tone } from '~/components/Tag.tsx';
import { type LanguageCode, languageNames } from '~/lib/i18n.ts';
import type { MailLine } from './outbox.data.ts';

/** In this order they are offered: what needs a person first. */
export const mailStates = [
  'FAILED',
  'IN_DOUBT',
  'READY',
  'HELD',
  'SENDING',
  'SENT',
  'OBSOLETE',
] as const;

export function useMailStates(): Record<MailLine['state'], { word: string; tone: Tone }> {
  const { t } = useLingui();
  return {
    FAILED: { word: t`Failed`, tone: 'bad' },
    IN_DOUBT: { word: t`In doubt`, tone: 'warn' },
    READY: { word: t`Ready`, tone: 'info' },
    HELD: { word: t`Held`, tone: 'neutral' },
    SENDING: { word: t`Being sent`, tone: 'info' },
    SENT: { word: t`Sent`, tone: 'good' },
    OBSOLETE: { word: t`Not needed`, tone: 'neutral' },
  };
}

export function useMailClasses(): Record<MailLine['class'], string> {
  const { t } = useLingui();
  return {
    TICKET_ACKNOWLEDGEMENT: t`Ticket acknowledgement`,
    TICKET_TAKEN_BACK: t`Ticket taken back`,
    TICKET_RETURNED: t`Ticket given back by its guest`,
    TICKET_OFFERED: t`Ticket offered by its guest`,
    TICKET_PASSED_ON: t`Offer accepted`,
    TICKET_REMINDER: t`Reminder`,
    TAKE_BACK_ALERT: t`Alert`,
    APPROVAL_AWAITED: t`Approval awaited`,
    PASS_ON_ENDED: t`Offer not accepted`,
  };
}

/** Only what failed or may have been lost is sent again. */
export const resendable = ({ state }: Pick<MailLine, 'state'>) =>
  state === 'FAILED' || state === 'IN_DOUBT';

/** A language by its own name. */
export const languageName = (code: MailLine['language']) =>
  languageNames[code.toLowerCase() as LanguageCode];
