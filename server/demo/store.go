package demo

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/oid"
)

// idsFrom is the millisecond the demo's ids begin with: 1 January 2026.
const idsFrom = 1_767_225_600_000

// id makes the next id; ids rise in the order they are made in, and every demo
// makes the same ones.
func (s *seeder) id(tag oid.Tag) uuid.UUID {
	s.made++
	var id uuid.UUID
	var word [8]byte
	binary.BigEndian.PutUint64(word[:], idsFrom+s.made>>12)
	copy(id[:6], word[2:])
	binary.BigEndian.PutUint64(id[8:], s.rng.Uint64())
	id[6], id[7] = 0x70|byte(s.made>>8)&0x0f, byte(s.made)
	id[8], id[15] = 0x80|id[8]&0x3f, byte(tag)
	return id
}

// tables are the columns the demo fills, in an order that references allow.
const tables = `
institutions id:uuid created_at:timestamptz code:text name:text
organisations id:uuid created_at:timestamptz institution_id:uuid code:text name:text time_zone:text currency:text mail_from:text language:text alert_addresses:jsonb
seasons id:uuid organisation_id:uuid code:text name:text starts_at:timestamptz ends_at:timestamptz
seat_categories id:uuid organisation_id:uuid code:text name:text rank:bigint color:text
tariffs id:uuid organisation_id:uuid code:text name:text season_id:uuid audience:text
contingents id:uuid organisation_id:uuid code:text name:text external:boolean
venues id:uuid organisation_id:uuid code:text name:text time_zone:text city:text
seat_plans organisation_id:uuid venue_id:uuid name:text revision:bigint document:text updated_at:timestamptz
areas id:uuid organisation_id:uuid venue_id:uuid code:text name:text kind:text entrance:text size:bigint rank:bigint outline:text
blocks id:uuid organisation_id:uuid area_id:uuid code:text
seat_rows id:uuid organisation_id:uuid block_id:uuid name:text rank:bigint
seats id:uuid organisation_id:uuid seat_row_id:uuid name:text rank:bigint x:float8 y:float8
logical_configurations id:uuid organisation_id:uuid code:text name:text venue_id:uuid
logical_places id:uuid organisation_id:uuid logical_configuration_id:uuid area_id:uuid seat_category_id:uuid contingent_id:uuid size:bigint
products id:uuid organisation_id:uuid season_id:uuid code:text name:text family:text distribution_closes_minutes:bigint
performances id:uuid organisation_id:uuid product_id:uuid venue_id:uuid logical_configuration_id:uuid code:text name:text starts_at:timestamptz duration_minutes:bigint
prices id:uuid organisation_id:uuid product_id:uuid seat_category_id:uuid tariff_id:uuid amount:bigint currency:text
capacities id:uuid organisation_id:uuid performance_id:uuid area_id:uuid contingent_id:uuid size:bigint
channels id:uuid organisation_id:uuid code:text name:text type:text third_party_tickets:boolean
profiles id:uuid organisation_id:uuid code:text name:text kind:text
channel_contingents channel_id:uuid contingent_id:uuid
channel_profiles channel_id:uuid profile_id:uuid
profile_products profile_id:uuid product_id:uuid
point_of_sales id:uuid organisation_id:uuid channel_id:uuid code:text name:text payment_methods:jsonb language:text import_ticket_details:boolean advanced_view:boolean cart:boolean pass_on:boolean allow_take_back_injected:boolean take_back_downloaded:text
contacts id:uuid organisation_id:uuid created_at:timestamptz number:bigint kind:text name:text first_name:text last_name:text email:text email_key:text public_key:text language:text
relays id:uuid organisation_id:uuid structure_id:uuid individual_id:uuid main:boolean
users id:uuid created_at:timestamptz organisation_id:uuid email:text email_key:text name:text role:text language:text password_hash:text contact_id:uuid structure_id:uuid point_of_sale_id:uuid
address_book_entries id:uuid organisation_id:uuid created_at:timestamptz user_id:uuid email:text email_key:text first_name:text last_name:text company:text note:text search_key:text contact_id:uuid
files id:uuid organisation_id:uuid created_at:timestamptz number:bigint owner_id:uuid state:text
orders id:uuid organisation_id:uuid created_at:timestamptz file_id:uuid channel_id:uuid point_of_sale_id:uuid buyer_id:uuid operation:text external_reference:text
executions id:uuid organisation_id:uuid created_at:timestamptz number:bigint function:text trigger:text state:text result:text user_id:uuid user_name:text actor_contact_id:uuid address:text sponsor_id:uuid channel_id:uuid point_of_sale_id:uuid season_id:uuid confirmed:boolean started_at:timestamptz ended_at:timestamptz sequence:bigint rows:bigint plan_distribute:bigint plan_refused:bigint plan_mails:bigint distributed:bigint refused:bigint contacts_created:bigint mails:bigint rows_done:bigint applied_row:bigint
execution_rows organisation_id:uuid execution_id:uuid row_number:bigint ticket_reference:text ticket_id:uuid ticket_label:text version:bigint email:text email_key:text first_name:text last_name:text search_key:text first_key:text outcome:text reason:text problem:text contact_id:uuid contact_new:boolean contact_number:bigint mail_id:uuid
execution_events organisation_id:uuid execution_id:uuid sequence:bigint at:timestamptz text:text
mails id:uuid organisation_id:uuid created_at:timestamptz execution_id:uuid recipient_id:uuid point_of_sale_id:uuid giver_id:uuid class:text language:text state:text address:text address_key:text name:text message_id:text attempts:bigint next_attempt_at:timestamptz sent_at:timestamptz server_answer:text
history_entries organisation_id:uuid ticket_id:uuid version:bigint at:timestamptz event:text via:text user_id:uuid actor:text actor_contact_id:uuid execution_id:uuid from_holder_id:uuid to_holder_id:uuid state:text location:text`

// waiting are rows of a table on their way into the store.
type waiting struct {
	list bytes.Buffer
	keys []string
}

// columnsOf reads a line of the list of tables.
func columnsOf(line string) (name string, columns []db.Column) {
	words := strings.Fields(line)
	for _, word := range words[1:] {
		column, kind, _ := strings.Cut(word, ":")
		columns = append(columns, db.Column{Name: column, Type: kind})
	}
	return words[0], columns
}

// put keeps a row for flush; the values are in the order of the table's columns.
// What cannot be kept is flush's error.
func (s *seeder) put(table string, values ...any) {
	w := s.rows[table]
	if w == nil {
		w = &waiting{}
		for line := range strings.Lines(strings.TrimSpace(tables)) {
			if name, columns := columnsOf(line); name == table {
				for _, c := range columns {
					w.keys = append(w.keys, `"`+c.Name+`":`)
				}
			}
		}
		s.rows[table] = w
	}
	if len(values) != len(w.keys) {
		s.broken = errors.Join(s.broken, fmt.Errorf("%d values for the %d columns of %s", len(values), len(w.keys), table))
		return
	}
	s.broken = errors.Join(s.broken, w.row(values))
}

// row appends an object of the list.
func (w *waiting) row(values []any) error {
	opening := byte(',')
	if w.list.Len() == 0 {
		opening = '['
	}
	w.list.WriteByte(opening)
	for i, v := range values {
		sign := byte(',')
		if i == 0 {
			sign = '{'
		}
		w.list.WriteByte(sign)
		text, err := encoded(v)
		if err != nil {
			return err
		}
		w.list.WriteString(w.keys[i])
		w.list.Write(text)
	}
	w.list.WriteByte('}')
	return nil
}

// json is the whole list.
func (w *waiting) json() string { return w.list.String() + "]" }

// encoded writes a value as JSON: times as both engines keep them, the zero id
// and the zero time as null.
func encoded(value any) ([]byte, error) {
	switch v := value.(type) {
	case uuid.UUID:
		if v == uuid.Nil {
			return []byte("null"), nil
		}
		return []byte(`"` + v.String() + `"`), nil
	case int:
		return strconv.AppendInt(nil, int64(v), 10), nil
	case time.Time:
		if v.IsZero() {
			return []byte("null"), nil
		}
		value = db.Moment(v).Format("2006-01-02 15:04:05.999999999-07:00")
	}
	return json.Marshal(value)
}

// flush writes all rows that wait, and forgets them.
func (s *seeder) flush(ctx context.Context) error {
	err := s.write(ctx)
	s.rows = map[string]*waiting{}
	return err
}

// write writes all rows that wait, a statement per table (DB-3).
func (s *seeder) write(ctx context.Context) error {
	if s.broken != nil {
		return s.broken
	}
	for line := range strings.Lines(strings.TrimSpace(tables)) {
		name, columns := columnsOf(line)
		w := s.rows[name]
		if w == nil || w.list.Len() == 0 {
			continue
		}
		names := make([]string, len(columns))
		for i, c := range columns {
			names[i] = c.Name
		}
		list := strings.Join(names, ", ")
		if _, err := s.tx.Exec(ctx, "INSERT INTO "+name+" ("+list+") SELECT "+list+" FROM "+db.Source(s.tx, "$1", "n", columns...),
			w.json()); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	return nil
}
