/** Something that happened in an execution, as far as following it goes. */
export interface Happening<Payload> {
  sequence: number;
  /** Nothing comes after it. */
  last: boolean;
  payload: Payload;
}

export interface ProgressSource<Payload> {
  /** Everything after the given number, as it happens; ends or throws when the line breaks. */
  stream(after: number, signal: AbortSignal): AsyncIterable<Happening<Payload>>;
  /** Where it stands now. */
  poll(signal: AbortSignal): Promise<Happening<Payload>>;
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** How often the stream is tried without a word from it before we ask again and again instead. */
const patience = 3;

/**
 * Follows an execution to its end, whatever the network does: a broken stream is taken up after the
 * last event seen, and where streams do not get through, it asks every two seconds. Each event is
 * told once, in order.
 */
export async function* follow<Payload>(
  source: ProgressSource<Payload>,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<Happening<Payload>> {
  let seen = after;
  let failures = 0;
  while (!signal.aborted) {
    try {
      if (failures < patience) {
        for await (const happening of source.stream(seen, signal)) {
          failures = 0;
          if (happening.sequence <= seen && !happening.last) continue;
          seen = happening.sequence;
          yield happening;
          if (happening.last) return;
        }
        failures += 1;
      } else {
        const happening = await source.poll(signal);
        if (happening.sequence > seen || happening.last) {
          seen = happening.sequence;
          yield happening;
        }
        if (happening.last) return;
      }
    } catch (cause) {
      if (signal.aborted || cause instanceof Refused) throw cause;
      failures += 1;
    }
    await source.wait(failures < patience ? 250 * 2 ** failures : 2000, signal);
  }
}

/** The server answered and said no; trying again would not help. */
export class Refused extends Error {}
