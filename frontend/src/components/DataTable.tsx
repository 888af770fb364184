import { useLingui } from '@lingui/react/macro';
import { Checkbox, Skeleton } from '@mantine/core';
import { useViewportSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { usePreferences } from '~/lib/preferences.ts';
import classes from './DataTable.module.css';

export interface Column<Row> {
  key: string;
  header: ReactNode;
  /** Width in pixels; the columns without share what is left. */
  width?: number;
  align?: 'right';
  /** Figures under figures. */
  tabular?: boolean;
  cell: (row: Row) => ReactNode;
  /** Left out where the window is narrower, in pixels. */
  from?: 1100 | 1300 | 1500;
}

export interface Selection {
  keys: ReadonlySet<string>;
  /** Selects or frees rows by key. */
  onChange: (keys: string[], on: boolean) => void;
}

interface Props<Row> {
  /** Names the list for screen readers. */
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** What a row is called where only its checkbox is heard. */
  rowName?: (row: Row) => string;
  /** In all, when known; more than are loaded. */
  total?: number;
  loading?: boolean;
  more?: { has: boolean; busy: boolean; load: () => void };
  onOpen?: (row: Row) => void;
  active?: string | null;
  selection?: Selection;
  empty?: ReactNode;
  /** Rows of two lines, for sentences that must be read to their end. */
  tall?: boolean;
}

/** A dense list of any length: only the rows in sight exist; arrows, Enter, x and Shift+x work. */
export function DataTable<Row>(props: Props<Row>) {
  const { rows, rowKey, more, selection, loading, empty } = props;
  const { width: window } = useViewportSize();
  const columns = props.columns.filter(({ from = 0 }) => window === 0 || window >= from);
  const { t } = useLingui();
  const scroller = useRef<HTMLDivElement>(null);
  const height = usePreferences().density === 'dense' ? 32 : 42;
  const rowHeight = props.tall ? height + 16 : height;
  const rowsShown = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    onChange: (instance) => {
      const last = instance.getVirtualItems().at(-1)?.index ?? 0;
      if (more?.has && !more.busy && last >= rows.length - 24) more.load();
    },
  });
  const keyboard = useRowKeyboard(props, scroller, (at) => rowsShown.scrollToIndex(at));
  const items = rowsShown.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = rowsShown.getTotalSize() - (items.at(-1)?.end ?? 0);
  const width = columns.length + (selection ? 1 : 0);

  if (!loading && rows.length === 0 && empty) return <div className={classes.frame}>{empty}</div>;
  return (
    <section
      className={classes.frame}
      data-tall={props.tall || undefined}
      ref={scroller}
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
      tabIndex={0}
    >
      <table className={classes.table} aria-rowcount={(props.total ?? rows.length) + 1}>
        <colgroup>
          {selection && <col style={{ width: 40 }} />}
          {columns.map(({ key, width: pixels }) => (
            <col key={key} style={{ width: pixels }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {selection && (
              <th scope="col">
                <SelectAll rows={rows} rowKey={rowKey} selection={selection} />
              </th>
            )}
            {columns.map(({ key, header, align }) => (
              <th key={key} scope="col" data-align={align}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {loading && rows.length === 0
            ? skeletonRows(columns, Boolean(selection))
            : items.map(({ index }, at) => {
                const row = rows[index];
                if (row === undefined) return null;
                return (
                  <TableRow
                    key={rowKey(row)}
                    {...props}
                    columns={columns}
                    row={row}
                    index={index}
                    gap={at === 0 ? before : 0}
                    keyboard={keyboard}
                  />
                );
              })}
          {after > 0 && (
            <tr className={classes.gap}>
              <td colSpan={width} style={{ height: after }} />
            </tr>
          )}
        </tbody>
      </table>
      {more?.busy && rows.length > 0 && (
        <p role="status" className={classes.more}>
          {t`Loading more…`}
        </p>
      )}
    </section>
  );
}

interface Keyboard {
  current: number;
  onFocus: (index: number) => void;
  onKeyDown: (event: KeyboardEvent, index: number) => void;
  onSelect: (index: number, on: boolean, range: boolean) => void;
}

interface RowProps<Row> extends Props<Row> {
  row: Row;
  index: number;
  gap: number;
  keyboard: Keyboard;
}

function TableRow<Row>(props: RowProps<Row>) {
  const { row, index, gap, keyboard, columns, rowKey, selection, onOpen, active } = props;
  const { t } = useLingui();
  const key = rowKey(row);
  const selected = selection?.keys.has(key) ?? false;
  const name = props.rowName?.(row) ?? key;
  return (
    <>
      {gap > 0 && (
        <tr className={classes.gap}>
          <td colSpan={columns.length + (selection ? 1 : 0)} style={{ height: gap }} />
        </tr>
      )}
      <tr
        aria-rowindex={index + 2}
        data-index={index}
        data-selected={selected || undefined}
        data-active={active === key || undefined}
        data-open={onOpen ? true : undefined}
        tabIndex={index === keyboard.current ? 0 : -1}
        onFocus={() => keyboard.onFocus(index)}
        onKeyDown={(event) => keyboard.onKeyDown(event, index)}
        onClick={(event) => {
          if (onOpen && !(event.target as HTMLElement).closest('a,button,input,label')) onOpen(row);
        }}
      >
        {selection && (
          <td>
            <Checkbox
              checked={selected}
              tabIndex={-1}
              aria-label={t`Select ${name}`}
              onChange={(event) => {
                const { shiftKey } = event.nativeEvent as unknown as { shiftKey?: boolean };
                keyboard.onSelect(index, event.currentTarget.checked, shiftKey ?? false);
              }}
            />
          </td>
        )}
        {columns.map(({ key: column, align, tabular, cell }) => (
          <td key={column} data-align={align} data-tabular={tabular}>
            {cell(row)}
          </td>
        ))}
      </tr>
    </>
  );
}

function useRowKeyboard<Row>(
  { rows, rowKey, selection, onOpen }: Props<Row>,
  scroller: React.RefObject<HTMLDivElement | null>,
  scrollTo: (index: number) => void,
): Keyboard {
  const [current, setCurrent] = useState(0);
  const anchor = useRef(0);
  function go(index: number) {
    const to = Math.max(0, Math.min(rows.length - 1, index));
    scrollTo(to);
    setCurrent(to);
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`tr[data-index="${to}"]`)?.focus();
    });
  }
  function onSelect(index: number, on: boolean, range: boolean) {
    const [from, to] = range
      ? [Math.min(anchor.current, index), Math.max(anchor.current, index)]
      : [index, index];
    anchor.current = index;
    selection?.onChange(rows.slice(from, to + 1).map(rowKey), on);
  }
  function onKeyDown(event: KeyboardEvent, index: number) {
    const row = rows[index];
    if (event.ctrlKey || event.metaKey || event.altKey || row === undefined) return;
    const on = !selection?.keys.has(rowKey(row));
    const actions: Record<string, () => void> = {
      ArrowDown: () => go(index + 1),
      ArrowUp: () => go(index - 1),
      PageDown: () => go(index + 15),
      PageUp: () => go(index - 15),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      ...(onOpen && event.target === event.currentTarget && { Enter: () => onOpen(row) }),
      ...(selection && {
        x: () => onSelect(index, on, false),
        X: () => onSelect(index, true, true),
      }),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }
  return {
    current: Math.min(current, Math.max(0, rows.length - 1)),
    onFocus: setCurrent,
    onKeyDown,
    onSelect,
  };
}

function SelectAll<Row>({
  rows,
  rowKey,
  selection,
}: Pick<Props<Row>, 'rows' | 'rowKey'> & { selection: Selection }) {
  const { t } = useLingui();
  const keys = rows.map(rowKey);
  const on = keys.filter((key) => selection.keys.has(key)).length;
  return (
    <Checkbox
      aria-label={t`Select all rows loaded`}
      checked={on > 0 && on === keys.length}
      indeterminate={on > 0 && on < keys.length}
      onChange={(event) => selection.onChange(keys, event.currentTarget.checked)}
    />
  );
}

function skeletonRows<Row>(columns: Column<Row>[], selectable: boolean) {
  return Array.from({ length: 12 }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: rows without content have no other name
    <tr key={row}>
      {selectable && (
        <td>
          <Skeleton h={16} w={16} />
        </td>
      )}
      {columns.map(({ key, align }, column) => (
        <td key={key} data-align={align}>
          <Skeleton h={10} w={`${48 + ((row * 7 + column * 13) % 40)}%`} display="inline-block" />
        </td>
      ))}
    </tr>
  ));
}
