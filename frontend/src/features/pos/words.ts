import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { languageNames, languages } from '~/lib/i18n.ts';

/** When guests are mostly reminded, in hours before the start. */
const usual = [168, 72, 24, 4];

/** What the parameters are called, and what they mean. */
export function useWords() {
  const { t } = useLingui();
  return {
    flags: {
      active: { label: t`In use`, description: t`Sells, and serves its portal` },
      importTicketDetails: {
        label: t`Import of ticket details`,
        description: t`Sponsors may send a filled-in workbook`,
      },
      advancedView: {
        label: t`Advanced view`,
        description: t`The dashboard shows all its columns`,
      },
      cart: {
        label: t`Distribution cart`,
        description: t`Tickets may be gathered before they are given`,
      },
      passOn: { label: t`Guests pass on`, description: t`A guest may give his ticket to a friend` },
      allowTakeBackInjected: {
        label: t`Take-back of sent tickets`,
        description: t`Tickets that were sent and not downloaded`,
      },
      takeBackTransferred: {
        label: t`Take-back of tickets passed on`,
        description: t`Tickets that a guest has given to a friend`,
      },
      tellTakenBack: {
        label: t`Mail to who loses a ticket`,
        description: t`The guest learns that his ticket was taken back`,
      },
    },
    reminders: (set: readonly number[]) =>
      [...new Set([...usual, ...set])]
        .sort((a, b) => b - a)
        .map((hours) => ({
          value: String(hours),
          label:
            hours % 24 === 0
              ? t`${plural(hours / 24, { one: '# day before', other: '# days before' })}`
              : t`${plural(hours, { one: '# hour before', other: '# hours before' })}`,
        })),
    languages: languages.map((code) => ({
      value: code.toUpperCase(),
      label: languageNames[code],
    })),
    downloaded: [
      { value: 'OFF', label: t`Nobody` },
      { value: 'RELAY', label: t`Relays` },
      { value: 'RELAY_AND_PUBLIC', label: t`Relays and individuals` },
    ],
    modes: [
      { value: '', label: t`As it was` },
      { value: 'MOBILE', label: t`Mobile` },
      { value: 'PDF', label: 'PDF' },
      { value: 'PAPER', label: t`Paper` },
      { value: 'CARD', label: t`Card` },
    ],
  };
}
