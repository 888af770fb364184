import { Trans, useLingui } from '@lingui/react/macro';
import { Drawer, Select } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from 'urql';
import { toast } from '~/components/toast.ts';
import { useFormats } from '~/lib/format.ts';
import { usePages } from '~/lib/pages.ts';
import classes from './Rules.module.css';
import { type Refusal, RulesForm } from './RulesForm.tsx';
import {
  PerformanceRulesQuery,
  type ProductRules,
  type Rules,
  UpdatePerformanceRulesMutation,
  UpdateProductRulesMutation,
} from './rules.data.ts';
import { useRuleWords } from './words.ts';

interface Props {
  rules: ProductRules | undefined;
  readOnly: boolean;
  onClose: () => void;
}

/** The rules of one product, and those of its performances that differ. */
export function RulesDrawer({ rules, readOnly, onClose }: Props) {
  const { t } = useLingui();
  return (
    <Drawer
      opened={Boolean(rules)}
      onClose={onClose}
      position="right"
      size={520}
      title={rules?.product.name}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {rules && <Details key={rules.id} rules={rules} readOnly={readOnly} />}
    </Drawer>
  );
}

function Details({ rules, readOnly }: { rules: ProductRules; readOnly: boolean }) {
  const { t } = useLingui();
  const format = useFormats();
  const words = useRuleWords();
  const [of, setOf] = useState<string | null>(null);
  const { busy, saveProduct, savePerformance } = useSave();
  const pages = usePages(
    PerformanceRulesQuery,
    { productId: rules.id },
    (data) => data.performanceRules.pageInfo,
  );
  const all = pages.data?.performanceRules.edges.map(({ node }) => node) ?? [];
  const one = all.find(({ id }) => id === of);
  const own = all.filter(
    (p) => p.opensMinutes !== null || p.closesMinutes !== null || p.guestLimit !== null,
  );
  return (
    <div className={classes.drawer}>
      <RulesForm
        key={JSON.stringify(rules)}
        rules={rulesOf(rules, rules.guestFields)}
        readOnly={readOnly}
        busy={busy}
        onSave={(next) => saveProduct(rules.id, next)}
      />
      {all.length > 0 && (
        <section className={classes.exceptions}>
          <h3>
            <Trans>Performances with rules of their own</Trans>
          </h3>
          {own.length === 0 && (
            <p className="dimmed">
              <Trans>None: all performances follow the product.</Trans>
            </p>
          )}
          <ul>
            {own.map((p) => (
              <li key={p.id}>
                <button type="button" onClick={() => setOf(p.id)}>
                  {p.name}
                </button>
                <span className="dimmed">
                  {[words.window(p), p.guestLimit !== null && t`${p.guestLimit} tickets per guest`]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </li>
            ))}
          </ul>
          <Select
            label={t`Performance`}
            placeholder={t`Choose a performance`}
            searchable
            clearable
            nothingFoundMessage={t`Nothing by that name`}
            data={all.map(({ id, name, startsAt }) => ({
              value: id,
              label: `${name} · ${format.date(startsAt)}`,
            }))}
            value={of}
            onChange={setOf}
            onDropdownOpen={() => pages.more.has && pages.more.load()}
          />
          {one && (
            <RulesForm
              key={JSON.stringify(one)}
              rules={rulesOf(one, [])}
              inherited={rulesOf(rules, rules.guestFields)}
              readOnly={readOnly}
              busy={busy}
              onSave={(next) => savePerformance(one.id, next)}
            />
          )}
        </section>
      )}
    </div>
  );
}

function rulesOf(
  { opensMinutes, closesMinutes, guestLimit }: Omit<Rules, 'guestFields'>,
  guestFields: Rules['guestFields'],
): Rules {
  return { opensMinutes, closesMinutes, guestLimit, guestFields };
}

function useSave() {
  const { t } = useLingui();
  const [product, updateProduct] = useMutation(UpdateProductRulesMutation);
  const [performance, updatePerformance] = useMutation(UpdatePerformanceRulesMutation);
  function settle(
    refused: { message: string; path: string[] } | undefined,
    failed: boolean,
  ): Refusal | null {
    if (refused) return { field: refused.path.at(-1) ?? '', message: refused.message };
    if (failed) return { field: '', message: t`The server cannot be reached.` };
    toast({ title: t`The rules were saved` });
    return null;
  }
  return {
    busy: product.fetching || performance.fetching,
    async saveProduct(id: string, rules: Rules) {
      const { data, error } = await updateProduct({ input: { id, ...rules } });
      return settle(data?.updateProductRules.userErrors[0], Boolean(error));
    },
    async savePerformance(id: string, { guestFields: _, ...rules }: Rules) {
      const { data, error } = await updatePerformance({ input: { id, ...rules } });
      return settle(data?.updatePerformanceRules.userErrors[0], Boolean(error));
    },
  };
}
