import { useLingui } from '@lingui/react/macro';
import { Steps as Line } from '~/components/Steps.tsx';
import type { Execution } from './execution.data.ts';
import { ended } from './words.ts';

/** How far an import has come. */
export function ExecutionSteps({ execution }: { execution: Execution }) {
  const { t } = useLingui();
  const { state, startedAt } = execution;
  const checked = state !== 'PLANNING';
  const started = Boolean(startedAt) || state === 'QUEUED';
  const at = ended(execution) ? 3 : started ? 2 : checked || state === 'PLANNING' ? 1 : 0;
  return <Line names={[t`File`, t`Check`, t`Distribute`]} at={at} />;
}
