import { describe, expect, it } from 'vitest';
import { areaOf } from './texts.ts';

describe('the area of a text', () => {
  it.each([
    ['one feature', ['src/features/cart/A.tsx', 'src/features/cart/B.tsx'], 'cart'],
    ['two features', ['src/features/cart/A.tsx', 'src/features/map/B.tsx'], 'shared'],
    ['a feature and the frame', ['src/features/cart/A.tsx', 'src/app/B.tsx'], 'shared'],
    ['a component', ['src/components/A.tsx'], 'shared'],
    ['nobody any longer', [], 'shared'],
  ])('%s', (_, origins, area) => expect(areaOf(origins)).toBe(area));
});
