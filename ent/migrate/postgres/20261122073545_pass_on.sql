-- Modify "holder_links" table
ALTER TABLE "holder_links" ADD COLUMN "pass_on_id" uuid NULL;
-- Modify "mails" table
ALTER TABLE "mails" ADD COLUMN "pass_on_id" uuid NULL;
-- Create index "mail_pass_on_id_class" to table: "mails"
CREATE UNIQUE INDEX "mail_pass_on_id_class" ON "mails" ("pass_on_id", "class") WHERE (pass_on_id IS NOT NULL);
-- Modify "point_of_sales" table
ALTER TABLE "point_of_sales" ADD COLUMN "pass_on_hours" bigint NOT NULL DEFAULT 72;
-- Create "pass_ons" table
CREATE TABLE "pass_ons" ("id" uuid NOT NULL, "organisation_id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "ticket_id" uuid NOT NULL, "giver_id" uuid NOT NULL, "recipient_id" uuid NOT NULL, "point_of_sale_id" uuid NULL, "link_id" bigint NOT NULL, "giver_name" character varying NOT NULL DEFAULT '', "email" character varying NOT NULL, "email_key" character varying NOT NULL, "first_name" character varying NOT NULL, "last_name" character varying NOT NULL, "fields" character varying NOT NULL DEFAULT '', "state" character varying NOT NULL DEFAULT 'PENDING', "expires_at" timestamptz NOT NULL, "closed_at" timestamptz NULL, PRIMARY KEY ("id"));
-- Create index "passon_expires_at" to table: "pass_ons"
CREATE INDEX "passon_expires_at" ON "pass_ons" ("expires_at") WHERE ((state)::text = 'PENDING'::text);
-- Create index "passon_giver_id_created_at" to table: "pass_ons"
CREATE INDEX "passon_giver_id_created_at" ON "pass_ons" ("giver_id", "created_at");
-- Create index "passon_ticket_id" to table: "pass_ons"
CREATE UNIQUE INDEX "passon_ticket_id" ON "pass_ons" ("ticket_id") WHERE ((state)::text = 'PENDING'::text);
