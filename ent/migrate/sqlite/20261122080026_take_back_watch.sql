-- Add column "decided_by_id" to table: "executions"
ALTER TABLE `executions` ADD COLUMN `decided_by_id` uuid NULL;
-- Add column "decided_by_name" to table: "executions"
ALTER TABLE `executions` ADD COLUMN `decided_by_name` text NOT NULL DEFAULT ('');
-- Add column "decided_at" to table: "executions"
ALTER TABLE `executions` ADD COLUMN `decided_at` datetime NULL;
-- Add column "decision_note" to table: "executions"
ALTER TABLE `executions` ADD COLUMN `decision_note` text NOT NULL DEFAULT ('');
-- Add column "waiting" to table: "executions"
ALTER TABLE `executions` ADD COLUMN `waiting` integer NOT NULL DEFAULT (0);
-- Add column "plan_approvals" to table: "executions"
ALTER TABLE `executions` ADD COLUMN `plan_approvals` integer NOT NULL DEFAULT (0);
-- Add column "removal" to table: "execution_rows"
ALTER TABLE `execution_rows` ADD COLUMN `removal` text NULL;
-- Add column "take_back_alert_after" to table: "organisations"
ALTER TABLE `organisations` ADD COLUMN `take_back_alert_after` integer NOT NULL DEFAULT (0);
-- Add column "take_back_alert_share" to table: "organisations"
ALTER TABLE `organisations` ADD COLUMN `take_back_alert_share` integer NOT NULL DEFAULT (0);
-- Add column "take_back_pause_hours" to table: "organisations"
ALTER TABLE `organisations` ADD COLUMN `take_back_pause_hours` integer NOT NULL DEFAULT (0);
-- Add column "take_back_approval" to table: "organisations"
ALTER TABLE `organisations` ADD COLUMN `take_back_approval` bool NOT NULL DEFAULT (false);
-- Add column "recovered_at" to table: "tickets"
ALTER TABLE `tickets` ADD COLUMN `recovered_at` datetime NULL;
-- Create index "removal_ticket_id_id" to table: "removals"
CREATE INDEX `removal_ticket_id_id` ON `removals` (`ticket_id`, `id`);
-- Create "take_back_alerts" table
CREATE TABLE `take_back_alerts` (`id` uuid NOT NULL, `kind` text NOT NULL, `ticket_id` uuid NULL, `execution_id` uuid NULL, `threshold` integer NOT NULL, `recovered` integer NOT NULL, `distributed` integer NOT NULL DEFAULT (0), `raised_at` datetime NOT NULL, `acknowledged_at` datetime NULL, `acknowledged_by_id` uuid NULL, `acknowledged_by_name` text NOT NULL DEFAULT (''), `note` text NOT NULL DEFAULT (''), `organisation_id` uuid NOT NULL, `sponsor_id` uuid NOT NULL, `product_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `take_back_alerts_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `take_back_alerts_contacts_sponsor` FOREIGN KEY (`sponsor_id`) REFERENCES `contacts` (`id`) ON DELETE RESTRICT, CONSTRAINT `take_back_alerts_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE RESTRICT);
-- Create index "takebackalert_ticket_id_threshold" to table: "take_back_alerts"
CREATE UNIQUE INDEX `takebackalert_ticket_id_threshold` ON `take_back_alerts` (`ticket_id`, `threshold`) WHERE ticket_id IS NOT NULL;
-- Create index "takebackalert_sponsor_id_product_id_threshold" to table: "take_back_alerts"
CREATE UNIQUE INDEX `takebackalert_sponsor_id_product_id_threshold` ON `take_back_alerts` (`sponsor_id`, `product_id`, `threshold`) WHERE ticket_id IS NULL;
-- Create index "takebackalert_organisation_id_id" to table: "take_back_alerts"
CREATE INDEX `takebackalert_organisation_id_id` ON `take_back_alerts` (`organisation_id`, `id`);
-- Create index "takebackalert_open" to table: "take_back_alerts"
CREATE INDEX `takebackalert_open` ON `take_back_alerts` (`organisation_id`) WHERE acknowledged_at IS NULL;
