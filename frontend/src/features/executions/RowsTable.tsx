import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type Column, DataTable } from '~/components/DataTable.tsx';
import { Empty, Failure } from '~/components/States.tsx';
import { Tag } from '~/components/Tag.tsx';
import { useFormats } from '~/lib/format.ts';
import { usePages } from '~/lib/pages.ts';
import { type Execution, ExecutionRowsQuery, type Row } from './execution.data.ts';
import classes from './RowsTable.module.css';
import { useOutcomes, useReasons } from './words.ts';

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
  const columns = useColumns(execution, choice === 'ALL');
  return (
    <div className={classes.rows}>
      <Outcomes totals={totals} choice={choice} onChoose={go} />
      {choice === 'REFUSED' && reasons.length > 1 && (
        <Reasons reasons={reasons} chosen={reason} onChoose={(why) => go('REFUSED', why)} />
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
  totals: Execution['totals'];
  choice: Choice;
  onChoose: (choice: Choice) => void;
}

function Outcomes({ totals, choice, onChoose }: OutcomesProps) {
  const { t } = useLingui();
  const format = useFormats();
  const words = useOutcomes();
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
        label: words[value].word,
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
  reasons: Execution['reasons'];
  chosen: Reason | undefined;
  onChoose: (reason: Reason | undefined) => void;
}

function Reasons({ reasons, chosen, onChoose }: ReasonsProps) {
  const { t } = useLingui();
  const format = useFormats();
  const words = useReasons();
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

function useColumns(execution: Execution, mixed: boolean): Column<Row>[] {
  const { t } = useLingui();
  const words = useOutcomes();
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
      width: 280,
      cell: ({ ticketReference, ticketLabel }) => (
        <span title={ticketLabel ?? undefined}>{ticketLabel ?? ticketReference}</span>
      ),
    },
    {
      // The workbook's own header, the same in every language.
      key: 'email',
      header: file ? '[NEW] CC Email' : t`Guest`,
      width: 226,
      cell: ({ email }) => <span title={email}>{email}</span>,
    },
    {
      key: 'name',
      header: t`Name`,
      width: 140,
      from: 1300,
      cell: ({ firstName, lastName }) => `${firstName} ${lastName}`.trim(),
    },
    {
      key: 'message',
      header: t`What to do`,
      cell: ({ problem, warnings }) => {
        const said = problem ?? warnings[0];
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
