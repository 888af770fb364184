-- Create index "holderlink_execution_id_id" to table: "holder_links"
CREATE INDEX "holderlink_execution_id_id" ON "holder_links" ("execution_id", "id");
-- Create index "holderlink_ticket_id_version" to table: "holder_links"
CREATE INDEX "holderlink_ticket_id_version" ON "holder_links" ("ticket_id", "version");
-- Create index "mail_ready" to table: "mails"
CREATE INDEX "mail_ready" ON "mails" ("id") WHERE (((state)::text = 'READY'::text) AND (sent_at IS NULL));
