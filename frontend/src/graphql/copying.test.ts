import { i18n } from '@lingui/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { callText, copies, copying, copyNext, copyNothing, copyNow } from './copying.ts';

const mutation = { query: 'mutation Give($input: X!) { give }', variables: { input: { n: 1 } } };
const written: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  i18n.loadAndActivate({ locale: 'en', messages: {} });
  written.length = 0;
  vi.stubGlobal('navigator', {
    clipboard: { writeText: async (text: string) => void written.push(text) },
  });
});

afterEach(() => {
  copyNothing();
  vi.runAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a call is copied instead of sent', () => {
  it('only when that was asked for, and only a change', () => {
    expect(copies(mutation)).toBe(false);
    copyNext();
    expect(copies({ query: 'query Q { viewer { user { id } } }' })).toBe(false);
    expect(copies(mutation)).toBe(true);
    vi.runAllTimers();
    expect(copies(mutation)).toBe(false);
    expect(written).toEqual([callText(mutation)]);
  });

  it('with all that the same press would send', () => {
    copyNow();
    expect(copies(mutation)).toBe(true);
    expect(copies(mutation)).toBe(true);
    expect(written.at(-1)?.match(/mutation Give/g)).toHaveLength(2);
  });

  it('not later, when the press called nothing', () => {
    copyNow();
    vi.advanceTimersByTime(1000);
    expect(copies(mutation)).toBe(false);
  });

  it('and the server hears nothing of it', async () => {
    const send = vi.fn(async () => new Response('{}'));
    const body = JSON.stringify(mutation);
    copyNow();
    const answer = await copying(send)('/graphql', { body });
    expect(send).not.toHaveBeenCalled();
    expect((await answer.json()).errors[0].extensions).toEqual({ code: 'COPIED' });
    vi.runAllTimers();
    await copying(send)('/graphql', { body });
    expect(send).toHaveBeenCalledOnce();
  });
});

it('a copied call holds no password', () => {
  const variables = { input: { email: 'a@b.example', password: 'hush', current: 'hush' } };
  const text = callText({ query: 'mutation M { m }', variables });
  expect(text).toContain('a@b.example');
  expect(text).not.toContain('hush');
});
