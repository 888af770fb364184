-- When a run ends, all its mails become ready at once. Half of each page is left
-- free, so that the new version of a row fits beside the old one and no index is
-- written for it.
ALTER TABLE "mails" SET (fillfactor = 50);
