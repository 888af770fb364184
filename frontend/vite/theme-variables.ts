import {
  convertCssVariables,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  mergeMantineTheme,
} from '@mantine/core';
import type { Plugin } from 'vite';
import { theme, variables } from '../src/app/theme.ts';

const name = 'virtual:theme-variables.css';

/**
 * Writes the theme's CSS variables into a style sheet at build time. Mantine would put them into a
 * style element at run time, which a policy without 'unsafe-inline' forbids.
 */
export function themeVariables(): Plugin {
  return {
    name: 'gradin:theme-variables',
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load(id) {
      if (id !== `\0${name}`) return null;
      const merged = mergeMantineTheme(DEFAULT_THEME, theme);
      const base = defaultCssVariablesResolver(merged);
      const own = variables(merged);
      return convertCssVariables({
        variables: { ...base.variables, ...own.variables },
        light: { ...base.light, ...own.light, '--mantine-color-scheme': 'light' },
        dark: { ...base.dark, ...own.dark, '--mantine-color-scheme': 'dark' },
      });
    },
  };
}
