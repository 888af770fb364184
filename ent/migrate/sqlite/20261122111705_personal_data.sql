-- Add column "mark" to table: "audit_entries"
ALTER TABLE `audit_entries` ADD COLUMN `mark` text NOT NULL DEFAULT ('');
-- Add column "salt" to table: "audit_entries"
ALTER TABLE `audit_entries` ADD COLUMN `salt` text NOT NULL DEFAULT ('');
-- Add column "anonymised_at" to table: "contacts"
ALTER TABLE `contacts` ADD COLUMN `anonymised_at` datetime NULL;
