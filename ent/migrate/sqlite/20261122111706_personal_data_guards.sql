-- What an index cannot say. Each guard names the rule it keeps; each has its
-- twin in the other engine's folder.

-- AC-5, D-3: what stands in the audit log and in a history is not changed; but who
-- did it, and from where, may be forgotten when a person is anonymised.
DROP TRIGGER guard_audit_update;
CREATE TRIGGER guard_audit_update BEFORE UPDATE ON audit_entries
WHEN OLD.mark = '' OR NEW.actor <> '' OR NEW.address <> '' OR NEW.salt <> ''
  OR OLD.id IS NOT NEW.id OR OLD.organisation_id IS NOT NEW.organisation_id OR OLD.sequence IS NOT NEW.sequence OR OLD.at IS NOT NEW.at OR OLD.user_id IS NOT NEW.user_id
  OR OLD.verb IS NOT NEW.verb OR OLD.object IS NOT NEW.object OR OLD.detail IS NOT NEW.detail OR OLD.hash IS NOT NEW.hash OR OLD.mark IS NOT NEW.mark
BEGIN SELECT RAISE(ABORT, 'guard AC-5: the audit log is not changed'); END;
DROP TRIGGER guard_history_update;
CREATE TRIGGER guard_history_update BEFORE UPDATE ON history_entries
WHEN NEW.actor <> '' OR OLD.id IS NOT NEW.id OR OLD.organisation_id IS NOT NEW.organisation_id OR OLD.ticket_id IS NOT NEW.ticket_id OR OLD.version IS NOT NEW.version OR OLD.at IS NOT NEW.at
  OR OLD.event IS NOT NEW.event OR OLD.via IS NOT NEW.via OR OLD.user_id IS NOT NEW.user_id OR OLD.actor_contact_id IS NOT NEW.actor_contact_id OR OLD.execution_id IS NOT NEW.execution_id
  OR OLD.order_id IS NOT NEW.order_id OR OLD.from_holder_id IS NOT NEW.from_holder_id OR OLD.to_holder_id IS NOT NEW.to_holder_id OR OLD.state IS NOT NEW.state OR OLD.location IS NOT NEW.location OR OLD.barcode_mark IS NOT NEW.barcode_mark
BEGIN SELECT RAISE(ABORT, 'guard D-3: history is not changed'); END;
