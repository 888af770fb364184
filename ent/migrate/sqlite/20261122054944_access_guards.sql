-- What an index cannot say. Each guard names the rule it keeps; each has its
-- twin in the other engine's folder.

-- D-11: whatever makes or changes a ticket, the access list tells it. A barcode
-- lets in while its ticket is NOT_PRINTED or PRINTED and not under way. A ticket
-- that replaces another is one step with it: the new row tells of both.
CREATE TRIGGER access_made AFTER INSERT ON tickets
BEGIN INSERT INTO access_changes (organisation_id, ticket_id, replaces_id, performance_id, valid, reason)
  VALUES (NEW.organisation_id, NEW.id, NEW.replaces_id, NEW.performance_id,
    NEW.state IN ('NOT_PRINTED', 'PRINTED') AND NEW.location NOT IN ('TRANSFER_PENDING', 'DELETION_PENDING', 'DELETED'),
    CASE WHEN NEW.state IN ('NOT_PRINTED', 'PRINTED') AND NEW.location NOT IN ('TRANSFER_PENDING', 'DELETION_PENDING', 'DELETED') THEN '' WHEN NEW.state = 'CONTROLLED' THEN NEW.state
    WHEN NEW.dead_reason <> '' THEN NEW.dead_reason WHEN NEW.state IN ('CANCELLED', 'INVALIDATED') THEN NEW.state ELSE NEW.location END); END;
CREATE TRIGGER access_changed AFTER UPDATE OF state, location, valid_from, valid_until, replaces_id ON tickets
WHEN NEW.replaced_by_id IS NULL AND (OLD.valid_from IS NOT NEW.valid_from OR OLD.valid_until IS NOT NEW.valid_until
  OR OLD.replaces_id IS NOT NEW.replaces_id
  OR CASE WHEN OLD.state IN ('NOT_PRINTED', 'PRINTED') AND OLD.location NOT IN ('TRANSFER_PENDING', 'DELETION_PENDING', 'DELETED') THEN '' WHEN OLD.state = 'CONTROLLED' THEN OLD.state
    WHEN OLD.dead_reason <> '' THEN OLD.dead_reason WHEN OLD.state IN ('CANCELLED', 'INVALIDATED') THEN OLD.state ELSE OLD.location END
  <> CASE WHEN NEW.state IN ('NOT_PRINTED', 'PRINTED') AND NEW.location NOT IN ('TRANSFER_PENDING', 'DELETION_PENDING', 'DELETED') THEN '' WHEN NEW.state = 'CONTROLLED' THEN NEW.state
    WHEN NEW.dead_reason <> '' THEN NEW.dead_reason WHEN NEW.state IN ('CANCELLED', 'INVALIDATED') THEN NEW.state ELSE NEW.location END)
BEGIN INSERT INTO access_changes (organisation_id, ticket_id, replaces_id, performance_id, valid, reason)
  VALUES (NEW.organisation_id, NEW.id, CASE WHEN OLD.replaces_id IS NOT NEW.replaces_id THEN NEW.replaces_id END, NEW.performance_id,
    NEW.state IN ('NOT_PRINTED', 'PRINTED') AND NEW.location NOT IN ('TRANSFER_PENDING', 'DELETION_PENDING', 'DELETED'),
    CASE WHEN NEW.state IN ('NOT_PRINTED', 'PRINTED') AND NEW.location NOT IN ('TRANSFER_PENDING', 'DELETION_PENDING', 'DELETED') THEN '' WHEN NEW.state = 'CONTROLLED' THEN NEW.state
    WHEN NEW.dead_reason <> '' THEN NEW.dead_reason WHEN NEW.state IN ('CANCELLED', 'INVALIDATED') THEN NEW.state ELSE NEW.location END); END;

-- D-11: what was recorded at a gate stays.
CREATE TRIGGER guard_entry_update BEFORE UPDATE ON entry_records
BEGIN SELECT RAISE(ABORT, 'guard D-11: a recorded entry is not changed'); END;

-- The tickets there are begin the list.
INSERT INTO access_changes (organisation_id, ticket_id, performance_id, valid, reason)
SELECT t.organisation_id, t.id, t.performance_id,
    t.state IN ('NOT_PRINTED', 'PRINTED') AND t.location NOT IN ('TRANSFER_PENDING', 'DELETION_PENDING', 'DELETED'),
    CASE WHEN t.state IN ('NOT_PRINTED', 'PRINTED') AND t.location NOT IN ('TRANSFER_PENDING', 'DELETION_PENDING', 'DELETED') THEN '' WHEN t.state = 'CONTROLLED' THEN t.state
    WHEN t.dead_reason <> '' THEN t.dead_reason WHEN t.state IN ('CANCELLED', 'INVALIDATED') THEN t.state ELSE t.location END
FROM tickets t ORDER BY t.created_at, t.number;
