import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  on: boolean;
  onChange: (on: boolean) => void;
  children: ReactNode;
}

/** A filter that is on or off; a tick says so beside the colour. */
export function Toggle({ on, onChange, children }: Props) {
  return (
    <Button
      variant={on ? 'light' : 'default'}
      aria-pressed={on}
      px={11}
      leftSection={on && <IconCheck size={14} stroke={2} />}
      onClick={() => onChange(!on)}
    >
      {children}
    </Button>
  );
}
