import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useFormats } from '~/lib/format.ts';
import type { Alert } from './alerts.data.ts';

/** What an alert says, in a sentence. */
export function useAbout(): (alert: Alert) => string {
  const { t } = useLingui();
  const format = useFormats();
  return ({ kind, ticket, recovered, distributed, threshold }) => {
    if (kind === 'TICKET') {
      const number = ticket?.number ?? '–';
      const times = plural(recovered, { one: '# time', other: '# times' });
      return t`Ticket ${number} was taken back after download ${times}`;
    }
    const back = format.number(recovered);
    const given = format.number(distributed);
    return t`${back} of ${given} distributed tickets were taken back after download: more than ${threshold} %`;
  };
}
