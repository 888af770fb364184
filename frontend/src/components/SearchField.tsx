import { useLingui } from '@lingui/react/macro';
import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useKeys } from '~/lib/keys.ts';

interface Props {
  label: string;
  placeholder?: string;
  width?: number;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** A search that stands in the address: a pause in typing sends it, a slash leads here. */
export function SearchField({ label, placeholder = label, width = 240, value, onChange }: Props) {
  const { t } = useLingui();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const settle = useDebouncedCallback((text: string) => {
    onChange(text.trim() || undefined);
    setTyped(null);
  }, 300);
  useKeys({ '/': () => field.current?.focus() });
  function type(text: string) {
    setTyped(text);
    settle(text);
  }
  const shown = typed ?? value ?? '';
  return (
    <TextInput
      ref={field}
      w={width}
      type="search"
      aria-label={label}
      placeholder={placeholder}
      title="/"
      leftSection={<IconSearch size={15} stroke={1.7} />}
      rightSection={
        shown && <CloseButton size={20} aria-label={t`Clear`} onClick={() => type('')} />
      }
      value={shown}
      onChange={({ currentTarget }) => type(currentTarget.value)}
    />
  );
}
