// Subscribes through the two reference clients, graphql-sse and graphql-ws, and
// prints as JSON what each was told: the answers of a subscription, the errors
// of a document that does not fit, and the answer of a query.
import { createClient as events } from 'graphql-sse';
import { createClient as sockets } from 'graphql-ws';
import WebSocket from 'ws';

const url = process.argv[2];

const collect = (client, query) =>
  new Promise((resolve) => {
    const told = [];
    client.subscribe(
      { query },
      {
        next: (answer) => told.push({ data: answer.data, errors: answer.errors?.length }),
        error: (cause) => resolve([...told, { failed: Array.isArray(cause) ? cause.length : String(cause) }]),
        complete: () => resolve(told),
      },
    );
  });

const out = {};
const sse = events({ url, retryAttempts: 0 });
const ws = sockets({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 });
for (const [name, client] of [['sse', sse], ['ws', ws]]) {
  out[name] = {
    subscription: await collect(client, 'subscription { ticks(n: 3) }'),
    query: await collect(client, '{ name }'),
    mistaken: await collect(client, '{ nme }'),
  };
}
sse.dispose();
await ws.dispose();
process.stdout.write(JSON.stringify(out));
