-- Modify "mails" table
ALTER TABLE "mails" ADD COLUMN "ticket_id" uuid NULL;
