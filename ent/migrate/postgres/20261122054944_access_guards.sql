-- What an index cannot say. Each guard names the rule it keeps; each has its
-- twin in the other engine's folder.

-- D-11: whatever makes or changes a ticket, the access list tells it. A barcode
-- lets in while its ticket is NOT_PRINTED or PRINTED and not under way. A ticket
-- that replaces another is one step with it: the new row tells of both.
CREATE FUNCTION gradin_lets_in(state text, location text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT state IN ('NOT_PRINTED', 'PRINTED') AND location NOT IN ('TRANSFER_PENDING', 'DELETION_PENDING', 'DELETED') $$;
CREATE FUNCTION gradin_why_not(state text, location text, dead text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN gradin_lets_in(state, location) THEN '' WHEN state = 'CONTROLLED' THEN state WHEN dead <> '' THEN dead
    WHEN state IN ('CANCELLED', 'INVALIDATED') THEN state ELSE location END $$;

CREATE FUNCTION gradin_access_made() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO access_changes (organisation_id, ticket_id, replaces_id, performance_id, valid, reason)
  SELECT organisation_id, id, replaces_id, performance_id, gradin_lets_in(state, location), gradin_why_not(state, location, dead_reason)
  FROM fresh ORDER BY number;
  RETURN NULL;
END $$;
CREATE TRIGGER access_made AFTER INSERT ON tickets REFERENCING NEW TABLE AS fresh
FOR EACH STATEMENT EXECUTE FUNCTION gradin_access_made();

CREATE FUNCTION gradin_access_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO access_changes (organisation_id, ticket_id, replaces_id, performance_id, valid, reason)
  VALUES (NEW.organisation_id, NEW.id, CASE WHEN OLD.replaces_id IS DISTINCT FROM NEW.replaces_id THEN NEW.replaces_id END,
    NEW.performance_id, gradin_lets_in(NEW.state, NEW.location),
    gradin_why_not(NEW.state, NEW.location, NEW.dead_reason));
  RETURN NULL;
END $$;
CREATE TRIGGER access_changed AFTER UPDATE OF state, location, valid_from, valid_until, replaces_id ON tickets FOR EACH ROW
WHEN (NEW.replaced_by_id IS NULL AND (OLD.valid_from IS DISTINCT FROM NEW.valid_from OR OLD.valid_until IS DISTINCT FROM NEW.valid_until
  OR OLD.replaces_id IS DISTINCT FROM NEW.replaces_id
  OR gradin_why_not(OLD.state, OLD.location, OLD.dead_reason) <> gradin_why_not(NEW.state, NEW.location, NEW.dead_reason)))
EXECUTE FUNCTION gradin_access_changed();

-- D-11: what was recorded at a gate stays.
CREATE TRIGGER guard_entry_update BEFORE UPDATE ON entry_records FOR EACH ROW
EXECUTE FUNCTION gradin_refuse('D-11: a recorded entry is not changed');

-- The tickets there are begin the list.
INSERT INTO access_changes (organisation_id, ticket_id, performance_id, valid, reason)
SELECT organisation_id, id, performance_id, gradin_lets_in(state, location), gradin_why_not(state, location, dead_reason)
FROM tickets ORDER BY created_at, number;
