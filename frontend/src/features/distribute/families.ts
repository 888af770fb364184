import { useLingui } from '@lingui/react/macro';

/** What a product is, in words. */
export function useFamilies() {
  const { t } = useLingui();
  return {
    EVENT: t`Event`,
    COMPETITION: t`Competition`,
    VISIT_PASS: t`Visit`,
    TIMESLOT_PASS: t`Visit in a time slot`,
    OPEN_PASS: t`Open pass`,
    SERVICE: t`Service`,
    VOUCHER: t`Voucher`,
    SEASON_TICKET: t`Season ticket`,
  };
}
