-- What an index cannot say. Each guard names the rule it keeps; each has its
-- twin in the other engine's folder.

CREATE FUNCTION gradin_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'guard %', TG_ARGV[0] USING ERRCODE = 'check_violation'; END $$;

-- D-1: only legal moves of the state.
CREATE TRIGGER guard_ticket_state BEFORE UPDATE OF state ON tickets FOR EACH ROW
WHEN (OLD.state <> NEW.state AND NOT (
  (OLD.state = 'NOT_PRINTED' AND NEW.state IN ('PRINTED', 'CONTROLLED', 'CANCELLED', 'INVALIDATED')) OR
  (OLD.state = 'PRINTED' AND NEW.state IN ('CONTROLLED', 'CANCELLED', 'INVALIDATED'))))
EXECUTE FUNCTION gradin_refuse('D-1: illegal move of a ticket''s state');

-- D-2: what was sent is printed. D-4: the mark "live" follows the state.
CREATE TRIGGER guard_ticket_marks_insert BEFORE INSERT ON tickets FOR EACH ROW
WHEN ((NEW.location <> 'NONE' AND NEW.state = 'NOT_PRINTED') OR NEW.live <> (NEW.state NOT IN ('CANCELLED', 'INVALIDATED')))
EXECUTE FUNCTION gradin_refuse('D-2/D-4: a ticket''s marks do not fit its state');
CREATE TRIGGER guard_ticket_marks_update BEFORE UPDATE OF state, location, live ON tickets FOR EACH ROW
WHEN ((NEW.location <> 'NONE' AND NEW.state = 'NOT_PRINTED') OR NEW.live <> (NEW.state NOT IN ('CANCELLED', 'INVALIDATED')))
EXECUTE FUNCTION gradin_refuse('D-2/D-4: a ticket''s marks do not fit its state');

-- D-6: a barcode is a ticket's for ever.
CREATE TRIGGER guard_ticket_barcode BEFORE UPDATE OF barcode ON tickets FOR EACH ROW WHEN (OLD.barcode <> NEW.barcode)
EXECUTE FUNCTION gradin_refuse('D-6: a barcode does not change; a new ticket replaces the old one');
CREATE TRIGGER guard_ticket_delete BEFORE DELETE ON tickets FOR EACH ROW
EXECUTE FUNCTION gradin_refuse('D-3: tickets are not deleted');

-- D-3: history is never updated or deleted.
CREATE TRIGGER guard_history_update BEFORE UPDATE ON history_entries FOR EACH ROW
EXECUTE FUNCTION gradin_refuse('D-3: history is not changed');
CREATE TRIGGER guard_history_delete BEFORE DELETE ON history_entries FOR EACH ROW
EXECUTE FUNCTION gradin_refuse('D-3: history is not deleted');

-- AC-5: the audit log is append-only.
CREATE TRIGGER guard_audit_update BEFORE UPDATE ON audit_entries FOR EACH ROW
EXECUTE FUNCTION gradin_refuse('AC-5: the audit log is not changed');
CREATE TRIGGER guard_audit_delete BEFORE DELETE ON audit_entries FOR EACH ROW
EXECUTE FUNCTION gradin_refuse('AC-5: the audit log is not deleted');

-- D-5: a capacity counts its live tickets and is never exceeded.
CREATE TRIGGER guard_capacity BEFORE INSERT OR UPDATE OF size, taken, held ON capacities FOR EACH ROW
WHEN (NEW.taken + NEW.held > NEW.size)
EXECUTE FUNCTION gradin_refuse('D-5: the capacity is exceeded');

CREATE FUNCTION gradin_count_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE capacities c SET taken = c.taken + n.many
  FROM (SELECT capacity_id, count(*) AS many FROM fresh WHERE capacity_id IS NOT NULL AND live GROUP BY capacity_id ORDER BY capacity_id) n
  WHERE c.id = n.capacity_id;
  RETURN NULL;
END $$;
CREATE TRIGGER count_capacity_insert AFTER INSERT ON tickets REFERENCING NEW TABLE AS fresh
FOR EACH STATEMENT EXECUTE FUNCTION gradin_count_inserted();

CREATE FUNCTION gradin_count_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE capacities SET taken = taken + (CASE WHEN NEW.live THEN 1 ELSE -1 END) WHERE id = NEW.capacity_id;
  RETURN NULL;
END $$;
CREATE TRIGGER count_capacity_update AFTER UPDATE OF live ON tickets FOR EACH ROW
WHEN (NEW.capacity_id IS NOT NULL AND OLD.live <> NEW.live) EXECUTE FUNCTION gradin_count_changed();
CREATE TRIGGER guard_ticket_capacity BEFORE UPDATE OF capacity_id ON tickets FOR EACH ROW
WHEN (OLD.capacity_id IS DISTINCT FROM NEW.capacity_id)
EXECUTE FUNCTION gradin_refuse('D-5: a ticket does not change its capacity');

-- D-9: codes are upper case.
CREATE TRIGGER guard_organisations_code BEFORE INSERT OR UPDATE OF code ON organisations FOR EACH ROW WHEN (NEW.code <> upper(NEW.code))
EXECUTE FUNCTION gradin_refuse('D-9: a code has capital letters');
CREATE TRIGGER guard_seasons_code BEFORE INSERT OR UPDATE OF code ON seasons FOR EACH ROW WHEN (NEW.code <> upper(NEW.code))
EXECUTE FUNCTION gradin_refuse('D-9: a code has capital letters');
CREATE TRIGGER guard_products_code BEFORE INSERT OR UPDATE OF code ON products FOR EACH ROW WHEN (NEW.code <> upper(NEW.code))
EXECUTE FUNCTION gradin_refuse('D-9: a code has capital letters');
CREATE TRIGGER guard_performances_code BEFORE INSERT OR UPDATE OF code ON performances FOR EACH ROW WHEN (NEW.code <> upper(NEW.code))
EXECUTE FUNCTION gradin_refuse('D-9: a code has capital letters');
CREATE TRIGGER guard_seat_categories_code BEFORE INSERT OR UPDATE OF code ON seat_categories FOR EACH ROW WHEN (NEW.code <> upper(NEW.code))
EXECUTE FUNCTION gradin_refuse('D-9: a code has capital letters');
CREATE TRIGGER guard_tariffs_code BEFORE INSERT OR UPDATE OF code ON tariffs FOR EACH ROW WHEN (NEW.code <> upper(NEW.code))
EXECUTE FUNCTION gradin_refuse('D-9: a code has capital letters');
CREATE TRIGGER guard_contingents_code BEFORE INSERT OR UPDATE OF code ON contingents FOR EACH ROW WHEN (NEW.code <> upper(NEW.code))
EXECUTE FUNCTION gradin_refuse('D-9: a code has capital letters');
CREATE TRIGGER guard_channels_code BEFORE INSERT OR UPDATE OF code ON channels FOR EACH ROW WHEN (NEW.code <> upper(NEW.code))
EXECUTE FUNCTION gradin_refuse('D-9: a code has capital letters');
CREATE TRIGGER guard_profiles_code BEFORE INSERT OR UPDATE OF code ON profiles FOR EACH ROW WHEN (NEW.code <> upper(NEW.code))
EXECUTE FUNCTION gradin_refuse('D-9: a code has capital letters');
CREATE TRIGGER guard_point_of_sales_code BEFORE INSERT OR UPDATE OF code ON point_of_sales FOR EACH ROW WHEN (NEW.code <> upper(NEW.code))
EXECUTE FUNCTION gradin_refuse('D-9: a code has capital letters');
CREATE TRIGGER guard_venues_code BEFORE INSERT OR UPDATE OF code ON venues FOR EACH ROW WHEN (NEW.code <> upper(NEW.code))
EXECUTE FUNCTION gradin_refuse('D-9: a code has capital letters');
CREATE TRIGGER guard_areas_code BEFORE INSERT OR UPDATE OF code ON areas FOR EACH ROW WHEN (NEW.code <> upper(NEW.code))
EXECUTE FUNCTION gradin_refuse('D-9: a code has capital letters');
CREATE TRIGGER guard_blocks_code BEFORE INSERT OR UPDATE OF code ON blocks FOR EACH ROW WHEN (NEW.code <> upper(NEW.code))
EXECUTE FUNCTION gradin_refuse('D-9: a code has capital letters');
CREATE TRIGGER guard_logical_configurations_code BEFORE INSERT OR UPDATE OF code ON logical_configurations FOR EACH ROW WHEN (NEW.code <> upper(NEW.code))
EXECUTE FUNCTION gradin_refuse('D-9: a code has capital letters');
CREATE TRIGGER guard_schedules_code BEFORE INSERT OR UPDATE OF code ON schedules FOR EACH ROW WHEN (NEW.code <> upper(NEW.code))
EXECUTE FUNCTION gradin_refuse('D-9: a code has capital letters');
CREATE TRIGGER guard_external_interfaces_code BEFORE INSERT OR UPDATE OF code ON external_interfaces FOR EACH ROW WHEN (NEW.code <> upper(NEW.code))
EXECUTE FUNCTION gradin_refuse('D-9: a code has capital letters');
