import { useLingui } from '@lingui/react/macro';
import { useFormats } from '~/lib/format.ts';
import classes from './ExecutionView.module.css';
import type { Execution } from './execution.data.ts';
import { takesBack } from './words.ts';

/** What has been done so far, in numbers; those that are nought and rare are left out. */
export function Figures({ execution }: { execution: Execution }) {
  const { t } = useLingui();
  const format = useFormats();
  const { counts } = execution;
  const back = takesBack(execution);
  const figures: { label: string; value: number; always?: boolean; bad?: boolean }[] = [
    { label: t`Distributed`, value: counts.distributed, always: !back },
    { label: t`Redistributed`, value: counts.redistributed },
    { label: t`Taken back`, value: counts.takenBack, always: back },
    { label: t`Unchanged`, value: counts.unchanged },
    {
      label: back ? t`Not taken back` : t`Refused`,
      value: counts.refused,
      always: true,
      bad: true,
    },
    { label: t`Waiting for the wallet`, value: counts.waiting },
    { label: t`New guests`, value: counts.contactsCreated ?? 0 },
    { label: t`Mails`, value: counts.mails, always: !back },
    { label: t`Told of their loss`, value: counts.notices, always: back },
    { label: t`Mails sent`, value: counts.mailsSent },
    { label: t`Mails failed`, value: counts.mailsFailed, bad: true },
  ];
  return (
    <dl className={classes.figures}>
      {figures
        .filter(({ value, always }) => always || value > 0)
        .map(({ label, value, bad }) => (
          <div key={label} data-tone={bad && value > 0 ? 'bad' : undefined}>
            <dt>{label}</dt>
            <dd>{format.number(value)}</dd>
          </div>
        ))}
    </dl>
  );
}
