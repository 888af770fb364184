import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '~/lib/format.ts';
import classes from './MapPage.module.css';
import type { MapCounts } from './map.data.ts';
import { StateMark } from './StateMark.tsx';
import { countOf, type Mark, shownMarks } from './states.ts';
import { useMarkWords } from './words.ts';

interface Props {
  counts: MapCounts;
  show: Mark | undefined;
  onShow: (show: Mark | undefined) => void;
}

/** Which seats stand out, with how many there are; the legend of the map at once. */
export function StateChips({ counts, show, onShow }: Props) {
  const { t } = useLingui();
  const format = useFormats();
  const words = useMarkWords();
  return (
    <fieldset className={classes.chips} aria-label={t`Show`}>
      <button
        type="button"
        className={classes.chip}
        aria-pressed={show === undefined}
        onClick={() => onShow(undefined)}
      >
        <Trans>All yours</Trans> <b>{format.number(counts.allocated)}</b>
      </button>
      {shownMarks.map((mark) => (
        <button
          key={mark}
          type="button"
          className={classes.chip}
          aria-pressed={show === mark}
          onClick={() => onShow(show === mark ? undefined : mark)}
        >
          <StateMark look={mark} />
          {words[mark]} <b>{format.number(countOf(counts, mark))}</b>
        </button>
      ))}
    </fieldset>
  );
}
