import 'dayjs/locale/de';
import 'dayjs/locale/fr';
import '@mantine/dates/styles.layer.css';
import { useLingui } from '@lingui/react/macro';
import { DatePickerInput } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { useState } from 'react';

interface Days {
  from?: string;
  to?: string;
}

interface Props {
  value: Days;
  onChange: (days: Days) => void;
}

/** From one day to another, both included; days as they stand in the address. */
export function DayRange({ value, onChange }: Props) {
  const { t, i18n } = useLingui();
  const stored: [string | null, string | null] = [value.from ?? null, value.to ?? null];
  const [half, setHalf] = useState<[string | null, string | null] | null>(null);
  return (
    <DatePickerInput
      type="range"
      locale={i18n.locale}
      valueFormat="DD MMM YY"
      firstDayOfWeek={1}
      w={value.from ? 202 : 128}
      aria-label={t`Dates`}
      placeholder={t`Dates`}
      leftSection={<IconCalendar size={15} stroke={1.7} />}
      clearable
      clearButtonProps={{ 'aria-label': t`Clear` }}
      allowSingleDateInRange
      value={half ?? stored}
      onChange={(range) => {
        const [from, to] = range;
        // Half a range is not a filter yet.
        if (from && !to) return setHalf(range);
        setHalf(null);
        onChange({ from: from ?? undefined, to: to ?? undefined });
      }}
      popoverProps={{ onClose: () => setHalf(null) }}
    />
  );
}
