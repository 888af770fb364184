import { useLingui } from '@lingui/react';
import { useMemo } from 'react';

const regions: Record<string, string> = { en: 'en-GB', fr: 'fr-FR', de: 'de-DE' };

/** Numbers and times as the given language writes them; times in the zone of the place. */
export function formats(language: string) {
  const locale = regions[language] ?? 'en-GB';
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const size = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const time = (options: Intl.DateTimeFormatOptions) => (iso: string, timeZone?: string) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(new Date(iso));
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return {
    number: (value: number) => whole.format(value),
    percent: (part: number, all: number) => share.format(all === 0 ? 0 : shown(part / all)),
    bytes: (value: number) => bytes(value, size),
    date: time({ day: '2-digit', month: 'short', year: 'numeric' }),
    dayMonth: time({ day: 'numeric', month: 'short' }),
    weekday: time({ weekday: 'short' }),
    time: time(clock),
    dateTime: time({ day: '2-digit', month: 'short', year: 'numeric', ...clock }),
    stamp: time({ day: '2-digit', month: 'short', ...clock, second: '2-digit' }),
    money: (amount: number, currency: string) => {
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
      const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
      return format.format(amount / 10 ** digits);
    },
    duration: (from: string, to: string) => duration(Date.parse(to) - Date.parse(from), size),
  };
}

/** Never 100 % before all is done, never 0 % once something is. */
function shown(share: number): number {
  if (share > 0 && share < 0.01) return 0.01;
  if (share > 0.99 && share < 1) return 0.99;
  return share;
}

function bytes(value: number, format: Intl.NumberFormat): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  const step = Math.min(Math.floor(Math.log10(Math.max(value, 1)) / 3), units.length - 1);
  return `${format.format(value / 1000 ** step)} ${units[step]}`;
}

function duration(milliseconds: number, format: Intl.NumberFormat): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 60) return `${format.format(seconds)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export type Formats = ReturnType<typeof formats>;

export function useFormats(): Formats {
  const { i18n } = useLingui();
  return useMemo(() => formats(i18n.locale), [i18n.locale]);
}
