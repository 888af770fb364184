import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Drawer } from '@mantine/core';
import { useFormats } from '~/lib/format.ts';
import classes from './AuditPage.module.css';
import type { AuditLine } from './audit.data.ts';

interface Props {
  entry: AuditLine | undefined;
  onClose: () => void;
  /** Show only what the same user did, or what was done to the same object. */
  onNarrow: (to: { user?: string; object?: string }) => void;
}

/** One entry of the audit log with the values before and after. */
export function EntryDrawer({ entry, onClose, onNarrow }: Props) {
  const { t } = useLingui();
  return (
    <Drawer
      opened={Boolean(entry)}
      onClose={onClose}
      position="right"
      size={640}
      title={entry?.verb}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {entry && <Details entry={entry} onNarrow={onNarrow} />}
    </Drawer>
  );
}

function Details({ entry, onNarrow }: { entry: AuditLine; onNarrow: Props['onNarrow'] }) {
  const format = useFormats();
  const { userId, objectId } = entry;
  return (
    <>
      <dl className={classes.facts}>
        <dt>
          <Trans>When</Trans>
        </dt>
        <dd>{format.dateTime(entry.at)}</dd>
        <dt>
          <Trans>Who</Trans>
        </dt>
        <dd>{entry.actor}</dd>
        {entry.address && (
          <>
            <dt>
              <Trans>From where</Trans>
            </dt>
            <dd className="mono">{entry.address}</dd>
          </>
        )}
        {objectId && (
          <>
            <dt>
              <Trans>Object</Trans>
            </dt>
            <dd className="mono">{objectId}</dd>
          </>
        )}
      </dl>
      {entry.changes.length > 0 && <Changes changes={entry.changes} />}
      {entry.detail !== '{}' && <pre className={classes.text}>{entry.detail}</pre>}
      <div className={classes.buttons}>
        {userId && (
          <Button variant="default" onClick={() => onNarrow({ user: userId })}>
            <Trans>All by this user</Trans>
          </Button>
        )}
        {objectId && (
          <Button variant="default" onClick={() => onNarrow({ object: objectId })}>
            <Trans>All about this object</Trans>
          </Button>
        )}
      </div>
      <p className={classes.hash}>
        <Trans>
          Entry {entry.sequence}, hash {entry.hash}
        </Trans>
      </p>
    </>
  );
}

function Changes({ changes }: { changes: AuditLine['changes'] }) {
  return (
    <table className={classes.changes}>
      <thead>
        <tr>
          <th>
            <Trans>Field</Trans>
          </th>
          <th>
            <Trans>Before</Trans>
          </th>
          <th>
            <Trans>After</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row">{field}</th>
            <td>{before || '–'}</td>
            <td>{after || '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
