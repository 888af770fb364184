import classes from './StateMark.module.css';
import type { Look } from './states.ts';

/** The form a seat has on the map, beside a word that says the same. */
export function StateMark({ look, size = 14 }: { look: Look; size?: number }) {
  return (
    <svg
      viewBox="-8 -8 16 16"
      width={size}
      height={size}
      className={classes.mark}
      data-look={look}
      aria-hidden="true"
    >
      {look === 'other' ? <rect x="-3" y="-3" width="6" height="6" /> : <circle r="6" />}
      {look === 'downloaded' && <circle r="2.2" className={classes.hole} />}
      {look === 'inCart' && <path d="M6 0A6 6 0 0 1-6 0Z" />}
      {look === 'controlled' && <path d="M-5.5 1.5L1.5-5.5M-4.2 4.2L4.2-4.2M-1.5 5.5L5.5-1.5" />}
    </svg>
  );
}
