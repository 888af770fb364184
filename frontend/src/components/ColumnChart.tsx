import { useLingui } from '@lingui/react/macro';
import { SegmentedControl } from '@mantine/core';
import { useId, useState } from 'react';
import { ticks } from '~/lib/chart.ts';
import { useFormats } from '~/lib/format.ts';
import classes from './ColumnChart.module.css';

/** How a part is drawn: a colour, and a pattern that tells it from its neighbours without one. */
export interface Part {
  key: string;
  name: string;
  fill: string;
  pattern?: 'lines' | 'dots';
}

export interface Column {
  key: string;
  /** A few letters under the column. */
  label: string;
  /** What it is, in full. */
  name: string;
  values: Record<string, number>;
}

interface Props {
  title: string;
  /** From the foot of a column upwards. */
  parts: Part[];
  columns: Column[];
  /** What the columns are, over their names in the table. */
  of: string;
}

const height = 210;
const top = 10;
const foot = 22;
/** The width of the numbers of the axis, and the least of a column's label. */
const axis = 46;
const leastLabel = 64;

/** Stacked columns for who would rather look, and the same numbers as a table for who would rather read. */
export function ColumnChart({ title, parts, columns, of }: Props) {
  const { t } = useLingui();
  const format = useFormats();
  const id = useId();
  const [table, setTable] = useState(false);
  const sum = ({ values }: Column) => parts.reduce((all, { key }) => all + (values[key] ?? 0), 0);
  const most = Math.max(0, ...columns.map(sum));
  return (
    <figure className={classes.chart} aria-labelledby={`${id}title`}>
      <figcaption className={classes.head}>
        <h2 id={`${id}title`}>{title}</h2>
        <ul className={classes.legend} aria-hidden={table}>
          {parts.map((part) => (
            <li key={part.key}>
              <svg width="12" height="12" aria-hidden>
                <Patterns id={`${id}legend${part.key}`} />
                <Block id={`${id}legend${part.key}`} part={part} width="12" height={12} />
              </svg>
              {part.name}
            </li>
          ))}
        </ul>
        <SegmentedControl
          size="xs"
          aria-label={t`How it is shown`}
          value={table ? 'table' : 'chart'}
          onChange={(shown) => setTable(shown === 'table')}
          data={[
            { value: 'chart', label: t`Chart` },
            { value: 'table', label: t`Table` },
          ]}
        />
      </figcaption>
      {table ? (
        <Twin title={title} parts={parts} columns={columns} of={of} />
      ) : (
        <Plot id={id} parts={parts} columns={columns} most={most} name={summary()} />
      )}
    </figure>
  );

  function summary() {
    const shown = parts.map(({ key, name }) => {
      const all = columns.reduce((sum, { values }) => sum + (values[key] ?? 0), 0);
      return `${name} ${format.number(all)}`;
    });
    return `${title}: ${shown.join(', ')}`;
  }
}

interface PlotProps extends Pick<Props, 'parts' | 'columns'> {
  id: string;
  most: number;
  name: string;
}

function Plot({ id, parts, columns, most, name }: PlotProps) {
  const format = useFormats();
  const steps = ticks(most);
  const highest = steps.at(-1) || 1;
  const scale = (value: number) => (value / highest) * (height - top - foot);
  const step = 100 / Math.max(1, columns.length);
  const labelEvery = Math.ceil((columns.length * leastLabel) / 900);
  const level = (value: number) => height - foot - scale(value);
  return (
    <div className={classes.plot}>
      <svg width={axis} height={height} aria-hidden>
        {steps.map((value) => (
          <text key={value} x={axis - 8} y={level(value) + 4} textAnchor="end">
            {format.number(value)}
          </text>
        ))}
      </svg>
      <svg height={height} role="img" aria-label={name}>
        <Patterns id={id} />
        {steps.map((value) => (
          <line key={value} x2="100%" y1={level(value)} y2={level(value)} />
        ))}
        {columns.map((column, at) => {
          let y = height - foot;
          const told = parts.map((p) => `${p.name}: ${format.number(column.values[p.key] ?? 0)}`);
          return (
            <g key={column.key} className={classes.column}>
              <title>{[column.name, ...told].join('\n')}</title>
              {parts.map((part) => {
                const tall = scale(column.values[part.key] ?? 0);
                y -= tall;
                const x = `${(at + 0.16) * step}%`;
                const place = { x, y, width: `${step * 0.68}%`, height: tall };
                return <Block key={part.key} id={id} part={part} {...place} />;
              })}
              {at % labelEvery === 0 && (
                <text x={`${(at + 0.5) * step}%`} y={height - 6} textAnchor="middle">
                  {column.label}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

interface BlockProps {
  id: string;
  part: Part;
  x?: string;
  y?: number;
  width: string;
  height: number;
}

function Block({ id, part, x = '0', y = 0, width, height: tall }: BlockProps) {
  if (tall <= 0) return null;
  const place = { x, y, width, height: tall };
  return (
    <>
      <rect {...place} fill={part.fill} />
      {part.pattern && <rect {...place} fill={`url(#${id}${part.pattern})`} />}
    </>
  );
}

/** Marks over a colour, for who cannot tell the colours apart. */
function Patterns({ id }: { id: string }) {
  return (
    <defs>
      <pattern
        id={`${id}lines`}
        width="5"
        height="5"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="1.6" height="5" fill="var(--surface)" opacity="0.55" />
      </pattern>
      <pattern id={`${id}dots`} width="6" height="6" patternUnits="userSpaceOnUse">
        <circle cx="3" cy="3" r="1.3" fill="var(--surface)" opacity="0.8" />
      </pattern>
    </defs>
  );
}

function Twin({ title, parts, columns, of }: Props) {
  const format = useFormats();
  return (
    // Keyboards scroll what is focused.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={classes.table} tabIndex={0} aria-label={title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{of}</th>
            {parts.map(({ key, name }) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <tr key={column.key}>
              <th scope="row">{column.name}</th>
              {parts.map(({ key }) => (
                <td key={key}>{format.number(column.values[key] ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
