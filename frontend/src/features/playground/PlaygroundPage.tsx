import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import { useLingui } from '@lingui/react/macro';
import { useComputedColorScheme } from '@mantine/core';
import { GraphiQL, type GraphiQLProps } from 'graphiql';
import { accept, endpoint } from '~/graphql/client.ts';
import classes from './PlaygroundPage.module.css';

const fetcher: GraphiQLProps['fetcher'] = async (request) => {
  const response = await fetch(endpoint, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify(request),
  });
  return response.json();
};

const welcome = `# Ctrl+Enter runs the query; Ctrl+Space offers what may stand here.
{
  viewer {
    user { name role }
    organisation { name timeZone }
  }
}
`;

/** Own queries against the API, for staff; all of it comes from this server (API-9). */
export function PlaygroundPage() {
  const { t } = useLingui();
  const scheme = useComputedColorScheme();
  return (
    <div className={classes.page}>
      <title>{`${t`GraphQL`} · Gradin`}</title>
      <h1 className={classes.title}>{t`GraphQL`}</h1>
      <GraphiQL
        key={scheme}
        fetcher={fetcher}
        forcedTheme={scheme}
        defaultQuery={welcome}
        showPersistHeadersSettings={false}
      >
        <GraphiQL.Logo>
          <span />
        </GraphiQL.Logo>
      </GraphiQL>
    </div>
  );
}
