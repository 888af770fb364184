-- Add column "ticket_id" to table: "mails"
ALTER TABLE `mails` ADD COLUMN `ticket_id` uuid NULL;
