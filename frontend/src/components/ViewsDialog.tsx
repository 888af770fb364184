import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Button, Modal, Switch, TextInput, Tooltip } from '@mantine/core';
import { IconFilterDown, IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { SavedView } from '~/lib/views.ts';
import { Foot } from './Foot.tsx';
import { useViews } from './useViews.ts';
import classes from './ViewsDialog.module.css';

interface Props {
  /** Whether the filters shown are to be saved, rather than what was saved be changed. */
  fresh: boolean;
  onClose: () => void;
}

/** The longest name the server keeps. */
const longestName = 100;

/** Saves the filters of the page under a name, or changes what was saved. */
export function ViewsDialog({ fresh, onClose }: Props) {
  const { t } = useLingui();
  return (
    <Modal
      opened
      onClose={onClose}
      title={fresh ? t`Save these filters` : t`Your views of this page`}
      size={460}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {fresh ? <NewView onClose={onClose} /> : <Views onClose={onClose} />}
    </Modal>
  );
}

function NewView({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const { filters, saving, save } = useViews();
  const [problem, setProblem] = useState<string>();
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const name = String(form.get('name') ?? '').trim();
    if (!name || saving) return;
    const said = await save({ name, query: filters, isDefault: form.has('isDefault') });
    if (said) setProblem(said);
    else onClose();
  }
  return (
    <form onSubmit={submit} className={classes.form}>
      <TextInput
        name="name"
        label={t`Name`}
        description={t`Only you see it.`}
        required
        withAsterisk={false}
        maxLength={longestName}
        autoComplete="off"
        error={problem}
        data-autofocus
      />
      <Switch name="isDefault" label={t`Begin with it when I open this page`} />
      <Foot busy={saving} onCancel={onClose}>
        <Trans>Save</Trans>
      </Foot>
    </form>
  );
}

function Views({ onClose }: { onClose: () => void }) {
  const { views } = useViews();
  return (
    <div className={classes.form}>
      {views.length === 0 && (
        <p className="dimmed">
          <Trans>There are none any more.</Trans>
        </p>
      )}
      <ul className={classes.views}>
        {views.map((view) => (
          <OneView key={view.id} view={view} />
        ))}
      </ul>
      <div className={classes.buttons}>
        <Button onClick={onClose}>
          <Trans>Done</Trans>
        </Button>
      </div>
    </div>
  );
}

function OneView({ view }: { view: SavedView }) {
  const { t } = useLingui();
  const { filters, save, remove } = useViews();
  const [problem, setProblem] = useState<string>();
  const change = async (part: Partial<SavedView>) => setProblem(await save({ ...view, ...part }));
  const Star = view.isDefault ? IconStarFilled : IconStar;
  function rename(typed: string) {
    const name = typed.trim();
    if (name && name !== view.name) void change({ name });
  }
  return (
    <li className={classes.view}>
      <TextInput
        aria-label={t`Name of ${view.name}`}
        defaultValue={view.name}
        maxLength={longestName}
        autoComplete="off"
        error={problem}
        onBlur={({ currentTarget }) => rename(currentTarget.value)}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && rename(currentTarget.value)}
      />
      <Tooltip label={t`Begin with it`}>
        <ActionIcon
          size={32}
          aria-pressed={view.isDefault}
          aria-label={t`Begin with ${view.name}`}
          onClick={() => change({ isDefault: !view.isDefault })}
        >
          <Star size={16} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t`Replace by the filters shown`}>
        <ActionIcon
          size={32}
          aria-label={t`Replace ${view.name} by the filters shown`}
          disabled={view.query === filters}
          onClick={() => change({ query: filters })}
        >
          <IconFilterDown size={16} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t`Delete`}>
        <ActionIcon size={32} aria-label={t`Delete ${view.name}`} onClick={() => remove(view)}>
          <IconTrash size={16} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}
