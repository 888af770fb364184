package db_test

import (
	"context"
	"testing"

	"gradin/server/db"
	"gradin/server/db/dbtest"
)

func TestMigrate_DB2_aSecondRunAppliesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		n, err := store.Migrate(context.Background())
		if err != nil || n != 0 {
			t.Fatalf("applied %d, %v; want nothing", n, err)
		}
	})
}

func TestSource_unfoldsTheSameRowsOnBothEngines(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		from := db.Source(store, "$1", "s", db.Column{Name: "a", Type: "text"}, db.Column{Name: "n", Type: "bigint"})
		sum, err := db.Get[int64](context.Background(), store,
			"SELECT sum(s.n) FROM "+from+" WHERE s.a <> $2::text", `[{"a":"x","n":1},{"a":"y","n":2},{"a":"z","n":4}]`, "y")
		if err != nil || sum != 5 {
			t.Fatalf("got %d, %v; want 5", sum, err)
		}
	})
}
