package catalog

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/audit"
	"gradin/server/db"
	"gradin/server/oid"
)

// Brought is what a document brought: how many things of each kind there were
// not before, and the numbers under which the sponsors are known.
type Brought struct {
	Made    map[string]int `json:"made"`
	Numbers []Numbered     `json:"numbers"`
}

// Numbered is a structure or one of its relays with its number.
type Numbered struct {
	Number    int64  `json:"number"`
	Structure string `json:"structure"`
	// Relay is the relay's e-mail address; empty for the structure itself.
	Relay string `json:"relay,omitempty"`
}

// Bring brings a document into an organisation, in one transaction. What is
// there already, by its codes, stays as it is: the same document again makes
// nothing. It ends with *Problems when something the document refers to is
// nowhere. FORBIDDEN for all but the system.
func Bring(ctx context.Context, store *db.DB, organisation *ent.Organisation, d *Document, at time.Time) (Brought, error) {
	if err := permit(ctx); err != nil {
		return Brought{}, err
	}
	var b *bringing
	err := store.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		b = &bringing{
			tx: tx, organisation: organisation, at: db.Moment(at), ids: map[string]uuid.UUID{}, fresh: map[string]bool{},
			made: map[string]int{}, wrong: &Problems{},
		}
		for _, kind := range kinds {
			if err := b.load(ctx, kind); err != nil {
				return err
			}
		}
		b.name(d)
		b.check(d)
		if err := b.wrong.orNil(); err != nil {
			return err
		}
		for _, write := range []func(context.Context, *Document) error{
			b.places, b.prices, b.sales, b.products, b.sponsors, b.allot,
		} {
			if err := write(ctx, d); err != nil {
				return err
			}
		}
		if len(b.made) == 0 {
			return nil
		}
		detail := map[string]any{}
		for kind, n := range b.made {
			detail[kind] = n
		}
		return audit.Write(ctx, tx, at, audit.Entry{Organisation: organisation.ID, Verb: "catalog.import", Object: organisation.ID, Detail: detail})
	})
	if err != nil {
		return Brought{}, err
	}
	numbers, err := numbersOf(ctx, store, organisation.ID)
	return Brought{Made: b.made, Numbers: numbers}, err
}

// bringing is one document on its way.
type bringing struct {
	tx           *db.Tx
	organisation *ent.Organisation
	at           time.Time
	// ids are those of all things by kind and codes, such as
	// "row/STADE/TRIBUNE/A/1"; fresh are the keys of those to be made.
	ids   map[string]uuid.UUID
	fresh map[string]bool
	made  map[string]int
	wrong *Problems
}

// kind is a kind of thing, and a query that gives the key and the id of each
// that the organisation ($1) has.
type kind struct{ name, query string }

const ofArea = ` FROM areas a JOIN venues v ON v.id = a.venue_id`

var kinds = []kind{
	{"season", "SELECT code, id FROM seasons WHERE organisation_id = $1::uuid"},
	{"venue", "SELECT code, id FROM venues WHERE organisation_id = $1::uuid"},
	{"area", "SELECT v.code || '/' || a.code, a.id" + ofArea + " WHERE a.organisation_id = $1::uuid"},
	{"block", "SELECT v.code || '/' || a.code || '/' || b.code, b.id" + ofArea + " JOIN blocks b ON b.area_id = a.id WHERE b.organisation_id = $1::uuid"},
	{"row", "SELECT v.code || '/' || a.code || '/' || b.code || '/' || r.name, r.id" + ofArea +
		" JOIN blocks b ON b.area_id = a.id JOIN seat_rows r ON r.block_id = b.id WHERE r.organisation_id = $1::uuid"},
	{"seat", "SELECT v.code || '/' || a.code || '/' || b.code || '/' || r.name || '/' || s.name, s.id" + ofArea +
		" JOIN blocks b ON b.area_id = a.id JOIN seat_rows r ON r.block_id = b.id JOIN seats s ON s.seat_row_id = r.id WHERE s.organisation_id = $1::uuid"},
	{"seatCategory", "SELECT code, id FROM seat_categories WHERE organisation_id = $1::uuid"},
	{"tariff", "SELECT code, id FROM tariffs WHERE organisation_id = $1::uuid"},
	{"contingent", "SELECT code, id FROM contingents WHERE organisation_id = $1::uuid"},
	{"channel", "SELECT code, id FROM channels WHERE organisation_id = $1::uuid"},
	{"pointOfSale", "SELECT code, id FROM point_of_sales WHERE organisation_id = $1::uuid"},
	{"product", "SELECT code, id FROM products WHERE organisation_id = $1::uuid"},
	{"performance", "SELECT p.code || '/' || e.code, e.id FROM performances e JOIN products p ON p.id = e.product_id WHERE e.organisation_id = $1::uuid"},
	{"capacity", `SELECT p.code || '/' || e.code || '/' || a.code || '/' || c.code, x.id FROM capacities x JOIN performances e ON e.id = x.performance_id
		JOIN products p ON p.id = e.product_id JOIN areas a ON a.id = x.area_id JOIN contingents c ON c.id = x.contingent_id
		WHERE x.organisation_id = $1::uuid`},
	{"structure", "SELECT name, id FROM contacts WHERE organisation_id = $1::uuid AND kind = 'STRUCTURE'"},
	{"relay", `SELECT s.name || '/' || i.email_key, i.id FROM relays r JOIN contacts s ON s.id = r.structure_id
		JOIN contacts i ON i.id = r.individual_id WHERE r.organisation_id = $1::uuid`},
	{"allotment", "SELECT external_reference, id FROM orders WHERE organisation_id = $1::uuid AND external_reference IS NOT NULL"},
}

func (b *bringing) load(ctx context.Context, k kind) error {
	_, err := db.Select(ctx, b.tx, func(r *sql.Rows) (struct{}, error) {
		var code string
		var id uuid.UUID
		err := r.Scan(&code, &id)
		b.ids[k.name+"/"+code] = id
		return struct{}{}, err
	}, k.query, b.organisation.ID)
	if err != nil {
		return fmt.Errorf("read what there is of the kind %s: %w", k.name, err)
	}
	return nil
}

// id is that of a thing that is there or will be; zero for none.
func (b *bringing) id(kind string, codes ...string) uuid.UUID {
	return b.ids[kind+"/"+strings.Join(codes, "/")]
}

// isNew says whether a thing has to be made, once: it is counted as made.
func (b *bringing) isNew(kind string, codes ...string) bool {
	key := kind + "/" + strings.Join(codes, "/")
	if !b.fresh[key] {
		return false
	}
	delete(b.fresh, key)
	b.made[kind]++
	return true
}

// give gives a thing an id unless it is there, and refuses a second of its kind
// and codes in the document.
func (b *bringing) give(seen map[string]bool, tag oid.Tag, path, kind string, codes ...string) {
	key := kind + "/" + strings.Join(codes, "/")
	if seen[key] {
		b.wrong.add(path, "This is in the catalogue twice.")
	}
	seen[key] = true
	if _, there := b.ids[key]; !there {
		b.ids[key], b.fresh[key] = oid.New(tag), true
	}
}

func numbersOf(ctx context.Context, store *db.DB, organisation uuid.UUID) ([]Numbered, error) {
	return db.Select(ctx, store, func(r *sql.Rows) (Numbered, error) {
		var n Numbered
		return n, r.Scan(&n.Number, &n.Structure, &n.Relay)
	}, `SELECT number, name, '' FROM contacts WHERE organisation_id = $1::uuid AND kind = 'STRUCTURE'
		UNION ALL SELECT i.number, s.name, i.email FROM relays r JOIN contacts s ON s.id = r.structure_id
			JOIN contacts i ON i.id = r.individual_id WHERE r.organisation_id = $1::uuid
		ORDER BY 2, 3`, organisation)
}
