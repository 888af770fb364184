import type { ReactNode } from 'react';
import classes from './Tag.module.css';

export type Tone = 'good' | 'bad' | 'warn' | 'info' | 'neutral';

interface Props {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
}

/** A state in a word; the word says it, the colour only helps. */
export function Tag({ tone = 'neutral', icon, children }: Props) {
  return (
    <span className={classes.tag} data-tone={tone}>
      {icon}
      {children}
    </span>
  );
}
