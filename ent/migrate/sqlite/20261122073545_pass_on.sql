-- Add column "pass_on_id" to table: "holder_links"
ALTER TABLE `holder_links` ADD COLUMN `pass_on_id` uuid NULL;
-- Add column "pass_on_id" to table: "mails"
ALTER TABLE `mails` ADD COLUMN `pass_on_id` uuid NULL;
-- Create index "mail_pass_on_id_class" to table: "mails"
CREATE UNIQUE INDEX `mail_pass_on_id_class` ON `mails` (`pass_on_id`, `class`) WHERE pass_on_id IS NOT NULL;
-- Add column "pass_on_hours" to table: "point_of_sales"
ALTER TABLE `point_of_sales` ADD COLUMN `pass_on_hours` integer NOT NULL DEFAULT (72);
-- Create "pass_ons" table
CREATE TABLE `pass_ons` (`id` uuid NOT NULL, `organisation_id` uuid NOT NULL, `created_at` datetime NOT NULL, `ticket_id` uuid NOT NULL, `giver_id` uuid NOT NULL, `recipient_id` uuid NOT NULL, `point_of_sale_id` uuid NULL, `link_id` integer NOT NULL, `giver_name` text NOT NULL DEFAULT (''), `email` text NOT NULL, `email_key` text NOT NULL, `first_name` text NOT NULL, `last_name` text NOT NULL, `fields` text NOT NULL DEFAULT (''), `state` text NOT NULL DEFAULT ('PENDING'), `expires_at` datetime NOT NULL, `closed_at` datetime NULL, PRIMARY KEY (`id`));
-- Create index "passon_ticket_id" to table: "pass_ons"
CREATE UNIQUE INDEX `passon_ticket_id` ON `pass_ons` (`ticket_id`) WHERE state = 'PENDING';
-- Create index "passon_expires_at" to table: "pass_ons"
CREATE INDEX `passon_expires_at` ON `pass_ons` (`expires_at`) WHERE state = 'PENDING';
-- Create index "passon_giver_id_created_at" to table: "pass_ons"
CREATE INDEX `passon_giver_id_created_at` ON `pass_ons` (`giver_id`, `created_at`);
