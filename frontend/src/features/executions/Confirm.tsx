import { plural } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Kbd } from '@mantine/core';
import { useMutation } from 'urql';
import { CopyAsGraphQL } from '~/components/CopyAsGraphQL.tsx';
import { toast } from '~/components/toast.ts';
import { useViewer } from '~/graphql/viewer.data.ts';
import { useKeys } from '~/lib/keys.ts';
import { Effects } from './Effects.tsx';
import classes from './ExecutionView.module.css';
import { ApplyPlanMutation, CancelExecutionMutation, type Execution } from './execution.data.ts';
import { takesBack } from './words.ts';

/** What the plan would do in one sentence, and the button that does it. */
export function Confirm({ execution }: { execution: Execution }) {
  const { t } = useLingui();
  const { mailsLeave } = useViewer();
  const [{ fetching }, apply] = useMutation(ApplyPlanMutation);
  const [{ fetching: discarding }, discard] = useMutation(CancelExecutionMutation);
  const { totals, can, policy, id } = execution;
  const back = takesBack(execution);
  const file = execution.function === 'TICKET_HOLDERS_IMPORT';
  const tickets = totals.distribute + totals.redistribute;
  const parts = [
    tickets > 0 && plural(tickets, { one: 'Distribute # ticket', other: 'Distribute # tickets' }),
    totals.takeBack > 0 &&
      (tickets > 0
        ? plural(totals.takeBack, { one: 'take back #', other: 'take back #' })
        : plural(totals.takeBack, { one: 'Take back # ticket', other: 'Take back # tickets' })),
    totals.mails > 0 && plural(totals.mails, { one: 'send # mail', other: 'send # mails' }),
  ].filter(Boolean);

  async function confirm() {
    if (!can.apply || fetching) return;
    const { data, error } = await apply({ input: { executionId: id } });
    const refusal = data?.applyPlan.userErrors[0]?.message ?? error?.message;
    const title = back ? t`Nothing was taken back` : t`Nothing was distributed`;
    if (refusal) toast({ tone: 'bad', title, message: refusal });
  }
  async function throwAway() {
    const { data, error } = await discard({ input: { id } });
    const refusal = data?.cancelExecution.userErrors[0]?.message ?? error?.message;
    if (refusal) toast({ tone: 'bad', title: t`The plan was kept`, message: refusal });
    else
      toast({ tone: 'info', title: t`The plan was thrown away`, message: t`Nothing was changed.` });
  }
  useKeys({ 'mod+Enter': () => void confirm() });

  return (
    <section className={classes.panel} aria-label={t`Confirmation`}>
      <div>
        <h2>
          {can.apply ? (
            <Trans>Checked. Nothing has changed yet.</Trans>
          ) : (
            <Trans>Nothing can be carried out</Trans>
          )}
        </h2>
        <p className="dimmed">
          {totals.refused > 0 && !file ? (
            <Plural
              value={totals.refused}
              one="# ticket is left out; its row below says why."
              other="# tickets are left out; their rows below say why."
            />
          ) : totals.refused > 0 ? (
            policy === 'REJECT_ALL' ? (
              <Plural
                value={totals.refused}
                one="# row is refused, and you asked for all or nothing. Correct it and import the file again."
                other="# rows are refused, and you asked for all or nothing. Correct them and import the file again."
              />
            ) : (
              <Plural
                value={totals.refused}
                one="# row is refused and left out; correct it and import it again later."
                other="# rows are refused and left out; correct them and import them again later."
              />
            )
          ) : (
            <Trans>No row is refused.</Trans>
          )}{' '}
          {!mailsLeave && totals.mails + totals.notices > 0 && (
            <Trans>No mail server is set up: mails stay in the organiser’s outbox.</Trans>
          )}
        </p>
      </div>
      <div className={classes.buttons}>
        {execution.downloads.refused && (
          <Button component="a" href={execution.downloads.refused} download variant="default">
            <Trans>Refused rows</Trans>
          </Button>
        )}
        {can.cancel && (
          <Button variant="default" loading={discarding} onClick={throwAway}>
            <Trans>Throw away</Trans>
          </Button>
        )}
        {can.apply && <CopyAsGraphQL action={confirm} />}
        {can.apply && (
          <Button
            color={back ? 'red.9' : undefined}
            loading={fetching}
            onClick={confirm}
            rightSection={<Kbd size="xs">Ctrl ↵</Kbd>}
          >
            {parts.length > 0 ? parts.join(', ') : t`Finish`}
          </Button>
        )}
      </div>
      <Effects execution={execution} />
    </section>
  );
}
