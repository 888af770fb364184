-- Modify "mails" table
ALTER TABLE "mails" ADD COLUMN "reminder_id" uuid NULL;
-- Create index "mail_giver_id_recipient_id_created_at" to table: "mails"
CREATE INDEX "mail_giver_id_recipient_id_created_at" ON "mails" ("giver_id", "recipient_id", "created_at") WHERE (reminder_id IS NOT NULL);
-- Modify "point_of_sales" table
ALTER TABLE "point_of_sales" ADD COLUMN "remind_hours" jsonb NULL;
-- Create "reminders" table
CREATE TABLE "reminders" ("id" uuid NOT NULL, "organisation_id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "sponsor_id" uuid NULL, "point_of_sale_id" uuid NULL, "performance_id" uuid NULL, "hours" bigint NULL, "tickets" bigint NOT NULL DEFAULT 0, "mails" bigint NOT NULL DEFAULT 0, "spared" bigint NOT NULL DEFAULT 0, PRIMARY KEY ("id"));
-- Create index "reminder_point_of_sale_id_performance_id_hours" to table: "reminders"
CREATE UNIQUE INDEX "reminder_point_of_sale_id_performance_id_hours" ON "reminders" ("point_of_sale_id", "performance_id", "hours") WHERE (hours IS NOT NULL);
