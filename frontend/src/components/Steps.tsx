import { IconCheck } from '@tabler/icons-react';
import classes from './Steps.module.css';

interface Props {
  names: string[];
  /** The step under way, from 0; past the last one when all are done. */
  at: number;
}

export function Steps({ names, at }: Props) {
  return (
    <ol className={classes.steps}>
      {names.map((name, n) => (
        <li
          key={name}
          data-stand={n < at ? 'done' : n === at ? 'now' : 'later'}
          aria-current={n === at ? 'step' : undefined}
        >
          <span className={classes.dot}>{n < at ? <IconCheck size={13} stroke={3} /> : n + 1}</span>
          {name}
        </li>
      ))}
    </ol>
  );
}
