import { useLingui } from '@lingui/react/macro';
import { Textarea } from '@mantine/core';

/** As many characters as the server keeps. */
export const longestReason = 500;

/** Why somebody of the back office takes back beyond the rules: it stays written down (TB-6). */
export function ReasonField({ focused = false }: { focused?: boolean }) {
  const { t } = useLingui();
  return (
    <Textarea
      name="reason"
      label={t`Reason`}
      description={t`It is kept with the execution and in the audit log.`}
      required
      withAsterisk={false}
      maxLength={longestReason}
      autosize
      minRows={2}
      data-autofocus={focused || undefined}
    />
  );
}

/** What a form with the field says. */
export function readReason(form: HTMLFormElement): string {
  return String(new FormData(form).get('reason') ?? '').trim();
}
