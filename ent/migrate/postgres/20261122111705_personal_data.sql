-- Modify "audit_entries" table
ALTER TABLE "audit_entries" ADD COLUMN "mark" character varying NOT NULL DEFAULT '', ADD COLUMN "salt" character varying NOT NULL DEFAULT '';
-- Modify "contacts" table
ALTER TABLE "contacts" ADD COLUMN "anonymised_at" timestamptz NULL;
