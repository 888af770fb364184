import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ReceivedMail {
  to: string;
  text: string;
}

/** The mails to the guests of the workbook that the SMTP server of the test has accepted so far. */
export function receivedMails(): ReceivedMail[] {
  const box = process.env.GRADIN_MAILS ?? '';
  return readdirSync(box)
    .sort()
    .map((name) => {
      const raw = readFileSync(join(box, name), 'utf8');
      const end = raw.indexOf('\n');
      return { to: raw.slice(0, end), text: unfold(raw.slice(end + 1)) };
    })
    .filter((mail) => mail.to.endsWith('@guests.example'));
}

/** Undoes quoted-printable as far as links need it. */
function unfold(raw: string): string {
  return raw
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** The recipient's link of a mail. */
export function linkOf(mail: ReceivedMail): string {
  const found = /https?:\/\/[^\s"<>]+\/t\/[\w-]+/.exec(mail.text);
  if (!found) throw new Error(`no link in the mail to ${mail.to}`);
  return found[0];
}
