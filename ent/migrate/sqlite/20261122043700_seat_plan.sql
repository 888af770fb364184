-- Added column by column: a new table in the place of the old one would lose its guards.
ALTER TABLE `areas` ADD COLUMN `rank` integer NOT NULL DEFAULT (0);
ALTER TABLE `areas` ADD COLUMN `outline` text NOT NULL DEFAULT ('');
ALTER TABLE `seats` ADD COLUMN `guid` text NOT NULL DEFAULT ('');
ALTER TABLE `seats` ADD COLUMN `extra` text NOT NULL DEFAULT ('');
-- Create "seat_plans" table
CREATE TABLE `seat_plans` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `name` text NOT NULL DEFAULT (''), `revision` integer NOT NULL DEFAULT (1), `document` text NOT NULL, `updated_at` datetime NOT NULL, `organisation_id` uuid NOT NULL, `venue_id` uuid NOT NULL, CONSTRAINT `seat_plans_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `seat_plans_venues_venue` FOREIGN KEY (`venue_id`) REFERENCES `venues` (`id`) ON DELETE RESTRICT);
-- Create index "seatplan_venue_id" to table: "seat_plans"
CREATE UNIQUE INDEX `seatplan_venue_id` ON `seat_plans` (`venue_id`);
