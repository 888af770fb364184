import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Select, TagsInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useMutation } from 'urql';
import { CopyAsGraphQL } from '~/components/CopyAsGraphQL.tsx';
import { toast } from '~/components/toast.ts';
import { languageNames, languages } from '~/lib/i18n.ts';
import classes from './OrganisationPage.module.css';
import { type Settings, UpdateOrganisationMutation } from './organisation.data.ts';

/** As many addresses as the server keeps. */
const most = 5;

interface Values {
  name: string;
  language: Settings['organisation']['language'];
  alertAddresses: string[];
}

interface Props {
  settings: Settings;
  readOnly: boolean;
}

/** Name, language, and where alerts go. */
export function SettingsForm({ settings, readOnly }: Props) {
  const { t } = useLingui();
  const [{ fetching }, update] = useMutation(UpdateOrganisationMutation);
  const [changed, setChanged] = useState<Partial<Values>>({});
  const [refusal, setRefusal] = useState<{ field: string; message: string } | null>(null);
  const { name, language } = settings.organisation;
  const saved: Values = { name, language, alertAddresses: settings.alertAddresses };
  const now = { ...saved, ...changed };
  const dirty = JSON.stringify(now) !== JSON.stringify(saved);

  function change(part: Partial<Values>) {
    setChanged({ ...changed, ...part });
    setRefusal(null);
  }

  function discard() {
    setChanged({});
    setRefusal(null);
  }

  async function save(event: FormEvent) {
    event.preventDefault();
    const { data, error } = await update({ input: now });
    const [refused] = data?.updateOrganisation.userErrors ?? [];
    if (refused) {
      return setRefusal({ field: refused.path.at(-1) ?? '', message: refused.message });
    }
    if (error)
      return toast({ title: t`This could not be saved`, message: error.message, tone: 'bad' });
    setChanged({});
    toast({ title: t`The organisation was saved` });
  }

  return (
    <section className={classes.section} aria-label={t`Name and addresses`}>
      <header>
        <h2>
          <Trans>Name and addresses</Trans>
        </h2>
      </header>
      <form onSubmit={save} className={classes.fields}>
        <TextInput
          label={t`Name`}
          description={t`As guests read it on tickets and in mails`}
          value={now.name}
          maxLength={200}
          readOnly={readOnly}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
          error={refusal?.field === 'name' && refusal.message}
        />
        <Select
          label={t`Language`}
          description={t`Of mails to the organisation itself`}
          data={languages.map((code) => ({
            value: code.toUpperCase(),
            label: languageNames[code],
          }))}
          value={now.language}
          allowDeselect={false}
          readOnly={readOnly}
          onChange={(value) => change({ language: value as Values['language'] })}
        />
        <TagsInput
          className={classes.wide}
          classNames={{ pill: classes.address }}
          label={t`Addresses for alerts`}
          description={t`Up to ${most} e-mail addresses. They hear of alerts about take-backs, and of take-backs that wait for a second person.`}
          placeholder={now.alertAddresses.length === 0 ? t`Nobody is told` : undefined}
          value={now.alertAddresses}
          maxTags={most}
          splitChars={[',', ';', ' ']}
          readOnly={readOnly}
          inputMode="email"
          clearButtonProps={{ 'aria-label': t`Remove all` }}
          onChange={(alertAddresses) => change({ alertAddresses })}
          error={refusal?.field === 'alertAddresses' && refusal.message}
        />
        {!readOnly && (
          <div className={classes.buttons}>
            <Button type="submit" loading={fetching} disabled={!dirty}>
              <Trans>Save</Trans>
            </Button>
            <CopyAsGraphQL disabled={!dirty} />
            <Button variant="default" disabled={!dirty} onClick={discard}>
              <Trans>Discard changes</Trans>
            </Button>
          </div>
        )}
      </form>
    </section>
  );
}
