package seatmap

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
)

// apply writes the changes, a statement a table and verb (DB-3).
func (c *changes) apply(ctx context.Context, tx *db.Tx, at time.Time) error {
	for _, step := range []func(context.Context, *db.Tx) error{
		c.writeAreas, c.writeBlocks, c.writeRows, c.removeSeats, c.moveSeats, c.addSeats, c.sweep,
	} {
		if err := step(ctx, tx); err != nil {
			return err
		}
	}
	return c.writeRecord(ctx, tx, at)
}

// each runs a statement over rows given as one JSON argument, $1.
func each[T any](ctx context.Context, tx *db.Tx, what string, rows []T, fields func(T) map[string]any, columns []db.Column, query string, args ...any) error {
	if len(rows) == 0 {
		return nil
	}
	list := make([]map[string]any, len(rows))
	for i, r := range rows {
		list[i] = fields(r)
	}
	text, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if _, err := tx.Exec(ctx, fmt.Sprintf(query, db.Source(tx, "$1", "n", columns...)), append([]any{string(text)}, args...)...); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

func columns(pairs ...string) []db.Column {
	all := make([]db.Column, 0, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		all = append(all, db.Column{Name: pairs[i], Type: pairs[i+1]})
	}
	return all
}

func (c *changes) writeAreas(ctx context.Context, tx *db.Tx) error {
	fields := func(a area) map[string]any {
		return map[string]any{
			"id": a.id, "code": a.code, "name": a.name, "kind": a.kind, "x": a.at.X, "y": a.at.Y, "rank": a.rank, "outline": writeOutline(a.outline),
		}
	}
	kinds := columns("id", "uuid", "code", "text", "name", "text", "kind", "text", "x", "float8", "y", "float8", "rank", "bigint", "outline", "text")
	err := each(ctx, tx, "add zones", c.newAreas, fields, kinds,
		`INSERT INTO areas (id, organisation_id, venue_id, code, name, kind, x, y, rank, outline)
			SELECT n.id, $2::uuid, $3::uuid, n.code, n.name, n.kind, n.x, n.y, n.rank, n.outline FROM %s`, c.house.venue.organisation, c.house.venue.id)
	if err != nil {
		return err
	}
	return each(ctx, tx, "change zones", c.areas, fields, kinds,
		`UPDATE areas SET name = n.name, x = n.x, y = n.y, rank = n.rank, outline = n.outline FROM %s WHERE areas.id = n.id`)
}

func (c *changes) writeBlocks(ctx context.Context, tx *db.Tx) error {
	fields := func(b block) map[string]any { return map[string]any{"id": b.id, "area": b.area, "code": b.code} }
	return each(ctx, tx, "add blocks", c.newBlocks, fields, columns("id", "uuid", "area", "uuid", "code", "text"),
		"INSERT INTO blocks (id, organisation_id, area_id, code) SELECT n.id, $2::uuid, n.area, n.code FROM %s", c.house.venue.organisation)
}

func (c *changes) writeRows(ctx context.Context, tx *db.Tx) error {
	fields := func(r seatRow) map[string]any {
		return map[string]any{"id": r.id, "block": r.block, "name": r.name, "rank": r.rank}
	}
	kinds := columns("id", "uuid", "block", "uuid", "name", "text", "rank", "bigint")
	err := each(ctx, tx, "add rows", c.newRows, fields, kinds,
		"INSERT INTO seat_rows (id, organisation_id, block_id, name, rank) SELECT n.id, $2::uuid, n.block, n.name, n.rank FROM %s", c.house.venue.organisation)
	if err != nil {
		return err
	}
	return each(ctx, tx, "change rows", c.rows, fields, kinds, "UPDATE seat_rows SET rank = n.rank FROM %s WHERE seat_rows.id = n.id")
}

// removeSeats removes seats and with them their places in the plans for sale.
func (c *changes) removeSeats(ctx context.Context, tx *db.Tx) error {
	fields := func(id uuid.UUID) map[string]any { return map[string]any{"id": id} }
	for _, query := range []string{
		"DELETE FROM logical_places WHERE seat_id IN (SELECT n.id FROM %s)",
		"DELETE FROM seats WHERE id IN (SELECT n.id FROM %s)",
	} {
		if err := each(ctx, tx, "remove seats", c.gone, fields, columns("id", "uuid"), query); err != nil {
			return err
		}
	}
	return nil
}

func seatFields(s seat) map[string]any {
	return map[string]any{
		"id": s.id, "seat_row": s.row, "name": s.name, "rank": s.rank, "x": s.at.X, "y": s.at.Y, "guid": s.guid, "extra": s.extra,
	}
}

func seatColumns() []db.Column {
	return columns("id", "uuid", "seat_row", "uuid", "name", "text", "rank", "bigint", "x", "float8", "y", "float8", "guid", "text", "extra", "text")
}

// moveSeats changes seats in two steps: two that change places must not meet in
// one on the way.
func (c *changes) moveSeats(ctx context.Context, tx *db.Tx) error {
	for _, query := range []string{
		"UPDATE seats SET name = seats.id::text FROM %s WHERE seats.id = n.id",
		`UPDATE seats SET seat_row_id = n.seat_row, name = n.name, rank = n.rank, x = n.x, y = n.y, guid = n.guid, extra = n.extra
			FROM %s WHERE seats.id = n.id`,
	} {
		if err := each(ctx, tx, "change seats", c.seats, seatFields, seatColumns(), query); err != nil {
			return err
		}
	}
	return nil
}

func (c *changes) addSeats(ctx context.Context, tx *db.Tx) error {
	return each(ctx, tx, "add seats", c.newSeats, seatFields, seatColumns(),
		`INSERT INTO seats (id, organisation_id, seat_row_id, name, rank, x, y, guid, extra)
			SELECT n.id, $2::uuid, n.seat_row, n.name, n.rank, n.x, n.y, n.guid, n.extra FROM %s`, c.house.venue.organisation)
}

// sweep removes rows, blocks and numbered zones that have no seats any more and
// that nothing else names.
func (c *changes) sweep(ctx context.Context, tx *db.Tx) error {
	for _, query := range []string{
		`DELETE FROM seat_rows WHERE block_id IN (SELECT b.id FROM blocks b JOIN areas a ON a.id = b.area_id WHERE a.venue_id = $1::uuid)
			AND id NOT IN (SELECT seat_row_id FROM seats)`,
		`DELETE FROM blocks WHERE area_id IN (SELECT id FROM areas WHERE venue_id = $1::uuid) AND id NOT IN (SELECT block_id FROM seat_rows)`,
		`DELETE FROM areas WHERE venue_id = $1::uuid AND kind = 'NUMBERED' AND id NOT IN (SELECT area_id FROM blocks)
			AND id NOT IN (SELECT area_id FROM logical_places) AND id NOT IN (SELECT area_id FROM capacities WHERE area_id IS NOT NULL)
			AND id NOT IN (SELECT area_id FROM tickets WHERE area_id IS NOT NULL)`,
	} {
		if _, err := tx.Exec(ctx, query, c.house.venue.id); err != nil {
			return fmt.Errorf("remove empty zones: %w", err)
		}
	}
	return nil
}

func (c *changes) writeRecord(ctx context.Context, tx *db.Tx, at time.Time) error {
	text, err := json.Marshal(c.record)
	if err != nil {
		return fmt.Errorf("write the plan's record: %w", err)
	}
	name, _ := c.record.Plan["name"].(string)
	_, err = tx.Exec(ctx, `INSERT INTO seat_plans (organisation_id, venue_id, name, revision, document, updated_at)
		VALUES ($1::uuid, $2::uuid, $3::text, 1, $4::text, $5::timestamptz)
		ON CONFLICT (venue_id) DO UPDATE SET name = excluded.name, revision = seat_plans.revision + 1,
			document = excluded.document, updated_at = excluded.updated_at`,
		c.house.venue.organisation, c.house.venue.id, name, string(text), db.Moment(at))
	if err != nil {
		return fmt.Errorf("write the plan's record: %w", err)
	}
	return nil
}
