-- Drop index "execution_organisation_id_user_id_idempotency_key" from table: "executions"
DROP INDEX `execution_organisation_id_user_id_idempotency_key`;
-- Modify "executions" table; not rebuilt, so that its guards stay
ALTER TABLE `executions` DROP COLUMN `idempotency_key`;
ALTER TABLE `executions` DROP COLUMN `input_hash`;
-- Create "idempotency_keys" table
CREATE TABLE `idempotency_keys` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `organisation_id` uuid NOT NULL, `user_id` uuid NOT NULL, `key` text NOT NULL, `verb` text NOT NULL, `input_hash` text NOT NULL, `object_id` uuid NOT NULL, `created_at` datetime NOT NULL);
-- Create index "idempotencykey_user_id_key" to table: "idempotency_keys"
CREATE UNIQUE INDEX `idempotencykey_user_id_key` ON `idempotency_keys` (`user_id`, `key`);
-- Create index "idempotencykey_created_at" to table: "idempotency_keys"
CREATE INDEX `idempotencykey_created_at` ON `idempotency_keys` (`created_at`);
