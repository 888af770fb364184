import type { ReactNode } from 'react';
import classes from './AccountPage.module.css';

interface Props {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

export function Section({ title, children, action }: Props) {
  return (
    <section className={classes.section} aria-label={title}>
      <header>
        <h2>{title}</h2>
        {action}
      </header>
      {children}
    </section>
  );
}
