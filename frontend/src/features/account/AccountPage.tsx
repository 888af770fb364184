import { useLingui } from '@lingui/react/macro';
import { Page } from '~/components/Page.tsx';
import { PageHeader } from '~/components/PageHeader.tsx';
import { useViewer } from '~/graphql/viewer.data.ts';
import { Appearance } from './Appearance.tsx';
import { Password } from './Password.tsx';
import { Tokens } from './Tokens.tsx';

/** The viewer's own settings. */
export function AccountPage() {
  const { t } = useLingui();
  const { user, can } = useViewer();
  return (
    <Page narrow>
      <PageHeader title={t`Account and settings`} crumbs={[`${user.name}, ${user.email}`]} />
      <Appearance />
      <Password />
      {can.manageTokens && <Tokens />}
    </Page>
  );
}
