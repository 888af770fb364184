-- Add column "distribution_opens_minutes" to table: "performances"
ALTER TABLE `performances` ADD COLUMN `distribution_opens_minutes` integer NULL;
-- Add column "distribution_closes_minutes" to table: "performances"
ALTER TABLE `performances` ADD COLUMN `distribution_closes_minutes` integer NULL;
-- Add column "guest_limit" to table: "performances"
ALTER TABLE `performances` ADD COLUMN `guest_limit` integer NULL;
