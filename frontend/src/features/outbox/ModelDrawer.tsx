import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Drawer, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { CopyAsGraphQL } from '~/components/CopyAsGraphQL.tsx';
import { Notice } from '~/components/Notice.tsx';
import { toast } from '~/components/toast.ts';
import { MailFrame } from './MailFrame.tsx';
import classes from './Models.module.css';
import {
  type MailModel,
  MailModelPreviewQuery,
  RemoveMailModelMutation,
  UpdateMailModelMutation,
} from './models.data.ts';
import classesOfMails from './OutboxPage.module.css';
import { languageName, useMailClasses } from './words.ts';

interface Props {
  model: MailModel | undefined;
  channel: string | undefined;
  readOnly: boolean;
  onChanged: () => void;
  onClose: () => void;
}

/** One model: what is written, and what an invented letter looks like by it. */
export function ModelDrawer({ model, ...rest }: Props) {
  const { t } = useLingui();
  const words = useMailClasses();
  return (
    <Drawer
      opened={Boolean(model)}
      onClose={rest.onClose}
      position="right"
      size={1120}
      title={model && `${words[model.class]} · ${languageName(model.language)}`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {model && <Editor key={JSON.stringify(model)} model={model} {...rest} />}
    </Drawer>
  );
}

function Editor({ model, channel, readOnly, onChanged }: Props & { model: MailModel }) {
  const { t } = useLingui();
  const [now, setNow] = useState(model);
  const [part, setPart] = useState<'html' | 'text'>('html');
  const { busy, refusal, forget, save, remove } = useChanges(model, channel, onChanged);
  const dirty = now !== model;
  const own = model.origin === (channel ? 'CHANNEL' : 'ORGANISATION');
  const change = (to: Partial<MailModel>) => {
    setNow({ ...now, ...to });
    forget();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(now);
  };
  return (
    <div className={classes.editor}>
      <form onSubmit={submit} className={classes.form}>
        {refusal && <Notice tone="bad">{refusal}</Notice>}
        <TextInput
          label={t`Subject`}
          className={classes.code}
          value={now.subject}
          readOnly={readOnly}
          onChange={(event) => change({ subject: event.currentTarget.value })}
        />
        <SegmentedControl
          aria-label={t`View`}
          value={part}
          onChange={(to) => setPart(to as 'html' | 'text')}
          data={[
            { value: 'html', label: t`As it looks` },
            { value: 'text', label: t`Plain text` },
          ]}
        />
        <Textarea
          aria-label={part === 'html' ? t`Formatted text` : t`Plain text`}
          className={classes.code}
          rows={18}
          spellCheck={false}
          value={now[part]}
          readOnly={readOnly}
          onChange={(event) => change({ [part]: event.currentTarget.value })}
        />
        <Fields />
        {!readOnly && (
          <div className={classes.buttons}>
            <Button type="submit" loading={busy} disabled={!dirty}>
              <Trans>Save</Trans>
            </Button>
            <Button variant="default" disabled={!dirty} onClick={() => setNow(model)}>
              <Trans>Discard changes</Trans>
            </Button>
            <CopyAsGraphQL disabled={!dirty} />
            {own && (
              <Button variant="default" disabled={busy} onClick={remove} className={classes.last}>
                <Trans>Remove this model</Trans>
              </Button>
            )}
          </div>
        )}
      </form>
      <Preview model={now} part={part} />
    </div>
  );
}

/** What may stand in a model, to look up while writing. */
function Fields() {
  const fields = codes('Link', 'FirstName', 'Giver', 'Organisation', 'Count', 'More');
  const sentences = codes('Headline', 'Greeting', 'Intro', 'Button', 'Note', 'Footer');
  return (
    <p className={`dimmed ${classes.fields}`}>
      <Trans>
        Fields: {fields}. Ready sentences in the letter’s language: {sentences}. Tickets: {tickets}
      </Trans>
    </p>
  );
}

const codes = (...names: string[]) => <code>{names.map((name) => `{{.${name}}}`).join(' ')}</code>;

const tickets = (
  <code>
    {'{{range .Groups}} {{.Title}} {{.Date}} {{.Place}} {{range .Lines}} {{.}} {{end}} {{end}}'}
  </code>
);

function Preview({ model, part }: { model: MailModel; part: 'html' | 'text' }) {
  const { t } = useLingui();
  const { origin: _, ...typed } = model;
  const [input] = useDebouncedValue(typed, 350);
  const [{ data, error, stale }] = useQuery({ query: MailModelPreviewQuery, variables: { input } });
  const letter = data?.mailModelPreview;
  const wrong = letter?.userErrors[0]?.message;
  return (
    <section aria-label={t`Preview`} aria-busy={stale} className={classes.preview}>
      {error && !letter && <Notice tone="bad">{t`The server cannot be reached.`}</Notice>}
      {wrong && <Notice tone="warn">{wrong}</Notice>}
      {letter?.subject && <h3 className="truncate">{letter.subject}</h3>}
      {letter?.html && part === 'html' && <MailFrame html={letter.html} />}
      {letter?.text && part === 'text' && <pre className={classesOfMails.text}>{letter.text}</pre>}
    </section>
  );
}

function useChanges(model: MailModel, channelId: string | undefined, onChanged: () => void) {
  const { t } = useLingui();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [updating, update] = useMutation(UpdateMailModelMutation);
  const [removing, takeAway] = useMutation(RemoveMailModelMutation);
  const place = { class: model.class, language: model.language, channelId };
  function settle(message: string | undefined, failed: boolean, done: string) {
    setRefusal(message ?? (failed ? t`The server cannot be reached.` : null));
    if (message || failed) return;
    toast({ title: done });
    onChanged();
  }
  return {
    refusal,
    busy: updating.fetching || removing.fetching,
    forget: () => setRefusal(null),
    async save({ subject, text, html }: MailModel) {
      const { data, error } = await update({ input: { ...place, subject, text, html } });
      const message = data?.updateMailModel.userErrors[0]?.message;
      settle(message, Boolean(error), t`The model was saved`);
    },
    async remove() {
      const { data, error } = await takeAway({ input: place });
      const message = data?.removeMailModel.userErrors[0]?.message;
      settle(message, Boolean(error), t`The model was removed`);
    },
  };
}
