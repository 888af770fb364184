import { useLingui } from '@lingui/react/macro';
import { Checkbox, NumberInput, Select } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ChangesFoot } from '~/components/ChangesFoot.tsx';
import { Notice } from '~/components/Notice.tsx';
import classes from './Rules.module.css';
import type { Rules } from './rules.data.ts';
import { minutesOf, type Unit, unitOf, useRuleWords } from './words.ts';

/** Which field is refused, and why. */
export interface Refusal {
  field: string;
  message: string;
}

interface Props {
  rules: Rules;
  /** Of a performance: what its product says where it says nothing itself. */
  inherited?: Rules;
  readOnly: boolean;
  busy: boolean;
  onSave: (rules: Rules) => Promise<Refusal | null>;
}

/** The limits of a product's tickets, or of one performance. */
export function RulesForm({ rules, inherited, readOnly, busy, onSave }: Props) {
  const { t } = useLingui();
  const words = useRuleWords();
  const [now, setNow] = useState(rules);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const dirty = JSON.stringify(now) !== JSON.stringify(rules);
  const error = (field: string) => (refusal?.field === field ? refusal.message : undefined);
  const known = ['opensMinutes', 'closesMinutes', 'guestLimit', 'guestFields'];

  async function save(event: FormEvent) {
    event.preventDefault();
    setRefusal(await onSave(now));
  }
  function change(part: Partial<Rules>) {
    setNow({ ...now, ...part });
    setRefusal(null);
  }
  const otherwise = inherited ? t`as the product` : t`always`;
  return (
    <form onSubmit={save} className={classes.form}>
      {refusal && !known.includes(refusal.field) && <Notice tone="bad">{refusal.message}</Notice>}
      <Before
        label={t`Distribution opens`}
        placeholder={otherwise}
        minutes={now.opensMinutes}
        readOnly={readOnly}
        error={error('opensMinutes')}
        onChange={(opensMinutes) => change({ opensMinutes })}
      />
      <Before
        label={t`Distribution closes`}
        placeholder={otherwise}
        minutes={now.closesMinutes}
        readOnly={readOnly}
        error={error('closesMinutes')}
        onChange={(closesMinutes) => change({ closesMinutes })}
      />
      <NumberInput
        label={t`Tickets per guest`}
        description={t`Of one performance, over all sponsors and orders`}
        placeholder={inherited ? String(inherited.guestLimit ?? t`any`) : t`any`}
        value={now.guestLimit ?? ''}
        min={1}
        max={1000}
        allowDecimal={false}
        readOnly={readOnly}
        error={error('guestLimit')}
        onChange={(value) => change({ guestLimit: value === '' ? null : Number(value) })}
      />
      {!inherited && (
        <Checkbox.Group
          label={t`Asked of guests beyond e-mail and names`}
          description={t`Columns of the workbook and fields of the forms`}
          value={now.guestFields}
          readOnly={readOnly}
          error={error('guestFields')}
          onChange={(fields) => change({ guestFields: fields as Rules['guestFields'] })}
        >
          <div className={classes.fields}>
            {Object.entries(words.fields).map(([field, label]) => (
              <Checkbox key={field} value={field} label={label} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      {!readOnly && (
        <ChangesFoot
          className={classes.buttons}
          dirty={dirty}
          busy={busy}
          onDiscard={() => setNow(rules)}
        />
      )}
    </form>
  );
}

interface BeforeProps {
  label: string;
  placeholder: string;
  minutes: number | null;
  readOnly: boolean;
  error: string | undefined;
  onChange: (minutes: number | null) => void;
}

/** A moment before the start: a number and its unit. */
function Before({ label, placeholder, minutes, readOnly, error, onChange }: BeforeProps) {
  const { t } = useLingui();
  const words = useRuleWords();
  const [unit, setUnit] = useState<Unit>(minutes === null ? 'days' : unitOf(minutes));
  return (
    <div className={classes.before}>
      <NumberInput
        label={label}
        placeholder={placeholder}
        value={minutes === null ? '' : minutes / minutesOf[unit]}
        min={0}
        allowDecimal={false}
        readOnly={readOnly}
        error={error}
        onChange={(value) => onChange(value === '' ? null : Number(value) * minutesOf[unit])}
      />
      <Select
        className={classes.unit}
        aria-label={t`Unit of ${label}`}
        data={words.units}
        value={unit}
        allowDeselect={false}
        readOnly={readOnly}
        onChange={(to) => {
          const next = to as Unit;
          if (minutes !== null) onChange((minutes / minutesOf[unit]) * minutesOf[next]);
          setUnit(next);
        }}
      />
    </div>
  );
}
