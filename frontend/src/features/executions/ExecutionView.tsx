import { Trans, useLingui } from '@lingui/react/macro';
import { Loader } from '@mantine/core';
import { IconFileX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Notice } from '~/components/Notice.tsx';
import { Empty } from '~/components/States.tsx';
import { Approval, Approved } from './Approval.tsx';
import { Confirm } from './Confirm.tsx';
import classes from './ExecutionView.module.css';
import type { Execution } from './execution.data.ts';
import { RowsTable } from './RowsTable.tsx';
import { Running } from './Running.tsx';
import { Summary } from './Summary.tsx';
import { ended } from './words.ts';

interface Props {
  execution: Execution;
  /** The stream of progress is lost for good; what is shown may be old. */
  lost: boolean;
  /** What to do when all is over, such as *Import another file* and *Close*. */
  after?: ReactNode;
}

/** An execution, whatever it is doing: being checked, waiting for a yes, running, over. */
export function ExecutionView({ execution, lost, after }: Props) {
  const { t } = useLingui();
  const { state, problem, decision } = execution;
  if (problem) {
    return (
      <>
        <Empty
          icon={<IconFileX size={26} stroke={1.5} />}
          title={t`The file as a whole is refused`}
        >
          {problem}
        </Empty>
        <div className={classes.after}>{after}</div>
      </>
    );
  }
  return (
    <>
      {lost && (
        <Notice tone="warn">
          <Trans>
            The progress is not arriving any more. The execution goes on; load the page anew.
          </Trans>
        </Notice>
      )}
      {state === 'PLANNING' && <Checking />}
      {(state === 'QUEUED' || state === 'RUNNING') && <Running execution={execution} />}
      {decision?.approved && <Approved decision={decision} />}
      {ended(execution) && <Summary execution={execution} after={after} />}
      {state === 'PLANNED' && <Confirm execution={execution} />}
      {state === 'AWAITING_APPROVAL' && <Approval execution={execution} />}
      {state !== 'PLANNING' && <RowsTable key={state} execution={execution} />}
    </>
  );
}

function Checking() {
  return (
    <div className={classes.checking} role="status">
      <Loader size={30} />
      <h2>
        <Trans>Every row is being checked</Trans>
      </h2>
      <p className="dimmed">
        <Trans>Nothing changes before you say so. You may leave this page and come back.</Trans>
      </p>
    </div>
  );
}
