-- Add column "reason" to table: "executions"
ALTER TABLE `executions` ADD COLUMN `reason` text NOT NULL DEFAULT ('');
-- Add column "undoes_id" to table: "executions"
ALTER TABLE `executions` ADD COLUMN `undoes_id` uuid NULL;
-- Add column "plan_notices" to table: "executions"
ALTER TABLE `executions` ADD COLUMN `plan_notices` integer NOT NULL DEFAULT (0);
-- Add column "notices" to table: "executions"
ALTER TABLE `executions` ADD COLUMN `notices` integer NOT NULL DEFAULT (0);
-- Add column "keep" to table: "execution_rows"
ALTER TABLE `execution_rows` ADD COLUMN `keep` integer NOT NULL DEFAULT (0);
-- Add column "from_email" to table: "execution_rows"
ALTER TABLE `execution_rows` ADD COLUMN `from_email` text NOT NULL DEFAULT ('');
-- Add column "from_name" to table: "execution_rows"
ALTER TABLE `execution_rows` ADD COLUMN `from_name` text NOT NULL DEFAULT ('');
-- Add column "fields" to table: "execution_rows"
ALTER TABLE `execution_rows` ADD COLUMN `fields` text NOT NULL DEFAULT ('');
-- Add column "passed_on" to table: "holder_links"
ALTER TABLE `holder_links` ADD COLUMN `passed_on` bool NOT NULL DEFAULT (false);
-- Add column "closed_execution_id" to table: "holder_links"
ALTER TABLE `holder_links` ADD COLUMN `closed_execution_id` uuid NULL;
-- Add column "tell_taken_back" to table: "point_of_sales"
ALTER TABLE `point_of_sales` ADD COLUMN `tell_taken_back` bool NOT NULL DEFAULT (true);
-- Add column "transferred_depth" to table: "tickets"
ALTER TABLE `tickets` ADD COLUMN `transferred_depth` integer NOT NULL DEFAULT (0);
-- Add column "holder_fields" to table: "tickets"
ALTER TABLE `tickets` ADD COLUMN `holder_fields` text NOT NULL DEFAULT ('');
-- Add column "recoveries" to table: "tickets"
ALTER TABLE `tickets` ADD COLUMN `recoveries` integer NOT NULL DEFAULT (0);
-- Add column "wallet_id" to table: "tickets"
ALTER TABLE `tickets` ADD COLUMN `wallet_id` uuid NULL;
-- Create "address_book_entries" table
CREATE TABLE `address_book_entries` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `user_id` uuid NOT NULL, `email` text NOT NULL, `email_key` text NOT NULL, `first_name` text NOT NULL, `last_name` text NOT NULL, `company` text NOT NULL DEFAULT (''), `note` text NOT NULL DEFAULT (''), `search_key` text NOT NULL DEFAULT (''), `fields` text NOT NULL DEFAULT (''), `contact_id` uuid NULL, `organisation_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `address_book_entries_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION);
-- Create index "addressbookentry_user_id_email_key" to table: "address_book_entries"
CREATE UNIQUE INDEX `addressbookentry_user_id_email_key` ON `address_book_entries` (`user_id`, `email_key`);
-- Create index "addressbookentry_user_id_search_key_id" to table: "address_book_entries"
CREATE INDEX `addressbookentry_user_id_search_key_id` ON `address_book_entries` (`user_id`, `search_key`, `id`);
-- Create "carts" table
CREATE TABLE `carts` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `changed_at` datetime NOT NULL, `version` integer NOT NULL DEFAULT (1), `organisation_id` uuid NOT NULL, `sponsor_id` uuid NOT NULL, `user_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `carts_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `carts_contacts_sponsor` FOREIGN KEY (`sponsor_id`) REFERENCES `contacts` (`id`) ON DELETE RESTRICT, CONSTRAINT `carts_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE RESTRICT);
-- Create index "cart_sponsor_id_user_id" to table: "carts"
CREATE UNIQUE INDEX `cart_sponsor_id_user_id` ON `carts` (`sponsor_id`, `user_id`);
-- Create "cart_lines" table
CREATE TABLE `cart_lines` (`id` uuid NOT NULL, `organisation_id` uuid NOT NULL, `sponsor_id` uuid NOT NULL, `ticket_id` uuid NOT NULL, `move` integer NOT NULL, `to_me` bool NOT NULL DEFAULT (false), `entry_id` uuid NULL, `email` text NOT NULL DEFAULT (''), `email_key` text NOT NULL DEFAULT (''), `first_name` text NOT NULL DEFAULT (''), `last_name` text NOT NULL DEFAULT (''), `fields` text NOT NULL DEFAULT (''), `reason` text NULL, `added_at` datetime NOT NULL, `cart_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `cart_lines_carts_cart` FOREIGN KEY (`cart_id`) REFERENCES `carts` (`id`) ON DELETE CASCADE);
-- Create index "cartline_sponsor_id_ticket_id" to table: "cart_lines"
CREATE UNIQUE INDEX `cartline_sponsor_id_ticket_id` ON `cart_lines` (`sponsor_id`, `ticket_id`);
-- Create index "cartline_cart_id_id" to table: "cart_lines"
CREATE INDEX `cartline_cart_id_id` ON `cart_lines` (`cart_id`, `id`);
-- Create index "cartline_ticket_id" to table: "cart_lines"
CREATE INDEX `cartline_ticket_id` ON `cart_lines` (`ticket_id`);
-- Create "removals" table
CREATE TABLE `removals` (`id` uuid NOT NULL, `organisation_id` uuid NOT NULL, `ticket_id` uuid NOT NULL, `wallet_id` uuid NOT NULL, `execution_id` uuid NOT NULL, `row_number` integer NOT NULL, `state` text NOT NULL, `version` integer NOT NULL, `former_location` text NOT NULL, `answer` text NOT NULL DEFAULT (''), `requested_at` datetime NOT NULL, `ended_at` datetime NULL, `next_attempt_at` datetime NULL, `attempts` integer NOT NULL DEFAULT (0), PRIMARY KEY (`id`));
-- Create index "removal_ticket_id" to table: "removals"
CREATE UNIQUE INDEX `removal_ticket_id` ON `removals` (`ticket_id`) WHERE ended_at IS NULL;
-- Create index "removal_wallet_id_id" to table: "removals"
CREATE INDEX `removal_wallet_id_id` ON `removals` (`wallet_id`, `id`) WHERE ended_at IS NULL;
-- Create index "removal_execution_id" to table: "removals"
CREATE INDEX `removal_execution_id` ON `removals` (`execution_id`);
