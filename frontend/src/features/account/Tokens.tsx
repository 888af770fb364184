import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Modal, Skeleton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { Failure } from '~/components/States.tsx';
import { Tag } from '~/components/Tag.tsx';
import { toast } from '~/components/toast.ts';
import { useFormats } from '~/lib/format.ts';
import classes from './AccountPage.module.css';
import { RevokeApiTokenMutation, type Token, TokensQuery } from './account.data.ts';
import { NewToken } from './NewToken.tsx';
import { Section } from './Section.tsx';

/** Keys for programs. A secret is shown once, when it is made. */
export function Tokens() {
  const { t } = useLingui();
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Token | null>(null);
  const [{ data, error }, again] = useQuery({
    query: TokensQuery,
    requestPolicy: 'cache-and-network',
  });
  const refresh = () => again({ requestPolicy: 'network-only' });
  const tokens = data?.viewer?.tokens;
  return (
    <Section
      title={t`API tokens`}
      action={
        <Button
          variant="default"
          leftSection={<IconPlus size={15} />}
          onClick={() => setMaking(true)}
        >
          <Trans>New token</Trans>
        </Button>
      }
    >
      {error && !tokens && <Failure error={error} onRetry={refresh} />}
      {!tokens && !error && <Skeleton h={80} />}
      {tokens?.length === 0 && (
        <p className="dimmed">
          <Trans>No tokens yet. A program needs one to use the API in your name.</Trans>
        </p>
      )}
      {tokens && tokens.length > 0 && <List tokens={tokens} onRevoke={setRevoking} />}
      <NewToken opened={making} onClose={() => setMaking(false)} onMade={refresh} />
      <Revoke token={revoking} onClose={() => setRevoking(null)} />
    </Section>
  );
}

function List({ tokens, onRevoke }: { tokens: Token[]; onRevoke: (token: Token) => void }) {
  const { t } = useLingui();
  const format = useFormats();
  return (
    <table className={classes.tokens}>
      <thead>
        <tr>
          <th scope="col">{t`Name`}</th>
          <th scope="col">{t`Begins with`}</th>
          <th scope="col">{t`May`}</th>
          <th scope="col">{t`Last used`}</th>
          <th scope="col">{t`Ends`}</th>
          <th scope="col" aria-label={t`Actions`} />
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <tr key={token.id}>
            <td>{token.name}</td>
            <td className="mono">{token.prefix}…</td>
            <td>{token.scopes.includes('WRITE') ? t`read and change` : t`read`}</td>
            <td>{token.lastUsedAt ? format.dateTime(token.lastUsedAt) : t`never`}</td>
            <td>{token.expiresAt ? format.date(token.expiresAt) : t`never`}</td>
            <td>
              {token.revokedAt ? (
                <Tag>{t`Revoked`}</Tag>
              ) : (
                <Button
                  variant="subtle"
                  color="red"
                  size="compact-xs"
                  onClick={() => onRevoke(token)}
                >
                  <Trans>Revoke</Trans>
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Revoke({ token, onClose }: { token: Token | null; onClose: () => void }) {
  const { t } = useLingui();
  const [{ fetching }, revoke] = useMutation(RevokeApiTokenMutation);
  async function confirm() {
    if (!token) return;
    const { data, error } = await revoke({ input: { id: token.id } });
    const refusal = data?.revokeApiToken.userErrors[0]?.message ?? error?.message;
    if (refusal) toast({ tone: 'bad', title: t`The token was not revoked`, message: refusal });
    onClose();
  }
  return (
    <Modal
      closeButtonProps={{ 'aria-label': t`Close` }}
      opened={Boolean(token)}
      onClose={onClose}
      title={t`Revoke ${token?.name ?? ''}?`}
      size={420}
    >
      <p>
        <Trans>Programs that use this token are refused from now on. This cannot be undone.</Trans>
      </p>
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          <Trans>Keep it</Trans>
        </Button>
        <Button color="red" loading={fetching} onClick={confirm}>
          <Trans>Revoke</Trans>
        </Button>
      </div>
    </Modal>
  );
}
