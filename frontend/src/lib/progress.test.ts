import { describe, expect, it } from 'vitest';
import { follow, type Happening, type ProgressSource, Refused } from './progress.ts';

type Step = number | 'last' | 'break' | 'end' | 'refuse';

/** A server that tells events 1, 2, 3 … of which the third is the last, over lines that break. */
function server(lines: Step[][], standing: number[] = []) {
  const asked: number[] = [];
  let polls = 0;
  const event = (sequence: number, last = false): Happening<number> => ({
    sequence,
    last,
    payload: sequence,
  });
  const source: ProgressSource<number> = {
    async *stream(after) {
      asked.push(after);
      for (const step of lines[asked.length - 1] ?? ['break']) {
        if (step === 'break') throw new Error('the line broke');
        if (step === 'refuse') throw new Refused('no');
        if (step === 'end') return;
        yield step === 'last' ? event(3, true) : event(step);
      }
    },
    async poll() {
      const at = standing[polls++] ?? 3;
      return event(at, at === 3);
    },
    wait: () => Promise.resolve(),
  };
  return { source, asked, polls: () => polls };
}

async function told(source: ProgressSource<number>, after = 0) {
  const seen: number[] = [];
  for await (const { payload } of follow(source, after, new AbortController().signal))
    seen.push(payload);
  return seen;
}

describe('following an execution', () => {
  it('goes on after the last event seen when the line breaks', async () => {
    const { source, asked } = server([[1, 'break'], [2, 'end'], ['last']]);
    expect(await told(source)).toEqual([1, 2, 3]);
    expect(asked).toEqual([0, 1, 2]);
  });

  it('tells an event once, even when the server tells it twice', async () => {
    const { source } = server([
      [1, 2, 'break'],
      [1, 2, 'last'],
    ]);
    expect(await told(source)).toEqual([1, 2, 3]);
  });

  it('asks again and again where streams do not get through', async () => {
    const { source, asked, polls } = server([['break'], ['break'], ['break']], [1, 1, 2, 3]);
    expect(await told(source)).toEqual([1, 2, 3]);
    expect(asked).toEqual([0, 0, 0]);
    expect(polls()).toBe(4);
  });

  it('notices the end that happened while nobody looked', async () => {
    const { source } = server([['end'], ['end'], ['end']], [3]);
    expect(await told(source, 3)).toEqual([3]);
  });

  it('does not insist when the server says no', async () => {
    const { source, asked } = server([['refuse']]);
    await expect(told(source)).rejects.toThrow(Refused);
    expect(asked).toHaveLength(1);
  });
});
