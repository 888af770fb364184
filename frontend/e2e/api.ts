/** Asks the API with a token, the relay's unless another is given, as a partner's program would. */
export async function ask<T>(
  query: string,
  variables: Record<string, unknown> = {},
  token = process.env.GRADIN_TOKEN,
): Promise<T> {
  const answer = await fetch(`${process.env.GRADIN_URL}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await answer.json()) as { data?: T; errors?: { message: string }[] };
  if (!body.data || body.errors) throw new Error(JSON.stringify(body.errors));
  return body.data;
}

export interface KnownTicket {
  number: number;
  state: string;
  holder: { email: string } | null;
}

/** One ticket of the sponsor's in each of the conditions that an import refuses. */
export async function knownTickets() {
  const one = async (filter: string) => {
    const found = await ask<{ tickets: { edges: { node: KnownTicket }[] } }>(
      `{ tickets(first: 1, filter: ${filter}) { edges { node { number state holder { email } } } } }`,
    );
    const [edge] = found.tickets.edges;
    if (!edge) throw new Error(`the demo has no ticket for ${filter}`);
    return edge.node;
  };
  const now = JSON.stringify(new Date().toISOString());
  return {
    controlled: await one('{ states: [CONTROLLED], distributed: true }'),
    cancelled: await one('{ states: [CANCELLED] }'),
    past: await one(`{ states: [PRINTED], distributed: true, to: ${now} }`),
    held: await one(
      `{ states: [PRINTED], locations: [ACTIVATED], distributed: true, from: ${now} }`,
    ),
  };
}
