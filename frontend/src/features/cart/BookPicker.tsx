import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useState } from 'react';
import { usePages } from '~/lib/pages.ts';
import classes from './Cart.module.css';
import { BookQuery, type Entry } from './cart.data.ts';
import type { Assigned } from './useCart.ts';

interface Props {
  chosen: Assigned[];
  onChoose: (guests: Assigned[]) => void;
}

/** Guests of the viewer's own address book, in the order in which they were ticked. */
export function BookPicker({ chosen, onChoose }: Props) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const pages = usePages(
    BookQuery,
    { search: search || null },
    ({ addressBook }) => addressBook.pageInfo,
  );
  const entries = pages.data?.addressBook.edges.map(({ node }) => node) ?? [];
  function tick({ id, email, firstName, lastName }: Entry, on: boolean) {
    const others = chosen.filter(({ entryId }) => entryId !== id);
    onChoose(on ? [...others, { email, firstName, lastName, entryId: id }] : others);
  }
  return (
    <div className={classes.source}>
      <TextInput
        aria-label={t`Search the address book`}
        placeholder={t`Name or e-mail address`}
        leftSection={<IconSearch size={15} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        data-autofocus
      />
      <ul className={classes.picks} aria-label={t`Address book`} aria-busy={pages.busy}>
        {entries.map((entry) => (
          <li key={entry.id}>
            <Checkbox
              checked={chosen.some(({ entryId }) => entryId === entry.id)}
              onChange={(event) => tick(entry, event.currentTarget.checked)}
              label={
                <>
                  {entry.firstName} {entry.lastName}{' '}
                  <span className="dimmed">
                    {[entry.email, entry.company].filter(Boolean).join(' · ')}
                  </span>
                </>
              }
            />
          </li>
        ))}
        {pages.more.has && (
          <li>
            <Button variant="subtle" size="compact-xs" onClick={pages.more.load}>
              <Trans>Show more</Trans>
            </Button>
          </li>
        )}
        {pages.data && entries.length === 0 && (
          <li className="dimmed">
            {search ? (
              <Trans>Nobody in your address book begins like that.</Trans>
            ) : (
              <Trans>Your address book is empty. Guests you type can be kept in it.</Trans>
            )}
          </li>
        )}
        {pages.error && !pages.data && (
          <li role="alert">
            <Trans>The address book could not be loaded.</Trans>{' '}
            <Button variant="subtle" size="compact-xs" onClick={pages.refresh}>
              <Trans>Try again</Trans>
            </Button>
          </li>
        )}
      </ul>
      <p className="dimmed" role="status">
        <Plural
          value={chosen.length}
          _0="Nobody is ticked"
          one="# guest is ticked"
          other="# guests are ticked"
        />
      </p>
    </div>
  );
}
