import { Trans, useLingui } from '@lingui/react/macro';
import { MultiSelect, NumberInput, Select, Switch } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useMutation } from 'urql';
import { ChangesFoot } from '~/components/ChangesFoot.tsx';
import { toast } from '~/components/toast.ts';
import classes from './PosPage.module.css';
import { type PointOfSale, UpdatePointOfSaleMutation } from './pos.data.ts';
import { useWords } from './words.ts';

type Flag = {
  [Key in keyof PointOfSale]: PointOfSale[Key] extends boolean ? Key : never;
}[keyof PointOfSale];

interface Props {
  at: PointOfSale;
  readOnly: boolean;
}

/** All parameters of one point of sale. */
export function PosForm({ at, readOnly }: Props) {
  const { t } = useLingui();
  const words = useWords();
  const [{ fetching }, update] = useMutation(UpdatePointOfSaleMutation);
  const [changed, setChanged] = useState<Partial<PointOfSale>>({});
  const [refusal, setRefusal] = useState<{ field: string; message: string } | null>(null);
  const now = { ...at, ...changed };
  const dirty = Object.entries(changed).some(
    ([key, value]) => at[key as keyof PointOfSale] !== value,
  );
  const forbidden = now.takeBackDownloaded !== 'OFF' && !now.allowTakeBackInjected;

  function change(part: Partial<PointOfSale>) {
    setChanged({ ...changed, ...part });
    setRefusal(null);
  }

  async function save(event: FormEvent) {
    event.preventDefault();
    const { code: _code, name: _name, ...input } = now;
    const { data, error } = await update({ input });
    const [refused] = data?.updatePointOfSale.userErrors ?? [];
    if (refused) {
      return setRefusal({ field: refused.path.at(-1) ?? '', message: refused.message });
    }
    if (error)
      return toast({ title: t`This could not be saved`, message: error.message, tone: 'bad' });
    setChanged({});
    toast({ title: t`The parameters of ${at.name} were saved` });
  }

  const flag = (key: Flag) => (
    <Switch
      key={key}
      className={classes.field}
      label={words.flags[key].label}
      description={words.flags[key].description}
      checked={now[key]}
      disabled={readOnly}
      onChange={({ currentTarget }) => change({ [key]: currentTarget.checked })}
      error={refusal?.field === key ? refusal.message : undefined}
    />
  );
  return (
    <section className={classes.section} aria-label={at.name}>
      <header>
        <h2>{at.name}</h2>
        <span className="dimmed">{at.code}</span>
      </header>
      <form onSubmit={save}>
        <fieldset className={classes.fields}>
          <legend>
            <Trans>Portal</Trans>
          </legend>
          {(['active', 'importTicketDetails', 'advancedView', 'cart', 'passOn'] as const).map(flag)}
          <NumberInput
            className={classes.field}
            label={t`Hours to answer`}
            description={t`How long a friend may think before the ticket stays with its guest`}
            value={now.passOnHours}
            min={1}
            max={720}
            allowDecimal={false}
            disabled={readOnly || !now.passOn}
            onChange={(value) => change({ passOnHours: Number(value) })}
            error={refusal?.field === 'passOnHours' && refusal.message}
          />
          <MultiSelect
            className={classes.field}
            label={t`Reminders`}
            description={t`To guests who have not fetched their ticket`}
            placeholder={now.remindHours.length === 0 ? t`None` : undefined}
            data={words.reminders(now.remindHours)}
            value={now.remindHours.map(String)}
            maxValues={5}
            disabled={readOnly}
            onChange={(values) => change({ remindHours: values.map(Number) })}
            error={refusal?.field === 'remindHours' && refusal.message}
          />
          <Select
            className={classes.field}
            label={t`Language`}
            description={t`For people who have chosen none`}
            data={words.languages}
            value={now.language}
            allowDeselect={false}
            readOnly={readOnly}
            onChange={(value) => change({ language: value as PointOfSale['language'] })}
          />
        </fieldset>
        <fieldset className={classes.fields}>
          <legend>
            <Trans>Take-back</Trans>
          </legend>
          {flag('allowTakeBackInjected')}
          <Select
            className={classes.field}
            label={t`Take-back of downloaded tickets`}
            data={words.downloaded}
            value={now.takeBackDownloaded}
            allowDeselect={false}
            readOnly={readOnly}
            onChange={(value) =>
              change({ takeBackDownloaded: value as PointOfSale['takeBackDownloaded'] })
            }
            error={
              forbidden
                ? t`Only where tickets that were sent may be taken back: allow that first.`
                : refusal?.field === 'takeBackDownloaded' && refusal.message
            }
          />
          {flag('takeBackTransferred')}
          <Select
            className={classes.field}
            label={t`Shipment mode of a recovered ticket`}
            data={words.modes}
            value={now.takeBackShipmentMode ?? ''}
            allowDeselect={false}
            readOnly={readOnly}
            onChange={(value) =>
              change({
                takeBackShipmentMode: (value || null) as PointOfSale['takeBackShipmentMode'],
              })
            }
          />
          {flag('tellTakenBack')}
        </fieldset>
        {!readOnly && (
          <ChangesFoot
            className={classes.buttons}
            dirty={dirty}
            busy={fetching}
            wrong={forbidden}
            onDiscard={() => {
              setChanged({});
              setRefusal(null);
            }}
          />
        )}
      </form>
    </section>
  );
}
