import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import classes from './PageHeader.module.css';

interface Props {
  title: string;
  /** The pages above this one, as links. */
  crumbs?: ReactNode[];
  /** A word beside the title, such as a state. */
  badge?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, crumbs, badge, actions }: Props) {
  const { t } = useLingui();
  return (
    <header className={classes.header}>
      <title>{`${title} · Gradin`}</title>
      <div className={classes.words}>
        {crumbs && (
          <nav aria-label={t`Path`} className={classes.crumbs}>
            {crumbs.map((crumb, at) => (
              // The crumbs of a page never change their places.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <span key={at}>{crumb}</span>
            ))}
          </nav>
        )}
        <div className={classes.title}>
          <h1 className="truncate">{title}</h1>
          {badge}
        </div>
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}
