// Filters as they stand in the address: flat, short, readable; what is absent does not narrow.

/** Writes search parameters; lists are joined by commas, empty ones are left out. */
export function stringifySearch(search: Record<string, unknown>): string {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(search)) {
    const list = (Array.isArray(value) ? value : [value]).filter(
      (one) => one !== undefined && one !== null && one !== '' && one !== false,
    );
    if (list.length === 0) continue;
    const text = list.map((one) => encode(one === true ? '1' : String(one))).join(',');
    parts.push(`${encode(name)}=${text}`);
  }
  return parts.length ? `?${parts.join('&')}` : '';
}

/** Reads search parameters: a text, or a list where unencoded commas part several. */
export function parseSearch(text: string): Record<string, string | string[]> {
  const search: Record<string, string | string[]> = {};
  for (const part of text.replace(/^\?/, '').split('&')) {
    const at = part.indexOf('=');
    if (at <= 0) continue;
    const values = part
      .slice(at + 1)
      .split(',')
      .map(decode);
    search[decode(part.slice(0, at))] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return search;
}

function encode(text: string) {
  return encodeURIComponent(text).replace(/%20/g, '+').replace(/%3A/g, ':').replace(/%40/g, '@');
}

function decode(text: string) {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return '';
  }
}

type Raw = Record<string, unknown>;

/** One text; undefined when absent or empty. */
export function readText(raw: Raw, name: string): string | undefined {
  const value = raw[name];
  if (Array.isArray(value)) return value.join(',') || undefined;
  return typeof value === 'string' && value ? value : undefined;
}

/** A list; undefined when absent or empty. */
export function readList(raw: Raw, name: string): string[] | undefined {
  const value = raw[name];
  const list = (Array.isArray(value) ? value : [value]).filter(
    (one): one is string => typeof one === 'string' && one !== '',
  );
  return list.length ? list : undefined;
}

/** One of a few words; undefined when it is none of them. */
export function readWord<Word extends string>(
  raw: Raw,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const value = readText(raw, name);
  return words.find((word) => word === value);
}

/** A day such as 2027-03-14; undefined when it is none. */
export function readDay(raw: Raw, name: string): string | undefined {
  const value = readText(raw, name);
  if (!value || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  return Number.isNaN(Date.parse(value)) ? undefined : value;
}

export function readFlag(raw: Raw, name: string): true | undefined {
  return raw[name] === true || raw[name] === '1' ? true : undefined;
}
