-- Modify "executions" table
ALTER TABLE "executions" ADD COLUMN "parameters" character varying NOT NULL DEFAULT '';
