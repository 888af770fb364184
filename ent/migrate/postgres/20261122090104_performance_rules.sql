-- Modify "performances" table
ALTER TABLE "performances" ADD COLUMN "distribution_opens_minutes" bigint NULL, ADD COLUMN "distribution_closes_minutes" bigint NULL, ADD COLUMN "guest_limit" bigint NULL;
