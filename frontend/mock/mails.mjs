import * as data from './data.mjs';

const states = [
  'SENT',
  'SENT',
  'SENT',
  'READY',
  'SENT',
  'FAILED',
  'SENT',
  'HELD',
  'SENT',
  'IN_DOUBT',
  'SENT',
  'OBSOLETE',
];

export const mails = Array.from({ length: 180 }, (_, n) => {
  const guest = data.guest();
  const state = states[n % states.length];
  const createdAt = new Date(Date.UTC(2026, 10, 21, 18, 0) - n * 3_400_000).toISOString();
  const name = `${guest.firstName} ${guest.lastName}`;
  const body =
    'Banque du Lac invites you to FC Granval – SV Lindbach on Saturday 28 November 2026 at 19:30, Stade du Grand Val.';
  return {
    __typename: 'Mail',
    id: data.id('mai'),
    to: guest.email,
    subject:
      n % 9 === 8
        ? 'A ticket was taken back: FC Granval – SV Lindbach'
        : 'Your 2 tickets for FC Granval – SV Lindbach',
    class: n % 9 === 8 ? 'TICKET_TAKEN_BACK' : 'TICKET_ACKNOWLEDGEMENT',
    state,
    language: ['FR', 'EN', 'DE'][n % 3],
    createdAt,
    sentAt: state === 'SENT' ? createdAt : null,
    nextAttemptAt: state === 'READY' ? createdAt : null,
    attempts: state === 'FAILED' ? 5 : state === 'SENT' ? 1 : 0,
    serverAnswer:
      state === 'FAILED'
        ? '550 5.1.1 <guest>: Recipient address rejected: User unknown'
        : state === 'SENT'
          ? '250 2.0.0 Ok: queued as 4F2Kx91'
          : null,
    executionNumber: 5020 - (n % 7),
    text: `Hello ${name},\n\n${body}\n\nYour places: N2, row 4, seats 07 and 08. Entrance A.\n\nShow your tickets: https://tickets.example/…\n`,
    html: `<html><head><style>h1{font-size:20px}</style></head><body style="margin:0;background:#f4f6fb;font-family:sans-serif"><div style="max-width:520px;margin:24px auto;padding:28px;background:#fff;border-radius:10px;color:#1a2030"><h1>Hello ${name},</h1><p style="line-height:1.6">${body}</p><table style="width:100%;border-collapse:collapse;margin:16px 0"><tr><td style="padding:8px;border-top:1px solid #e3e7ee;color:#5a6374">Area</td><td style="padding:8px;border-top:1px solid #e3e7ee">N2</td></tr><tr><td style="padding:8px;border-top:1px solid #e3e7ee;color:#5a6374">Row and seats</td><td style="padding:8px;border-top:1px solid #e3e7ee">4 · 07, 08</td></tr></table><p><a href="#" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#384bcb;color:#fff;text-decoration:none">Show my tickets</a></p><script>alert(1)</script></div></body></html>`,
  };
});
