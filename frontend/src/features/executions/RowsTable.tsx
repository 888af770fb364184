import { Trans, useLingui } from '@lingui/react/macro';
import { Button, VisuallyHidden } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { CancelRemoval } from '~/components/CancelRemoval.tsx';
import { type Column, DataTable } from '~/components/DataTable.tsx';
import { Empty, Failure } from '~/components/States.tsx';
import { Tag } from '~/components/Tag.tsx';
import { useFormats } from '~/lib/format.ts';
import { usePages } from '~/lib/pages.ts';
import { type Execution, ExecutionRowsQuery, type Row } from './execution.data.ts';
import classes from './RowsTable.module.css';
import { takesBack, useOutcomes, useReasons } from './words.ts';

const outcomes = ['REFUSED', 'DISTRIBUTE', 'REDISTRIBUTE', 'TAKE_BACK', 'UNCHANGED'] as const;
type Outcome = (typeof outcomes)[number];
type Choice = Outcome | 'ALL';

type Reason = Execution['reasons'][number]['reason'];

/** The rows of an execution: refused ones first, the others a click away (IM-1). */
export function RowsTable({ execution }: { execution: Execution }) {
  const { t } = useLingui();
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const { totals, reasons } = execution;
  const named = search.rows?.toUpperCase();
  const asked = outcomes.find((outcome) => outcome === named);
  const choice: Choice = asked ?? (named !== 'ALL' && totals.refused > 0 ? 'REFUSED' : 'ALL');
  const reason = reasons.find((one) => one.reason === search.reason)?.reason;
  const pages = usePages(
    ExecutionRowsQuery,
    {
      id: execution.id,
      outcomes: choice === 'ALL' ? null : [choice],
      reasons: reason && choice === 'REFUSED' ? [reason] : null,
    },
    (data) => data.execution?.rows.pageInfo,
  );
  const rows = pages.data?.execution?.rows.edges.map(({ node }) => node) ?? [];
  const go = (to: Choice, why?: Reason) =>
    navigate({
      to: '.',
      search: (now) => ({ ...now, rows: to.toLowerCase(), reason: why }),
      replace: true,
    });
  const columns = useColumns(execution, choice, rows, pages.refresh);
  return (
    <div className={classes.rows}>
      <Outcomes execution={execution} choice={choice} onChoose={go} />
      {choice === 'REFUSED' && reasons.length > 1 && (
        <Reasons execution={execution} chosen={reason} onChoose={(why) => go('REFUSED', why)} />
      )}
      {pages.error && !pages.data ? (
        <Failure error={pages.error} onRetry={pages.refresh} />
      ) : (
        <DataTable
          label={t`Rows`}
          columns={columns}
          rows={rows}
          tall={choice === 'REFUSED'}
          rowKey={({ rowNumber }) => String(rowNumber)}
          loading={pages.loading}
          more={pages.more}
          empty={
            <Empty icon={<IconFilterOff size={26} stroke={1.5} />} title={t`No such rows`}>
              <Trans>Choose another outcome above.</Trans>
            </Empty>
          }
        />
      )}
    </div>
  );
}

interface OutcomesProps {
  execution: Execution;
  choice: Choice;
  onChoose: (choice: Choice) => void;
}

function Outcomes({ execution, choice, onChoose }: OutcomesProps) {
  const { t } = useLingui();
  const format = useFormats();
  const words = useOutcomes();
  const { totals } = execution;
  const back = takesBack(execution);
  const counts: Record<Outcome, number> = {
    REFUSED: totals.refused,
    DISTRIBUTE: totals.distribute,
    REDISTRIBUTE: totals.redistribute,
    TAKE_BACK: totals.takeBack,
    UNCHANGED: totals.unchanged,
  };
  const all = outcomes.reduce((sum, outcome) => sum + counts[outcome], 0);
  const choices: { value: Choice; label: string; count: number; tone?: string }[] = [
    { value: 'ALL', label: t`All rows`, count: all },
    ...outcomes
      .filter((outcome) => counts[outcome] > 0)
      .map((value) => ({
        value,
        label: back && value === 'REFUSED' ? t`Do not come back` : words[value].word,
        count: counts[value],
        tone: words[value].tone,
      })),
  ];
  return (
    <fieldset className={classes.outcomes} aria-label={t`Outcome`}>
      {choices.map(({ value, label, count, tone }) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === choice}
          data-tone={tone}
          onClick={() => onChoose(value)}
        >
          <span>{label}</span>
          <strong>{format.number(count)}</strong>
        </button>
      ))}
    </fieldset>
  );
}

interface ReasonsProps {
  execution: Execution;
  chosen: Reason | undefined;
  onChoose: (reason: Reason | undefined) => void;
}

function Reasons({ execution, chosen, onChoose }: ReasonsProps) {
  const { t } = useLingui();
  const format = useFormats();
  const words = useReasons(execution);
  const { reasons } = execution;
  return (
    <fieldset className={classes.reasons} aria-label={t`Reason`}>
      {reasons.map(({ reason, count }) => (
        <Button
          key={reason}
          size="compact-xs"
          variant={reason === chosen ? 'filled' : 'default'}
          aria-pressed={reason === chosen}
          onClick={() => onChoose(reason === chosen ? undefined : reason)}
        >
          {words[reason]} <strong>{format.number(count)}</strong>
        </Button>
      ))}
    </fieldset>
  );
}

function useColumns(
  execution: Execution,
  choice: Choice,
  rows: Row[],
  refresh: () => void,
): Column<Row>[] {
  const { t } = useLingui();
  const words = useOutcomes();
  const back = takesBack(execution);
  const waiting = t`Waits for the wallet to give it up`;
  const mixed = choice === 'ALL';
  const { totals } = execution;
  // Who loses a ticket is told beside who gets it; refused rows need the room to say what to do.
  const both = !back && choice !== 'REFUSED' && totals.takeBack + totals.redistribute > 0;
  const told =
    totals.refused > 0 ||
    rows.some(({ warnings, problem, removal }) => warnings.length > 0 || problem || removal);
  const file = execution.function === 'TICKET_HOLDERS_IMPORT';
  const columns: (Column<Row> | false)[] = [
    {
      key: 'row',
      header: t`Row`,
      width: 64,
      align: 'right',
      cell: ({ rowNumber }) => <span className="dimmed">{rowNumber}</span>,
    },
    // Where all rows share an outcome, the button above says it.
    mixed && {
      key: 'outcome',
      header: t`Outcome`,
      width: 130,
      cell: ({ outcome }) => <Tag tone={words[outcome].tone}>{words[outcome].word}</Tag>,
    },
    {
      key: 'ticket',
      header: t`Ticket`,
      width: told ? 280 : undefined,
      cell: ({ ticketReference, ticketLabel }) => (
        <span title={ticketLabel ?? undefined}>{ticketLabel ?? ticketReference}</span>
      ),
    },
    back && {
      key: 'from',
      header: t`From`,
      width: 300,
      cell: (row) => <Loser row={row} />,
    },
    both && {
      key: 'both',
      header: t`From → to`,
      width: 380,
      cell: (row) => <FromTo row={row} />,
    },
    !back &&
      !both && {
        // The workbook's own header, the same in every language.
        key: 'email',
        header: file ? '[NEW] CC Email' : t`Guest`,
        width: 226,
        cell: ({ email }) => <span title={email}>{email}</span>,
      },
    !back &&
      !both && {
        key: 'name',
        header: t`Name`,
        width: 140,
        from: 1300,
        cell: ({ firstName, lastName }) => `${firstName} ${lastName}`.trim(),
      },
    // Without anything to say the room belongs to the tickets.
    told && {
      key: 'message',
      header: back ? t`Why not` : t`What to do`,
      cell: ({ problem, warnings, removal, applied, ticketId }) => {
        if (removal === 'REQUESTED')
          return (
            <span className={classes.warn}>
              {waiting}
              {execution.can.cancelRemovals && ticketId && (
                <>
                  {' '}
                  <CancelRemoval ticketId={ticketId} onDone={refresh} />
                </>
              )}
            </span>
          );
        // What was carried out has been approved.
        const odd = warnings.find(({ code }) => !applied || code !== 'NEEDS_APPROVAL');
        const said = problem ?? odd;
        if (!said) return null;
        const cell = problem?.columnLetter ? `${problem.columnLetter}` : null;
        return (
          <span className={problem ? classes.bad : classes.warn} title={said.message}>
            {cell && <span className={classes.cell}>{cell}</span>}
            {said.message}
          </span>
        );
      },
    },
  ];
  return columns.filter((column) => column !== false);
}

/** Who loses the ticket, as his giver wrote him. */
function Loser({ row: { fromName, fromEmail } }: { row: Row }) {
  if (!fromEmail && !fromName) return null;
  return (
    <span title={fromEmail ?? undefined}>
      {fromName} <span className="dimmed">{fromEmail}</span>
    </span>
  );
}

/** From whom to whom a ticket goes; the arrow is read aloud as a word. */
function FromTo({ row }: { row: Row }) {
  const { t } = useLingui();
  const { fromName, fromEmail, email, outcome } = row;
  const from = fromEmail ?? fromName;
  const to = outcome === 'TAKE_BACK' ? t`back to you` : email;
  if (!from) return <span title={email}>{email}</span>;
  return (
    <span title={`${from} → ${to}`}>
      <span className="dimmed">{from}</span> <span aria-hidden>→</span>
      <VisuallyHidden>{t({ message: 'to', context: 'from whom to whom' })}</VisuallyHidden> {to}
    </span>
  );
}
