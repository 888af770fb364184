import { readFileSync } from 'node:fs';
import { i18n } from '@lingui/core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { speak, withTexts } from './i18n.ts';

beforeEach(() => {
  vi.stubGlobal('document', { documentElement: {} });
});

describe('pages bring their texts', () => {
  it('each under its own feature', () => {
    const router = ['frame', 'portal-routes', 'office-routes']
      .map((file) => readFileSync(`src/app/${file}.tsx`, 'utf8'))
      .join('');
    const pages = [
      ...router.matchAll(/(?:withTexts\('(\w+)', )?\(\) => import\('~\/features\/(\w+)\//g),
    ];
    expect(pages.length).toBeGreaterThan(15);
    // A feature that says nothing of its own, such as the playground, is still named.
    for (const [, area, feature] of pages) expect(area).toBe(feature);
  });

  it('in the language spoken, and in the one spoken next', async () => {
    await speak('fr');
    const before = Object.keys(i18n.messages).length;
    await withTexts('cart', async () => 'page')();
    const french = { ...i18n.messages };
    expect(Object.keys(french).length).toBeGreaterThan(before);
    await speak('de');
    expect(Object.keys(i18n.messages).sort()).toEqual(Object.keys(french).sort());
  });

  it('also while the language is being changed', async () => {
    await speak('en');
    const changing = speak('fr');
    const opening = withTexts('outbox', async () => 'page')();
    await Promise.all([changing, opening]);
    const french = Object.keys(i18n.messages).sort();
    await speak('en');
    expect(Object.keys(i18n.messages).sort()).toEqual(french);
  });
});
