import { describe, expect, it } from 'vitest';
import { parseSearch, readDay, readList, readText, readWord, stringifySearch } from './search.ts';

describe('filters in the address', () => {
  it('are flat and readable', () => {
    const search = { q: 'anna k', from: '2027-01-01', category: ['a1', 'b2'], open: true };
    expect(stringifySearch(search)).toBe('?q=anna+k&from=2027-01-01&category=a1,b2&open=1');
  });

  it('leave out what does not narrow', () => {
    expect(stringifySearch({ q: '', category: [], open: false, to: undefined })).toBe('');
  });

  it.each([
    { q: 'a,b' },
    { q: '50 % off & more=less' },
    { q: 'Zoë+guest@example.org' },
    { category: ['x,y', 'z'] },
  ])('come back as they were: %j', (search) => {
    const parsed = parseSearch(stringifySearch(search));
    const [name = ''] = Object.keys(search);
    const read = 'q' in search ? readText(parsed, name) : readList(parsed, name);
    expect(read).toEqual(Object.values(search)[0]);
  });

  it('survive being mistyped', () => {
    expect(parseSearch('?q=%E0%A4%A&=x&broken')).toEqual({ q: '' });
    expect(readDay({ from: '2027-02-31x' }, 'from')).toBeUndefined();
    expect(readWord({ show: 'everything' }, 'show', ['remaining'])).toBeUndefined();
    expect(readList({ category: '' }, 'category')).toBeUndefined();
  });

  it('takes one value of a list for a list of one', () => {
    expect(readList(parseSearch('?category=a1'), 'category')).toEqual(['a1']);
  });
});
