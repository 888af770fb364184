package ticket

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/term"
)

// New is a ticket to be made. Seat and Capacity exclude each other; families
// without places have neither.
type New struct {
	ID           uuid.UUID         `json:"id"`
	Number       int64             `json:"number"`
	Product      uuid.UUID         `json:"product_id"`
	Performance  *uuid.UUID        `json:"performance_id"`
	Seat         *uuid.UUID        `json:"seat_id"`
	Area         *uuid.UUID        `json:"area_id"`
	Capacity     *uuid.UUID        `json:"capacity_id"`
	SeatCategory *uuid.UUID        `json:"seat_category_id"`
	Contingent   *uuid.UUID        `json:"contingent_id"`
	Tariff       uuid.UUID         `json:"tariff_id"`
	File         uuid.UUID         `json:"file_id"`
	Order        uuid.UUID         `json:"order_id"`
	Owner        uuid.UUID         `json:"owner_id"`
	Parent       *uuid.UUID        `json:"parent_id"`
	Price        int64             `json:"price"`
	Currency     string            `json:"currency"`
	Entrance     string            `json:"entrance"`
	AreaName     string            `json:"area_name"`
	RowName      string            `json:"row_name"`
	SeatName     string            `json:"seat_name"`
	Item         string            `json:"item"`
	Quantity     int               `json:"quantity"`
	PlaceKey     string            `json:"place_key"`
	Shipment     term.ShipmentMode `json:"shipment_mode"`
	Barcode      string            `json:"barcode"`
	Mark         string            `json:"mark"`
}

var newColumns = []db.Column{
	{Name: "id", Type: "uuid"},
	{Name: "number", Type: "bigint"},
	{Name: "product_id", Type: "uuid"},
	{Name: "performance_id", Type: "uuid"},
	{Name: "seat_id", Type: "uuid"},
	{Name: "area_id", Type: "uuid"},
	{Name: "capacity_id", Type: "uuid"},
	{Name: "seat_category_id", Type: "uuid"},
	{Name: "contingent_id", Type: "uuid"},
	{Name: "tariff_id", Type: "uuid"},
	{Name: "file_id", Type: "uuid"},
	{Name: "order_id", Type: "uuid"},
	{Name: "owner_id", Type: "uuid"},
	{Name: "parent_id", Type: "uuid"},
	{Name: "price", Type: "bigint"},
	{Name: "currency", Type: "text"},
	{Name: "entrance", Type: "text"},
	{Name: "area_name", Type: "text"},
	{Name: "row_name", Type: "text"},
	{Name: "seat_name", Type: "text"},
	{Name: "item", Type: "text"},
	{Name: "quantity", Type: "bigint"},
	{Name: "place_key", Type: "text"},
	{Name: "shipment_mode", Type: "text"},
	{Name: "barcode", Type: "text"},
	{Name: "mark", Type: "text"},
}

const newNames = `id, number, product_id, performance_id, seat_id, area_id, capacity_id, seat_category_id, contingent_id,
	tariff_id, file_id, order_id, owner_id, parent_id, price, currency, entrance, area_name, row_name, seat_name,
	item, quantity, place_key, shipment_mode, barcode`

// Validity is when tickets made together give entry; nil is open.
type Validity struct{ From, Until *time.Time }

// Create makes tickets and the first entry of their history, in two statements.
// The database refuses a second live ticket of a seat (D-4), more than a
// capacity holds (D-5) and a barcode that was ever used (D-6).
func Create(ctx context.Context, tx *db.Tx, cause Cause, valid Validity, tickets []New) error {
	for i := range tickets {
		t := &tickets[i]
		if t.Barcode == "" {
			t.Barcode = NewBarcode()
		}
		t.Mark = Mark(t.Barcode)
		t.Quantity = max(1, t.Quantity)
		if t.Shipment == "" {
			t.Shipment = term.ShipmentModeMobile
		}
	}
	list, err := json.Marshal(tickets)
	if err != nil {
		return err
	}
	from := db.Source(tx, "$1", "n", newColumns...)
	if _, err := tx.Exec(ctx, `INSERT INTO tickets (`+newNames+`, organisation_id, created_at, valid_from, valid_until)
		SELECT `+newNames+`, $2::uuid, $3::timestamptz, $4::timestamptz, $5::timestamptz FROM `+from,
		string(list), cause.Organisation, cause.At, valid.From, valid.Until); err != nil {
		return fmt.Errorf("create tickets: %w", err)
	}
	s := &statement{args: []any{string(list)}}
	s.add(`INSERT INTO history_entries (organisation_id, ticket_id, version, at, event, via, user_id, actor,
		execution_id, order_id, state, location, barcode_mark)
		SELECT ` + s.arg(cause.Organisation, "uuid") + `, n.id, 1, ` + s.arg(cause.At, "timestamptz") + `, 'CREATED', ` +
		s.arg(string(cause.Via), "text") + `, ` + s.arg(none(cause.User), "uuid") + `, ` + s.arg(cause.Actor, "text") + `, ` +
		s.arg(none(cause.Execution), "uuid") + `, n.order_id, 'NOT_PRINTED', 'NONE', n.mark FROM ` +
		db.Source(tx, "$1", "n", db.Column{Name: "id", Type: "uuid"}, db.Column{Name: "order_id", Type: "uuid"}, db.Column{Name: "mark", Type: "text"}))
	if _, err := tx.Exec(ctx, s.text.String(), s.args...); err != nil {
		return fmt.Errorf("write history of new tickets: %w", err)
	}
	return nil
}
