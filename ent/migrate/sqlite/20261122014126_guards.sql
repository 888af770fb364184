-- What an index cannot say. Each guard names the rule it keeps; each has its
-- twin in the other engine's folder.

-- D-1: only legal moves of the state.
CREATE TRIGGER guard_ticket_state BEFORE UPDATE OF state ON tickets
WHEN OLD.state <> NEW.state AND NOT (
  (OLD.state = 'NOT_PRINTED' AND NEW.state IN ('PRINTED', 'CONTROLLED', 'CANCELLED', 'INVALIDATED')) OR
  (OLD.state = 'PRINTED' AND NEW.state IN ('CONTROLLED', 'CANCELLED', 'INVALIDATED')))
BEGIN SELECT RAISE(ABORT, 'guard D-1: illegal move of a ticket''s state'); END;

-- D-2: what was sent is printed. D-4: the mark "live" follows the state.
CREATE TRIGGER guard_ticket_marks_insert BEFORE INSERT ON tickets
WHEN (NEW.location <> 'NONE' AND NEW.state = 'NOT_PRINTED') OR NEW.live <> (NEW.state NOT IN ('CANCELLED', 'INVALIDATED'))
BEGIN SELECT RAISE(ABORT, 'guard D-2/D-4: a ticket''s marks do not fit its state'); END;
CREATE TRIGGER guard_ticket_marks_update BEFORE UPDATE OF state, location, live ON tickets
WHEN (NEW.location <> 'NONE' AND NEW.state = 'NOT_PRINTED') OR NEW.live <> (NEW.state NOT IN ('CANCELLED', 'INVALIDATED'))
BEGIN SELECT RAISE(ABORT, 'guard D-2/D-4: a ticket''s marks do not fit its state'); END;

-- D-6: a barcode is a ticket's for ever.
CREATE TRIGGER guard_ticket_barcode BEFORE UPDATE OF barcode ON tickets WHEN OLD.barcode <> NEW.barcode
BEGIN SELECT RAISE(ABORT, 'guard D-6: a barcode does not change; a new ticket replaces the old one'); END;
CREATE TRIGGER guard_ticket_delete BEFORE DELETE ON tickets
BEGIN SELECT RAISE(ABORT, 'guard D-3: tickets are not deleted'); END;

-- D-3: history is never updated or deleted.
CREATE TRIGGER guard_history_update BEFORE UPDATE ON history_entries
BEGIN SELECT RAISE(ABORT, 'guard D-3: history is not changed'); END;
CREATE TRIGGER guard_history_delete BEFORE DELETE ON history_entries
BEGIN SELECT RAISE(ABORT, 'guard D-3: history is not deleted'); END;

-- AC-5: the audit log is append-only.
CREATE TRIGGER guard_audit_update BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'guard AC-5: the audit log is not changed'); END;
CREATE TRIGGER guard_audit_delete BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'guard AC-5: the audit log is not deleted'); END;

-- D-5: a capacity counts its live tickets and is never exceeded.
CREATE TRIGGER guard_capacity_insert BEFORE INSERT ON capacities WHEN NEW.taken + NEW.held > NEW.size
BEGIN SELECT RAISE(ABORT, 'guard D-5: the capacity is exceeded'); END;
CREATE TRIGGER guard_capacity_update BEFORE UPDATE OF size, taken, held ON capacities WHEN NEW.taken + NEW.held > NEW.size
BEGIN SELECT RAISE(ABORT, 'guard D-5: the capacity is exceeded'); END;
CREATE TRIGGER count_capacity_insert AFTER INSERT ON tickets WHEN NEW.capacity_id IS NOT NULL AND NEW.live
BEGIN UPDATE capacities SET taken = taken + 1 WHERE id = NEW.capacity_id; END;
CREATE TRIGGER count_capacity_update AFTER UPDATE OF live ON tickets WHEN NEW.capacity_id IS NOT NULL AND OLD.live <> NEW.live
BEGIN UPDATE capacities SET taken = taken + (CASE WHEN NEW.live THEN 1 ELSE -1 END) WHERE id = NEW.capacity_id; END;
CREATE TRIGGER guard_ticket_capacity BEFORE UPDATE OF capacity_id ON tickets WHEN OLD.capacity_id IS NOT NEW.capacity_id
BEGIN SELECT RAISE(ABORT, 'guard D-5: a ticket does not change its capacity'); END;
