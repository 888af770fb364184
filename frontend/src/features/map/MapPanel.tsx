import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Kbd } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { CountsBar } from '~/components/CountsBar.tsx';
import { useFormats } from '~/lib/format.ts';
import classes from './MapPage.module.css';
import type { MapCounts, ZoneData } from './map.data.ts';
import { StateMark } from './StateMark.tsx';
import { countOf, type Mark, shownMarks } from './states.ts';
import { useMarkWords } from './words.ts';

interface ZonesProps {
  zones: readonly ZoneData[];
  onOpen: (zone: ZoneData) => void;
}

/** The zones in which the viewer has tickets, with their counts; each is a button. */
export function ZoneList({ zones, onOpen }: ZonesProps) {
  const { t } = useLingui();
  const format = useFormats();
  const own = zones.filter(({ counts }) => counts.allocated > 0);
  const others = zones.length - own.length;
  return (
    <>
      <h2>
        <Trans>Zones with your tickets</Trans>
      </h2>
      <ul className={classes.zones} aria-label={t`Zones`}>
        {own.map((zone) => {
          const { remaining, distributed, allocated } = zone.counts;
          return (
            <li key={zone.id}>
              <button
                type="button"
                className={classes.zone}
                onClick={() => onOpen(zone)}
                data-zone={zone.code}
              >
                <span className={`${classes.zoneName} truncate`}>{zone.name}</span>
                <span className={classes.zoneCount}>{format.number(allocated)}</span>
                <span className={classes.zoneBar}>
                  <CountsBar counts={zone.counts} height={5} />
                </span>
                <span className={classes.zoneCount}>
                  <Trans>
                    {format.number(remaining)} remaining, {format.number(distributed)} distributed
                  </Trans>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {others > 0 && (
        <p className={classes.rest}>
          <Plural
            value={others}
            one="# other zone holds none of your tickets."
            other="# other zones hold none of your tickets."
          />
        </p>
      )}
    </>
  );
}

interface ZoneProps {
  zone: ZoneData;
  onClose: () => void;
}

/** One zone: what it holds, what the marks mean, and the keys that work in it. */
export function ZonePanel({ zone, onClose }: ZoneProps) {
  return (
    <>
      <div className={classes.back}>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconArrowLeft size={15} />}
          onClick={onClose}
          data-back
        >
          <Trans>All zones</Trans>
        </Button>
      </div>
      <h2>{zone.name}</h2>
      <div className={classes.scroll}>
        {zone.categories.length > 0 && (
          <p className={classes.swatches}>
            {zone.categories.map(({ category, color }) => (
              <span key={category.id}>
                <svg width="10" height="10" className={classes.swatch} aria-hidden="true">
                  <rect width="10" height="10" rx="2.5" fill={color || 'currentColor'} />
                </svg>
                {category.name}
              </span>
            ))}
          </p>
        )}
        <Facts counts={zone.counts} />
      </div>
      {zone.kind === 'NUMBERED' && (
        <p className={classes.keys}>
          <Kbd size="xs">←</Kbd> <Kbd size="xs">↑</Kbd> <Kbd size="xs">↓</Kbd>{' '}
          <Kbd size="xs">→</Kbd> <Trans>from seat to seat</Trans>
          <br />
          <Kbd size="xs">Space</Kbd> <Trans>selects</Trans>, <Kbd size="xs">⇧</Kbd>+
          <Kbd size="xs">→</Kbd> <Trans>several</Trans>, <Kbd size="xs">R</Kbd>{' '}
          <Trans>the whole row</Trans>
        </p>
      )}
    </>
  );
}

function Facts({ counts }: { counts: MapCounts }) {
  const { t } = useLingui();
  const format = useFormats();
  const words = useMarkWords();
  return (
    <dl className={classes.facts}>
      <dt>{t`Allocated`}</dt>
      <dd>{format.number(counts.allocated)}</dd>
      {shownMarks.map((mark) => (
        <Fact key={mark} mark={mark} word={words[mark]} value={countOf(counts, mark)} />
      ))}
    </dl>
  );
}

function Fact({ mark, word, value }: { mark: Mark; word: string; value: number }) {
  const format = useFormats();
  return (
    <>
      <StateMark look={mark} />
      <dt>{word}</dt>
      <dd>{format.number(value)}</dd>
    </>
  );
}
