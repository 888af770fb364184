import type { ReactNode } from 'react';
import classes from './Page.module.css';

interface Props {
  children: ReactNode;
  /** The page is as high as the window and its list scrolls inside. */
  fixed?: boolean;
  /** For reading and forms: not wider than a person reads. */
  narrow?: boolean;
}

export function Page({ children, fixed = false, narrow = false }: Props) {
  return (
    <div className={classes.page} data-fixed={fixed || undefined} data-narrow={narrow || undefined}>
      {children}
    </div>
  );
}
