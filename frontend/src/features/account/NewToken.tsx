import { Trans, useLingui } from '@lingui/react/macro';
import {
  ActionIcon,
  Button,
  Modal,
  SegmentedControl,
  Select,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useMutation } from 'urql';
import classes from './AccountPage.module.css';
import { CreateApiTokenMutation } from './account.data.ts';

interface Props {
  opened: boolean;
  onClose: () => void;
  onMade: () => void;
}

const day = 86_400_000;

export function NewToken({ opened, onClose, onMade }: Props) {
  const { t } = useLingui();
  const [secret, setSecret] = useState<string | null>(null);
  function close() {
    setSecret(null);
    onClose();
  }
  return (
    <Modal
      closeButtonProps={{ 'aria-label': t`Close` }}
      opened={opened}
      onClose={close}
      closeOnClickOutside={!secret}
      title={secret ? t`Copy the secret now` : t`New token`}
      size={460}
    >
      {secret ? (
        <Secret secret={secret} onClose={close} />
      ) : (
        <TokenForm
          onMade={(made) => {
            setSecret(made);
            onMade();
          }}
        />
      )}
    </Modal>
  );
}

function TokenForm({ onMade }: { onMade: (secret: string) => void }) {
  const { t } = useLingui();
  const [{ fetching }, create] = useMutation(CreateApiTokenMutation);
  const [may, setMay] = useState('READ');
  const [days, setDays] = useState<string>('90');
  const [problem, setProblem] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name')).trim();
    const expiresAt = new Date(Date.now() + Number(days) * day).toISOString();
    const scopes = may === 'WRITE' ? (['READ', 'WRITE'] as const) : (['READ'] as const);
    const { data, error } = await create({ input: { name, scopes: [...scopes], expiresAt } });
    const refusal = data?.createApiToken.userErrors[0]?.message ?? error?.message;
    const secret = data?.createApiToken.secret;
    if (secret) onMade(secret);
    else setProblem(refusal ?? t`The server cannot be reached.`);
  }

  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        name="name"
        label={t`Name`}
        description={t`What the token is for, such as a program’s name`}
        required
        withAsterisk={false}
        maxLength={100}
        data-autofocus
        error={problem}
      />
      <div>
        <SegmentedControl
          aria-label={t`What it may do`}
          value={may}
          onChange={setMay}
          data={[
            { value: 'READ', label: t`Read` },
            { value: 'WRITE', label: t`Read and change` },
          ]}
        />
      </div>
      <Select
        label={t`Ends in`}
        value={days}
        onChange={(value) => setDays(value ?? '90')}
        allowDeselect={false}
        data={['30', '90', '180', '365'].map((n) => ({ value: n, label: t`${n} days` }))}
      />
      <Button type="submit" loading={fetching}>
        <Trans>Make the token</Trans>
      </Button>
    </form>
  );
}

function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useLingui();
  const { copy, copied } = useClipboard();
  return (
    <>
      <p>
        <Trans>
          It is shown this once and kept by nobody. Whoever has it can act in your name.
        </Trans>
      </p>
      <div className={classes.secret}>
        <code className="mono">{secret}</code>
        <Tooltip label={copied ? t`Copied` : t`Copy`}>
          <ActionIcon onClick={() => copy(secret)} aria-label={t`Copy`}>
            {copied ? <IconCheck size={17} /> : <IconCopy size={17} />}
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.buttons}>
        <Button onClick={onClose}>
          <Trans>I have kept it</Trans>
        </Button>
      </div>
    </>
  );
}
