import { Trans, useLingui } from '@lingui/react/macro';
import { NumberInput, Switch } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { ChangesFoot } from '~/components/ChangesFoot.tsx';
import { toast } from '~/components/toast.ts';
import { useViewer } from '~/graphql/viewer.data.ts';
import classes from './PosPage.module.css';
import { UpdateWatchMutation, type Watch, WatchQuery } from './pos.data.ts';

/** How the organisation watches take-backs of downloaded tickets, at all points of sale (TB-7). */
export function WatchForm() {
  const [{ data }] = useQuery({ query: WatchQuery, requestPolicy: 'cache-and-network' });
  return data ? <Form watch={data.takeBackWatch} /> : null;
}

function Form({ watch }: { watch: Watch }) {
  const { t } = useLingui();
  const { can } = useViewer();
  const [{ fetching }, update] = useMutation(UpdateWatchMutation);
  const [changed, setChanged] = useState<Partial<Watch>>({});
  const [refusal, setRefusal] = useState<{ field: string; message: string } | null>(null);
  const readOnly = !can.changeTakeBackWatch;
  const now = { ...watch, ...changed };
  const dirty = Object.entries(changed).some(([key, value]) => watch[key as keyof Watch] !== value);

  function change(part: Partial<Watch>) {
    setChanged({ ...changed, ...part });
    setRefusal(null);
  }

  async function save(event: FormEvent) {
    event.preventDefault();
    const { id: _id, ...input } = now;
    const { data, error } = await update({ input });
    const [refused] = data?.updateTakeBackWatch.userErrors ?? [];
    if (refused) {
      return setRefusal({ field: refused.path.at(-1) ?? '', message: refused.message });
    }
    if (error)
      return toast({ title: t`This could not be saved`, message: error.message, tone: 'bad' });
    setChanged({});
    toast({ title: t`How take-backs are watched was saved` });
  }

  const amount = (
    key: 'alertAfter' | 'alertShare' | 'pauseHours',
    words: { label: string; description: string; suffix?: string; max: number },
  ) => (
    <NumberInput
      className={classes.field}
      {...words}
      min={0}
      allowDecimal={false}
      clampBehavior="strict"
      value={now[key]}
      disabled={readOnly}
      onChange={(value) => change({ [key]: Number(value) || 0 })}
      error={refusal?.field === key ? refusal.message : undefined}
    />
  );
  return (
    <section className={classes.section} aria-label={t`Watch over take-backs`}>
      <header>
        <h2>
          <Trans>Watch over take-backs</Trans>
        </h2>
        <span className="dimmed">
          <Trans>All points of sale</Trans>
        </span>
      </header>
      <form onSubmit={save}>
        <fieldset className={classes.fields}>
          <legend>
            <Trans>Tickets taken back after download; 0 is off</Trans>
          </legend>
          {amount('alertAfter', {
            label: t`Alert about a ticket`,
            description: t`When it was taken back more often than this`,
            max: 1000,
          })}
          {amount('alertShare', {
            label: t`Alert about a sponsor`,
            description: t`When more of a product’s distributed tickets were taken back`,
            suffix: ' %',
            max: 100,
          })}
          {amount('pauseHours', {
            label: t`Pause before the next take-back`,
            description: t`So long the ticket stays with its next guest`,
            suffix: t({ message: ' h', context: 'hours, behind a number' }),
            max: 8760,
          })}
          <Switch
            className={classes.field}
            label={t`A second person approves`}
            description={t`A sponsor’s take-back waits for a colleague or an operator`}
            checked={now.approval}
            disabled={readOnly}
            onChange={({ currentTarget }) => change({ approval: currentTarget.checked })}
          />
        </fieldset>
        {!readOnly && (
          <ChangesFoot
            className={classes.buttons}
            dirty={dirty}
            busy={fetching}
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
