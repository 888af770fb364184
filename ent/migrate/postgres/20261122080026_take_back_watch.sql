-- Modify "execution_rows" table
ALTER TABLE "execution_rows" ADD COLUMN "removal" character varying NULL;
-- Modify "executions" table
ALTER TABLE "executions" ADD COLUMN "decided_by_id" uuid NULL, ADD COLUMN "decided_by_name" character varying NOT NULL DEFAULT '', ADD COLUMN "decided_at" timestamptz NULL, ADD COLUMN "decision_note" character varying NOT NULL DEFAULT '', ADD COLUMN "waiting" bigint NOT NULL DEFAULT 0, ADD COLUMN "plan_approvals" bigint NOT NULL DEFAULT 0;
-- Create index "removal_ticket_id_id" to table: "removals"
CREATE INDEX "removal_ticket_id_id" ON "removals" ("ticket_id", "id");
-- Modify "tickets" table
ALTER TABLE "tickets" ADD COLUMN "recovered_at" timestamptz NULL;
-- Modify "organisations" table
ALTER TABLE "organisations" ADD COLUMN "take_back_alert_after" bigint NOT NULL DEFAULT 0, ADD COLUMN "take_back_alert_share" bigint NOT NULL DEFAULT 0, ADD COLUMN "take_back_pause_hours" bigint NOT NULL DEFAULT 0, ADD COLUMN "take_back_approval" boolean NOT NULL DEFAULT false;
-- Create "take_back_alerts" table
CREATE TABLE "take_back_alerts" ("id" uuid NOT NULL, "kind" character varying NOT NULL, "ticket_id" uuid NULL, "execution_id" uuid NULL, "threshold" bigint NOT NULL, "recovered" bigint NOT NULL, "distributed" bigint NOT NULL DEFAULT 0, "raised_at" timestamptz NOT NULL, "acknowledged_at" timestamptz NULL, "acknowledged_by_id" uuid NULL, "acknowledged_by_name" character varying NOT NULL DEFAULT '', "note" character varying NOT NULL DEFAULT '', "organisation_id" uuid NOT NULL, "sponsor_id" uuid NOT NULL, "product_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "take_back_alerts_contacts_sponsor" FOREIGN KEY ("sponsor_id") REFERENCES "contacts" ("id") ON UPDATE NO ACTION ON DELETE RESTRICT, CONSTRAINT "take_back_alerts_organisations_organisation" FOREIGN KEY ("organisation_id") REFERENCES "organisations" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "take_back_alerts_products_product" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON UPDATE NO ACTION ON DELETE RESTRICT);
-- Create index "takebackalert_open" to table: "take_back_alerts"
CREATE INDEX "takebackalert_open" ON "take_back_alerts" ("organisation_id") WHERE (acknowledged_at IS NULL);
-- Create index "takebackalert_organisation_id_id" to table: "take_back_alerts"
CREATE INDEX "takebackalert_organisation_id_id" ON "take_back_alerts" ("organisation_id", "id");
-- Create index "takebackalert_sponsor_id_product_id_threshold" to table: "take_back_alerts"
CREATE UNIQUE INDEX "takebackalert_sponsor_id_product_id_threshold" ON "take_back_alerts" ("sponsor_id", "product_id", "threshold") WHERE (ticket_id IS NULL);
-- Create index "takebackalert_ticket_id_threshold" to table: "take_back_alerts"
CREATE UNIQUE INDEX "takebackalert_ticket_id_threshold" ON "take_back_alerts" ("ticket_id", "threshold") WHERE (ticket_id IS NOT NULL);
