import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Textarea } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useClient } from 'urql';
import classes from './Cart.module.css';
import { type Pasted, PastedQuery } from './cart.data.ts';
import type { Assigned } from './useCart.ts';

interface Props {
  onRead: (guests: Assigned[]) => void;
}

/** A list out of a mail or a sheet; the server says how it understood each line. */
export function PasteList({ onRead }: Props) {
  const { t } = useLingui();
  const client = useClient();
  const [text, setText] = useState('');
  const [lines, setLines] = useState<Pasted[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function read(list: string) {
    if (!list.trim()) return;
    setBusy(true);
    const { data, error } = await client
      .query(PastedQuery, { text: list }, { requestPolicy: 'network-only' })
      .toPromise();
    setBusy(false);
    setProblem(
      error ? (error.graphQLErrors[0]?.message ?? t`The server cannot be reached.`) : null,
    );
    const understood = data?.pastedGuests ?? [];
    setLines(data ? understood : null);
    onRead(
      understood
        .filter(({ valid }) => valid)
        .map(({ email, firstName, lastName }) => ({ email, firstName, lastName })),
    );
  }
  function change(list: string) {
    setText(list);
    setLines(null);
    onRead([]);
  }
  return (
    <div className={classes.source}>
      <Textarea
        label={t`A guest on each line, as copied from a mail or a sheet`}
        placeholder={
          'Anna Rossi <anna.rossi@courrier.example>\nkarl.weber@courrier.example; Karl; Weber'
        }
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text');
          if (!text) {
            event.preventDefault();
            change(pasted);
            read(pasted);
          }
        }}
        error={problem}
        minRows={4}
        maxRows={8}
        autosize
        data-autofocus
      />
      {lines === null ? (
        <div>
          <Button
            variant="default"
            size="xs"
            loading={busy}
            disabled={!text.trim()}
            onClick={() => read(text)}
          >
            <Trans>Read the list</Trans>
          </Button>
        </div>
      ) : (
        <Understood lines={lines} />
      )}
    </div>
  );
}

function Understood({ lines }: { lines: Pasted[] }) {
  const { t } = useLingui();
  const good = lines.filter(({ valid }) => valid).length;
  const bad = lines.length - good;
  return (
    <>
      <p role="status">
        <Plural
          value={good}
          _0="No guest was understood."
          one="# guest was understood."
          other="# guests were understood."
        />{' '}
        {bad > 0 && (
          <Plural
            value={bad}
            one="# line lacks an address or a name and is left out."
            other="# lines lack an address or a name and are left out."
          />
        )}
      </p>
      <ul className={classes.picks} aria-label={t`The list as it was understood`}>
        {lines.map(({ line, text, email, firstName, lastName, valid }) => (
          <li key={line} data-bad={!valid || undefined}>
            {valid ? (
              <IconCheck size={15} aria-label={t`understood`} />
            ) : (
              <IconAlertTriangle size={15} aria-label={t`left out`} />
            )}
            {valid ? (
              <span>
                {firstName} {lastName} <span className="dimmed">{email}</span>
              </span>
            ) : (
              <span>
                <Trans>Line {line}</Trans>: {text}
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
