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

-- D-9: codes are upper case.
CREATE TRIGGER guard_organisations_code_insert BEFORE INSERT ON organisations WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_organisations_code_update BEFORE UPDATE OF code ON organisations WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_seasons_code_insert BEFORE INSERT ON seasons WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_seasons_code_update BEFORE UPDATE OF code ON seasons WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_products_code_insert BEFORE INSERT ON products WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_products_code_update BEFORE UPDATE OF code ON products WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_performances_code_insert BEFORE INSERT ON performances WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_performances_code_update BEFORE UPDATE OF code ON performances WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_seat_categories_code_insert BEFORE INSERT ON seat_categories WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_seat_categories_code_update BEFORE UPDATE OF code ON seat_categories WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_tariffs_code_insert BEFORE INSERT ON tariffs WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_tariffs_code_update BEFORE UPDATE OF code ON tariffs WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_contingents_code_insert BEFORE INSERT ON contingents WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_contingents_code_update BEFORE UPDATE OF code ON contingents WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_channels_code_insert BEFORE INSERT ON channels WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_channels_code_update BEFORE UPDATE OF code ON channels WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_profiles_code_insert BEFORE INSERT ON profiles WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_profiles_code_update BEFORE UPDATE OF code ON profiles WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_point_of_sales_code_insert BEFORE INSERT ON point_of_sales WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_point_of_sales_code_update BEFORE UPDATE OF code ON point_of_sales WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_venues_code_insert BEFORE INSERT ON venues WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_venues_code_update BEFORE UPDATE OF code ON venues WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_areas_code_insert BEFORE INSERT ON areas WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_areas_code_update BEFORE UPDATE OF code ON areas WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_blocks_code_insert BEFORE INSERT ON blocks WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_blocks_code_update BEFORE UPDATE OF code ON blocks WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_logical_configurations_code_insert BEFORE INSERT ON logical_configurations WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_logical_configurations_code_update BEFORE UPDATE OF code ON logical_configurations WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_schedules_code_insert BEFORE INSERT ON schedules WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_schedules_code_update BEFORE UPDATE OF code ON schedules WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_external_interfaces_code_insert BEFORE INSERT ON external_interfaces WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
CREATE TRIGGER guard_external_interfaces_code_update BEFORE UPDATE OF code ON external_interfaces WHEN NEW.code <> upper(NEW.code)
BEGIN SELECT RAISE(ABORT, 'guard D-9: a code has capital letters'); END;
