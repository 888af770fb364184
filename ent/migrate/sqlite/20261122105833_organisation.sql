-- Add column "about_id" to table: "mails"
ALTER TABLE `mails` ADD COLUMN `about_id` uuid NULL;
-- Create index "mail_about_id_class_address_key" to table: "mails"
CREATE UNIQUE INDEX `mail_about_id_class_address_key` ON `mails` (`about_id`, `class`, `address_key`) WHERE about_id IS NOT NULL;
-- Add column "language" to table: "organisations"
ALTER TABLE `organisations` ADD COLUMN `language` text NOT NULL DEFAULT ('EN');
-- Add column "alert_addresses" to table: "organisations"
ALTER TABLE `organisations` ADD COLUMN `alert_addresses` json NULL;
-- Create "organisation_marks" table
CREATE TABLE `organisation_marks` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `picture` blob NOT NULL, `width` integer NOT NULL, `height` integer NOT NULL, `sha256` text NOT NULL, `updated_at` datetime NOT NULL, `organisation_id` uuid NOT NULL, CONSTRAINT `organisation_marks_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION);
-- Create index "organisationmark_organisation_id" to table: "organisation_marks"
CREATE UNIQUE INDEX `organisationmark_organisation_id` ON `organisation_marks` (`organisation_id`);
