-- What an index cannot say. Each guard names the rule it keeps; each has its
-- twin in the other engine's folder.

-- Chapter "take-back": what was downloaded is not taken back where what was only sent is not.
CREATE TRIGGER guard_take_back BEFORE INSERT OR UPDATE OF allow_take_back_injected, take_back_downloaded ON point_of_sales
FOR EACH ROW WHEN (NEW.take_back_downloaded <> 'OFF' AND NOT NEW.allow_take_back_injected)
EXECUTE FUNCTION gradin_refuse('TB-1: take-back of downloaded tickets needs take-back of injected ones');
