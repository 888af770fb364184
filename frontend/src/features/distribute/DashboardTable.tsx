import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Button, Checkbox, Skeleton } from '@mantine/core';
import { IconChevronRight, IconFold, IconFoldDown, IconMap2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useState } from 'react';
import { CountsBar } from '~/components/CountsBar.tsx';
import type { Counts } from '~/components/counts.data.ts';
import { useViewer } from '~/graphql/viewer.data.ts';
import { useFormats } from '~/lib/format.ts';
import type { TicketSearch } from '~/lib/ticket-search.ts';
import type { Group, TicketType } from './DashboardPage.data.ts';
import classes from './DashboardTable.module.css';
import { NumberLink } from './NumberLink.tsx';
import { type TypeSelection, typeInput, typeParameter } from './selection.ts';

interface Props {
  groups: Group[];
  productId: string;
  search: TicketSearch;
  selection: TypeSelection;
  more: { has: boolean; busy: boolean; load: () => void };
}

const groupKey = (group: Group) => group.performance?.id ?? 'none';

/** So many performances are unfolded when the page opens. */
const unfolded = 2;

/** A row per performance; unfolded, a row per kind of ticket. */
export function DashboardTable(props: Props) {
  const { groups, more } = props;
  const { t } = useLingui();
  const [folds, setFolds] = useState<Record<string, boolean>>({});
  const isOpen = (group: Group, at: number) =>
    folds[groupKey(group)] ?? (at < unfolded || groups.length <= 4);
  const fold = (group: Group, open: boolean) =>
    setFolds((f) => ({ ...f, [groupKey(group)]: open }));
  const anyClosed = groups.some((group, at) => !isOpen(group, at));
  const foldAll = () =>
    setFolds(Object.fromEntries(groups.map((group) => [groupKey(group), anyClosed])));
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <caption className={classes.caption}>
          <Trans>Tickets by performance, category and tariff</Trans>
        </caption>
        <thead>
          <tr>
            <th scope="col" className={classes.fold}>
              <ActionIcon
                size={24}
                onClick={foldAll}
                aria-label={anyClosed ? t`Unfold all` : t`Fold all`}
                title={anyClosed ? t`Unfold all` : t`Fold all`}
              >
                {anyClosed ? <IconFoldDown size={15} /> : <IconFold size={15} />}
              </ActionIcon>
            </th>
            <th scope="col" className={classes.check}>
              <SelectAll {...props} />
            </th>
            <th scope="col">
              <Trans>Performance</Trans>
            </th>
            <th scope="col">
              <Trans>Date</Trans>
            </th>
            <th scope="col" data-from="wide">
              <Trans>Venue</Trans>
            </th>
            <HeaderNumbers />
            <th scope="col" className={classes.bar} data-from="medium">
              <Trans>Progress</Trans>
            </th>
          </tr>
        </thead>
        <tbody onKeyDown={moveFocus}>
          {groups.map((group, at) => (
            <GroupRows
              key={groupKey(group)}
              {...props}
              group={group}
              first={at === 0}
              open={isOpen(group, at)}
              onFold={(open) => fold(group, open)}
            />
          ))}
        </tbody>
      </table>
      {more.has && (
        <div className={classes.more}>
          <Button variant="default" loading={more.busy} onClick={more.load}>
            <Trans>Show more performances</Trans>
          </Button>
        </div>
      )}
    </div>
  );
}

/** What a number narrows the list to, so that the list behind it holds as many tickets. */
const numbers: {
  key: keyof Counts;
  narrow?: Pick<TicketSearch, 'show' | 'takeBack' | 'inCart'>;
  from?: 'medium';
}[] = [
  { key: 'allocated' },
  { key: 'remaining', narrow: { show: 'remaining' } },
  { key: 'inCart', narrow: { inCart: true }, from: 'medium' },
  { key: 'distributed', narrow: { show: 'distributed' } },
  { key: 'downloaded', narrow: { show: 'downloaded' } },
  { key: 'controlled', narrow: { show: 'controlled' }, from: 'medium' },
  { key: 'takeBackPossible', narrow: { takeBack: true } },
];

function useNumberLabels(): Record<keyof Counts, string> {
  const { t } = useLingui();
  return {
    allocated: t`Allocated`,
    distributed: t`Distributed`,
    downloaded: t`Downloaded`,
    controlled: t`Controlled`,
    remaining: t`Remaining`,
    inCart: t`In cart`,
    takeBackPossible: t`Take back possible`,
  };
}

function HeaderNumbers() {
  const labels = useNumberLabels();
  return numbers.map(({ key, from }) => (
    <th key={key} scope="col" className={classes.right} data-from={from}>
      {labels[key]}
    </th>
  ));
}

interface CellsProps extends Pick<Props, 'productId' | 'search'> {
  counts: Counts;
  name: string;
  narrow: { performance?: string[]; type?: string[] };
}

function NumberCells({ counts, name, productId, search, narrow }: CellsProps) {
  const labels = useNumberLabels();
  return (
    <>
      {numbers.map(({ key, narrow: own, from }) => (
        <td key={key} className={classes.right} data-from={from}>
          <NumberLink
            value={counts[key]}
            label={`${name}, ${labels[key]}`}
            productId={productId}
            search={{ ...search, ...narrow, ...own }}
          />
        </td>
      ))}
      <td className={classes.bar} data-from="medium">
        <CountsBar counts={counts} />
      </td>
    </>
  );
}

interface GroupProps extends Props {
  group: Group;
  first: boolean;
  open: boolean;
  onFold: (open: boolean) => void;
}

function GroupRows(props: GroupProps) {
  const { group, first, open, onFold, selection } = props;
  const { t } = useLingui();
  const format = useFormats();
  const { performance, types } = group;
  const name = performance?.name ?? t`Without performance`;
  const on = types.filter(({ key }) => selection.has(key)).length;
  return (
    <>
      <tr
        className={classes.group}
        data-row
        data-fold={open ? 'open' : 'closed'}
        tabIndex={first ? 0 : -1}
      >
        <td className={classes.fold}>
          <ActionIcon
            size={24}
            tabIndex={-1}
            aria-expanded={open}
            aria-label={open ? t`Fold ${name}` : t`Unfold ${name}`}
            data-fold-button
            onClick={() => onFold(!open)}
          >
            <IconChevronRight size={16} stroke={1.8} className={classes.chevron} />
          </ActionIcon>
        </td>
        <td className={classes.check}>
          <Checkbox
            aria-label={t`Select ${name}`}
            checked={on > 0 && on === types.length}
            indeterminate={on > 0 && on < types.length}
            onChange={(event) => selection.choose(group, types, event.currentTarget.checked)}
          />
        </td>
        <th scope="rowgroup" className={classes.name}>
          <div className={classes.named}>
            <span className="truncate" title={name}>
              {name}
            </span>
            {group.hasSeatMap && performance && <MapLink id={performance.id} name={name} />}
          </div>
        </th>
        <td className="nowrap">
          {performance && (
            <>
              <span className={classes.weekday}>
                {format.weekday(performance.startsAt, performance.timeZone)}
              </span>
              {format.dateTime(performance.startsAt, performance.timeZone)}
            </>
          )}
        </td>
        <td data-from="wide">
          <div className="truncate dimmed">{performance?.venueName}</div>
        </td>
        <NumberCells
          {...props}
          counts={group.counts}
          name={name}
          narrow={performance ? { performance: [performance.id] } : {}}
        />
      </tr>
      {open && types.map((type) => <TypeRow key={type.key} {...props} type={type} name={name} />)}
    </>
  );
}

/** To the performance's map, where the viewer's point of sale offers it (DA-4). */
function MapLink({ id, name }: { id: string; name: string }) {
  const { t } = useLingui();
  if (!useViewer().can.seeSeatMaps) return null;
  return (
    <Link
      to="/p/performances/$performanceId/map"
      params={{ performanceId: id }}
      className={classes.map}
      aria-label={t`Seat map of ${name}`}
      title={t`Seat map`}
    >
      <IconMap2 size={16} stroke={1.7} />
    </Link>
  );
}

function TypeRow(props: GroupProps & { type: TicketType; name: string }) {
  const { group, type, name, selection } = props;
  const { t } = useLingui();
  const kind = [type.seatCategory?.name, type.tariff.name].filter(Boolean).join(', ');
  const full = `${name}, ${kind}`;
  const selected = selection.has(type.key);
  return (
    <tr className={classes.type} data-row data-selected={selected || undefined} tabIndex={-1}>
      <td className={classes.fold} />
      <td className={classes.check}>
        <Checkbox
          aria-label={t`Select ${full}`}
          checked={selected}
          onChange={(event) => selection.choose(group, [type], event.currentTarget.checked)}
        />
      </td>
      <th scope="row" colSpan={2} className={classes.kind}>
        <div className="truncate">
          {type.seatCategory ? (
            <>
              {type.seatCategory.name}
              <span className="dimmed"> · {type.tariff.name}</span>
            </>
          ) : (
            type.tariff.name
          )}
        </div>
      </th>
      <td data-from="wide" />
      <NumberCells
        {...props}
        counts={type.counts}
        name={full}
        narrow={{ type: [typeParameter(typeInput(group, type))] }}
      />
    </tr>
  );
}

function SelectAll({ groups, selection }: Props) {
  const { t } = useLingui();
  const types = groups.flatMap((group) => group.types);
  const on = types.filter(({ key }) => selection.has(key)).length;
  return (
    <Checkbox
      aria-label={t`Select all types shown`}
      checked={on > 0 && on === types.length}
      indeterminate={on > 0 && on < types.length}
      onChange={({ currentTarget: { checked } }) => selection.chooseAll(groups, checked)}
    />
  );
}

/** Arrows walk through the rows and fold them, x ticks the row. */
function moveFocus(event: KeyboardEvent<HTMLTableSectionElement>) {
  const row = (event.target as HTMLElement).closest<HTMLElement>('tr[data-row]');
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('tr[data-row]')];
  const at = rows.indexOf(row);
  const button = row.querySelector<HTMLElement>('[data-fold-button]');
  const actions: Record<string, () => void> = {
    ArrowDown: () => rows[at + 1]?.focus(),
    ArrowUp: () => rows[at - 1]?.focus(),
    ArrowRight: () => row.dataset.fold === 'closed' && button?.click(),
    ArrowLeft: () => row.dataset.fold === 'open' && button?.click(),
    x: () => row.querySelector<HTMLElement>('input[type=checkbox]')?.click(),
    Enter: () => row.querySelector<HTMLElement>('a')?.click(),
  };
  const action = actions[event.key];
  if (!action || (event.key === 'Enter' && event.target !== row)) return;
  event.preventDefault();
  action();
}

export function DashboardSkeleton() {
  const { t } = useLingui();
  return (
    <div className={classes.frame} role="status" aria-label={t`Loading`}>
      {Array.from({ length: 10 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without content have no other name
        <div key={row} className={classes.skeleton}>
          <Skeleton h={16} w={16} />
          <Skeleton h={10} w={`${150 + ((row * 37) % 90)}px`} />
          <Skeleton h={10} w={110} ml="auto" />
          <Skeleton h={10} w={44} />
          <Skeleton h={10} w={44} />
          <Skeleton h={10} w={44} />
          <Skeleton h={7} w={120} />
        </div>
      ))}
    </div>
  );
}
