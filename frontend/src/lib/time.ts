/** How far a zone is ahead of UTC at a moment, in milliseconds. */
function offset(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(at));
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value ?? 0);
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(at / 1000) * 1000;
}

/** The moment at which a day such as 2027-03-14 begins in a zone, as RFC 3339 in UTC. */
export function dayStart(day: string, timeZone: string): string {
  const wall = Date.parse(`${day}T00:00:00Z`);
  const guess = wall - offset(wall, timeZone);
  return new Date(wall - offset(guess, timeZone)).toISOString();
}

/** The day after a day such as 2027-03-14. */
export function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
