-- What an index cannot say. Each guard names the rule it keeps; each has its
-- twin in the other engine's folder.

-- AC-5, D-3: what stands in the audit log and in a history is not changed; but who
-- did it, and from where, may be forgotten when a person is anonymised.
DROP TRIGGER guard_audit_update ON audit_entries;
CREATE TRIGGER guard_audit_update BEFORE UPDATE ON audit_entries FOR EACH ROW
WHEN (OLD.mark = '' OR NEW.actor <> '' OR NEW.address <> '' OR NEW.salt <> ''
  OR (to_jsonb(OLD) - 'actor' - 'address' - 'salt') IS DISTINCT FROM (to_jsonb(NEW) - 'actor' - 'address' - 'salt'))
EXECUTE FUNCTION gradin_refuse('AC-5: the audit log is not changed');
DROP TRIGGER guard_history_update ON history_entries;
CREATE TRIGGER guard_history_update BEFORE UPDATE ON history_entries FOR EACH ROW
WHEN (NEW.actor <> '' OR (to_jsonb(OLD) - 'actor') IS DISTINCT FROM (to_jsonb(NEW) - 'actor'))
EXECUTE FUNCTION gradin_refuse('D-3: history is not changed');
