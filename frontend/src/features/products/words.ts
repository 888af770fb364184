import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useFieldLabels } from '~/components/GuestFields.tsx';
import type { Rules } from './rules.data.ts';

export const units = ['days', 'hours', 'minutes'] as const;
export type Unit = (typeof units)[number];
export const minutesOf: Record<Unit, number> = { days: 1440, hours: 60, minutes: 1 };

/** The largest unit in which a number of minutes is whole. */
export function unitOf(minutes: number): Unit {
  return units.find((unit) => minutes % minutesOf[unit] === 0) ?? 'minutes';
}

/** Rules in words. */
export function useRuleWords() {
  const { t } = useLingui();
  const fields = useFieldLabels();
  function span(minutes: number): string {
    const unit = unitOf(minutes);
    const count = minutes / minutesOf[unit];
    switch (unit) {
      case 'days':
        return t`${plural(count, { one: '# day before', other: '# days before' })}`;
      case 'hours':
        return t`${plural(count, { one: '# hour before', other: '# hours before' })}`;
      default:
        return t`${plural(count, { one: '# minute before', other: '# minutes before' })}`;
    }
  }
  return {
    /** When tickets may be distributed, before the start. */
    window({ opensMinutes, closesMinutes }: Pick<Rules, 'opensMinutes' | 'closesMinutes'>) {
      const opens = opensMinutes === null ? null : span(opensMinutes);
      const closes = closesMinutes === null ? null : span(closesMinutes);
      if (closesMinutes === 0) return opens ? t`${opens} to the start` : t`until the start`;
      if (opens && closes) return t`${opens} to ${closes}`;
      if (opens) return t`from ${opens}`;
      if (closes) return t`until ${closes}`;
      return t`always`;
    },
    fields,
    units: [
      { value: 'days', label: t`days before` },
      { value: 'hours', label: t`hours before` },
      { value: 'minutes', label: t`minutes before` },
    ],
  };
}
