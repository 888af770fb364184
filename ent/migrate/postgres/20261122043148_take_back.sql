-- Modify "execution_rows" table
ALTER TABLE "execution_rows" ADD COLUMN "keep" bigint NOT NULL DEFAULT 0, ADD COLUMN "from_email" character varying NOT NULL DEFAULT '', ADD COLUMN "from_name" character varying NOT NULL DEFAULT '', ADD COLUMN "fields" character varying NOT NULL DEFAULT '';
-- Modify "executions" table
ALTER TABLE "executions" ADD COLUMN "reason" character varying NOT NULL DEFAULT '', ADD COLUMN "undoes_id" uuid NULL, ADD COLUMN "plan_notices" bigint NOT NULL DEFAULT 0, ADD COLUMN "notices" bigint NOT NULL DEFAULT 0;
-- Modify "holder_links" table
ALTER TABLE "holder_links" ADD COLUMN "passed_on" boolean NOT NULL DEFAULT false, ADD COLUMN "closed_execution_id" uuid NULL;
-- Modify "point_of_sales" table
ALTER TABLE "point_of_sales" ADD COLUMN "tell_taken_back" boolean NOT NULL DEFAULT true;
-- Modify "tickets" table
ALTER TABLE "tickets" ADD COLUMN "transferred_depth" bigint NOT NULL DEFAULT 0, ADD COLUMN "holder_fields" character varying NOT NULL DEFAULT '', ADD COLUMN "recoveries" bigint NOT NULL DEFAULT 0, ADD COLUMN "wallet_id" uuid NULL;
-- Create "removals" table
CREATE TABLE "removals" ("id" uuid NOT NULL, "organisation_id" uuid NOT NULL, "ticket_id" uuid NOT NULL, "wallet_id" uuid NOT NULL, "execution_id" uuid NOT NULL, "row_number" bigint NOT NULL, "state" character varying NOT NULL, "version" bigint NOT NULL, "former_location" character varying NOT NULL, "answer" character varying NOT NULL DEFAULT '', "requested_at" timestamptz NOT NULL, "ended_at" timestamptz NULL, "next_attempt_at" timestamptz NULL, "attempts" bigint NOT NULL DEFAULT 0, PRIMARY KEY ("id"));
-- Create index "removal_execution_id" to table: "removals"
CREATE INDEX "removal_execution_id" ON "removals" ("execution_id");
-- Create index "removal_ticket_id" to table: "removals"
CREATE UNIQUE INDEX "removal_ticket_id" ON "removals" ("ticket_id") WHERE (ended_at IS NULL);
-- Create index "removal_wallet_id_id" to table: "removals"
CREATE INDEX "removal_wallet_id_id" ON "removals" ("wallet_id", "id") WHERE (ended_at IS NULL);
-- Create "address_book_entries" table
CREATE TABLE "address_book_entries" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "user_id" uuid NOT NULL, "email" character varying NOT NULL, "email_key" character varying NOT NULL, "first_name" character varying NOT NULL, "last_name" character varying NOT NULL, "company" character varying NOT NULL DEFAULT '', "note" character varying NOT NULL DEFAULT '', "search_key" character varying NOT NULL DEFAULT '', "fields" character varying NOT NULL DEFAULT '', "contact_id" uuid NULL, "organisation_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "address_book_entries_organisations_organisation" FOREIGN KEY ("organisation_id") REFERENCES "organisations" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- Create index "addressbookentry_user_id_email_key" to table: "address_book_entries"
CREATE UNIQUE INDEX "addressbookentry_user_id_email_key" ON "address_book_entries" ("user_id", "email_key");
-- Create index "addressbookentry_user_id_search_key_id" to table: "address_book_entries"
CREATE INDEX "addressbookentry_user_id_search_key_id" ON "address_book_entries" ("user_id", "search_key", "id");
-- Create "carts" table
CREATE TABLE "carts" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "changed_at" timestamptz NOT NULL, "version" bigint NOT NULL DEFAULT 1, "organisation_id" uuid NOT NULL, "sponsor_id" uuid NOT NULL, "user_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "carts_contacts_sponsor" FOREIGN KEY ("sponsor_id") REFERENCES "contacts" ("id") ON UPDATE NO ACTION ON DELETE RESTRICT, CONSTRAINT "carts_organisations_organisation" FOREIGN KEY ("organisation_id") REFERENCES "organisations" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "carts_users_user" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE RESTRICT);
-- Create index "cart_sponsor_id_user_id" to table: "carts"
CREATE UNIQUE INDEX "cart_sponsor_id_user_id" ON "carts" ("sponsor_id", "user_id");
-- Create "cart_lines" table
CREATE TABLE "cart_lines" ("id" uuid NOT NULL, "organisation_id" uuid NOT NULL, "sponsor_id" uuid NOT NULL, "ticket_id" uuid NOT NULL, "move" bigint NOT NULL, "to_me" boolean NOT NULL DEFAULT false, "entry_id" uuid NULL, "email" character varying NOT NULL DEFAULT '', "email_key" character varying NOT NULL DEFAULT '', "first_name" character varying NOT NULL DEFAULT '', "last_name" character varying NOT NULL DEFAULT '', "fields" character varying NOT NULL DEFAULT '', "reason" character varying NULL, "added_at" timestamptz NOT NULL, "cart_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "cart_lines_carts_cart" FOREIGN KEY ("cart_id") REFERENCES "carts" ("id") ON UPDATE NO ACTION ON DELETE CASCADE);
-- Create index "cartline_cart_id_id" to table: "cart_lines"
CREATE INDEX "cartline_cart_id_id" ON "cart_lines" ("cart_id", "id");
-- Create index "cartline_sponsor_id_ticket_id" to table: "cart_lines"
CREATE UNIQUE INDEX "cartline_sponsor_id_ticket_id" ON "cart_lines" ("sponsor_id", "ticket_id");
-- Create index "cartline_ticket_id" to table: "cart_lines"
CREATE INDEX "cartline_ticket_id" ON "cart_lines" ("ticket_id");
