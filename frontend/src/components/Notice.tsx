import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './Notice.module.css';

interface Props {
  /** What went wrong is told at once to who cannot see it; what is merely so is not. */
  tone: 'bad' | 'warn';
  title?: string;
  icon?: ReactNode;
  children: ReactNode;
}

export function Notice({ tone, title, icon, children }: Props) {
  const Icon = tone === 'bad' ? IconCircleX : IconAlertTriangle;
  return (
    <div className={classes.notice} data-tone={tone} role={tone === 'bad' ? 'alert' : undefined}>
      {icon ?? <Icon size={17} stroke={1.7} />}
      <div>
        {title && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  );
}
