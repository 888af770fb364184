import { Plural } from '@lingui/react/macro';
import { VisuallyHidden } from '@mantine/core';
import { useQuery } from 'urql';
import { graphql } from '~/graphql/graphql.ts';
import { useFormats } from '~/lib/format.ts';
import classes from './Shell.module.css';

const OpenAlertsQuery = graphql(`
  query OpenAlerts {
    takeBackAlerts(open: true, first: 1) {
      totalCount
    }
  }
`);

/** How many alerts nobody has looked into yet; nothing when there is none. */
export function OpenAlerts() {
  const format = useFormats();
  const [{ data }] = useQuery({ query: OpenAlertsQuery, requestPolicy: 'cache-and-network' });
  const count = data?.takeBackAlerts.totalCount ?? 0;
  if (count === 0) return null;
  return (
    <span className={classes.badge}>
      <span aria-hidden>{format.number(count)}</span>
      <VisuallyHidden>
        <Plural value={count} one="# open alert" other="# open alerts" />
      </VisuallyHidden>
    </span>
  );
}
