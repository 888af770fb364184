-- Add column "parameters" to table: "executions"
ALTER TABLE `executions` ADD COLUMN `parameters` text NOT NULL DEFAULT ('');
