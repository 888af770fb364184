import { Trans, useLingui } from '@lingui/react/macro';
import { Button, MultiSelect, Select } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import { useKeys } from '~/lib/keys.ts';
import { hasFilter, type TicketSearch } from '~/lib/ticket-search.ts';
import { DayRange } from './DayRange.tsx';
import { SavedViews } from './SavedViews.tsx';
import { SearchField } from './SearchField.tsx';
import { useShows } from './shows.ts';
import classes from './TicketFilters.module.css';

interface Named {
  id: string;
  name: string;
}

interface Props {
  value: TicketSearch;
  onChange: (change: Partial<TicketSearch>) => void;
  categories: Named[];
  contingents: Named[];
  /** What stands at the end of the bar. */
  children?: ReactNode;
}

const none: TicketSearch = {
  q: undefined,
  from: undefined,
  to: undefined,
  category: undefined,
  contingent: undefined,
  show: undefined,
  takeBack: undefined,
  inCart: undefined,
};

/** The filters of tickets; they live in the address, this only shows and changes them (DA-3). */
export function TicketFilters({ value, onChange, categories, contingents, children }: Props) {
  const { t } = useLingui();
  const shows = useShows();
  const bar = useRef<HTMLFieldSetElement>(null);
  useKeys({
    f: () => bar.current?.querySelectorAll<HTMLElement>('button, input')[1]?.focus(),
  });
  return (
    <fieldset className={classes.bar} ref={bar} aria-label={t`Filters`}>
      <SearchField
        width={204}
        label={t`Guest or ticket number`}
        value={value.q}
        onChange={(q) => onChange({ q })}
      />
      <DayRange value={value} onChange={onChange} />
      <Choice
        label={t`Category`}
        options={categories}
        value={value.category}
        onChange={(category) => onChange({ category })}
      />
      <Choice
        label={t`Contingent`}
        options={contingents}
        value={value.contingent}
        onChange={(contingent) => onChange({ contingent })}
      />
      <Select
        w={132}
        aria-label={t`State`}
        placeholder={t`State`}
        clearable
        clearButtonProps={{ 'aria-label': t`Clear` }}
        data={Object.entries(shows).map(([show, label]) => ({ value: show, label }))}
        value={value.show ?? null}
        onChange={(show) => onChange({ show: (show ?? undefined) as TicketSearch['show'] })}
      />
      {hasFilter(value) && (
        <Button variant="subtle" px={8} onClick={() => onChange(none)}>
          <Trans>Clear filters</Trans>
        </Button>
      )}
      <SavedViews />
      <div className={classes.end}>{children}</div>
    </fieldset>
  );
}

interface ChoiceProps {
  label: string;
  options: Named[];
  value: string[] | undefined;
  onChange: (value: string[] | undefined) => void;
}

function Choice({ label, options, value = [], onChange }: ChoiceProps) {
  const { t } = useLingui();
  if (options.length < 2 && value.length === 0) return null;
  return (
    <MultiSelect
      className={classes.choice}
      aria-label={label}
      placeholder={value.length === 0 ? label : undefined}
      data={options.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={(ids) => onChange(ids.length ? ids : undefined)}
      clearable
      clearButtonProps={{ 'aria-label': t`Clear` }}
      searchable={options.length > 8}
      comboboxProps={{ width: 220, position: 'bottom-start' }}
    />
  );
}
