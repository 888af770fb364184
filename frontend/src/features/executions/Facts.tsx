import { Trans, useLingui } from '@lingui/react/macro';
import { Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useFormats } from '~/lib/format.ts';
import classes from './ExecutionView.module.css';
import type { Execution } from './execution.data.ts';
import { useExecutionPath } from './useExecutionPath.ts';
import { useTriggers } from './words.ts';

/** Who, when, what file: the stored facts of an execution (IM-2). */
export function Facts({ execution }: { execution: Execution }) {
  const { t } = useLingui();
  const format = useFormats();
  const triggers = useTriggers();
  const { createdAt, startedAt, endedAt, userName, sponsor, pointOfSale } = execution;
  const to = useExecutionPath();
  const { undoes, undoneBy, reason } = execution;
  const { fileName, fileSize, fileSha256, trigger, policy } = execution;
  return (
    <div className={classes.facts}>
      {fileName && (
        <span>
          <strong>{fileName}</strong> {fileSize !== null && format.bytes(Number(fileSize))}
        </span>
      )}
      {fileSha256 && (
        <Tooltip label={fileSha256}>
          <span className="mono">SHA-256 {fileSha256.slice(0, 12)}…</span>
        </Tooltip>
      )}
      <span>
        <Trans>
          by <strong>{userName}</strong>
        </Trans>
        {', '}
        {triggers[trigger]}
      </span>
      {sponsor && (
        <span>
          <Trans>
            for <strong>{sponsor.name}</strong>
          </Trans>
          {pointOfSale && `, ${pointOfSale.name}`}
        </span>
      )}
      <span>{format.dateTime(startedAt ?? createdAt)}</span>
      {startedAt && endedAt && (
        <span>
          <Trans>took {format.duration(startedAt, endedAt)}</Trans>
        </span>
      )}
      {undoes && (
        <Link to={to} params={{ executionId: undoes.id }}>
          <Trans>undoes execution {undoes.number}</Trans>
        </Link>
      )}
      {undoneBy && (
        <Link to={to} params={{ executionId: undoneBy.id }}>
          {undoneBy.state === 'PLANNED' ? (
            <Trans>execution {undoneBy.number} waits to undo it</Trans>
          ) : (
            <Trans>undone by execution {undoneBy.number}</Trans>
          )}
        </Link>
      )}
      {reason && <span>{t`Reason: ${reason}`}</span>}
      {policy === 'REJECT_ALL' && <span>{t`All or nothing`}</span>}
    </div>
  );
}
