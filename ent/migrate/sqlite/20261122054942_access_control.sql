-- Create "access_changes" table
CREATE TABLE `access_changes` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `organisation_id` uuid NOT NULL, `ticket_id` uuid NOT NULL, `replaces_id` uuid NULL, `performance_id` uuid NULL, `valid` bool NOT NULL, `reason` text NOT NULL DEFAULT (''), `sequence` integer NULL);
-- Create index "accesschange_organisation_id_sequence" to table: "access_changes"
CREATE UNIQUE INDEX `accesschange_organisation_id_sequence` ON `access_changes` (`organisation_id`, `sequence`);
-- Create index "accesschange_performance_id_sequence" to table: "access_changes"
CREATE INDEX `accesschange_performance_id_sequence` ON `access_changes` (`performance_id`, `sequence`);
-- Create index "accesschange_organisation_id_id" to table: "access_changes"
CREATE INDEX `accesschange_organisation_id_id` ON `access_changes` (`organisation_id`, `id`) WHERE sequence IS NULL;
-- Create index "accesschange_ticket_id_id" to table: "access_changes"
CREATE INDEX `accesschange_ticket_id_id` ON `access_changes` (`ticket_id`, `id`);
-- Create index "accesschange_replaces_id" to table: "access_changes"
CREATE INDEX `accesschange_replaces_id` ON `access_changes` (`replaces_id`);
-- Create "entry_records" table
CREATE TABLE `entry_records` (`id` uuid NOT NULL, `organisation_id` uuid NOT NULL, `ticket_id` uuid NULL, `barcode_mark` text NOT NULL, `at` datetime NOT NULL, `gate` text NOT NULL, `result` text NOT NULL, `reason` text NOT NULL DEFAULT (''), `recorded_at` datetime NOT NULL, `key` text NOT NULL, PRIMARY KEY (`id`));
-- Create index "entryrecord_organisation_id_key" to table: "entry_records"
CREATE UNIQUE INDEX `entryrecord_organisation_id_key` ON `entry_records` (`organisation_id`, `key`);
-- Create index "entryrecord_ticket_id" to table: "entry_records"
CREATE UNIQUE INDEX `entryrecord_ticket_id` ON `entry_records` (`ticket_id`) WHERE result = 'ADMITTED';
