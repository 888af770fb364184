import { hideNotification, showNotification } from '@mantine/notifications';
import { createElement, type ReactNode } from 'react';
import { copiedWords } from '~/graphql/copying.ts';
import classes from './Toast.module.css';

interface Toast {
  title: string;
  message?: ReactNode;
  tone?: 'good' | 'bad' | 'info';
  /** What can be done about it, such as taking it back. */
  action?: { label: string; onClick: () => void };
}

const colours = { good: 'teal', bad: 'red', info: 'iris' };

/** Says something in the corner; failures stay until they are closed. */
export function toast({ title, message, tone = 'good', action }: Toast) {
  // What was copied did not fail: it was not meant to happen.
  if (typeof message === 'string' && message.endsWith(copiedWords())) {
    return void showNotification({ message: copiedWords(), color: colours.info });
  }
  const id = showNotification({
    title,
    color: colours[tone],
    autoClose: tone === 'bad' ? false : 7000,
    withBorder: true,
    message: createElement('span', { className: classes.line }, message, button()),
  });

  function button() {
    if (!action) return null;
    const onClick = () => {
      action.onClick();
      hideNotification(id);
    };
    return createElement(
      'button',
      { type: 'button', className: classes.action, onClick },
      action.label,
    );
  }
}
