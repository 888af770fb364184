package alert

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/errs"
	"gradin/server/viewer"
)

// MostWeeks is how far back take-backs are counted at most.
const MostWeeks = 104

// Week is how many tickets an organisation's executions took back in a week.
type Week struct {
	// From is the week's Monday, midnight in the organisation's zone.
	From time.Time
	// TakenBack counts the tickets, ByOrganiser those of them that staff took back for a reason (TB-6).
	TakenBack, ByOrganiser int
	// Executions counts the runs that took any back.
	Executions int
}

// span is a week as the statement knows it, its times spelt as SQLite keeps them.
type span struct {
	N      int    `json:"n"`
	Starts string `json:"starts"`
	Ends   string `json:"ends"`
}

const spelling = "2006-01-02 15:04:05.999999999-07:00"

var spanColumns = []db.Column{{Name: "n", Type: "bigint"}, {Name: "starts", Type: "timestamptz"}, {Name: "ends", Type: "timestamptz"}}

// OverTime counts take-backs by week, the running one last and none left out. It
// reads executions and not the tickets' histories, which grow without end.
func OverTime(ctx context.Context, store *db.DB, weeks int, now time.Time) ([]Week, error) {
	v, _ := viewer.From(ctx)
	if !MayRead(v) {
		return nil, errs.New(errs.Forbidden, "Only the organiser looks at alerts.")
	}
	if weeks < 1 || weeks > MostWeeks {
		return nil, errs.New(errs.Invalid, "Ask for 1 to %d weeks.", MostWeeks).At("weeks")
	}
	o, err := store.Client.Organisation.Get(ctx, uuid.UUID(v.Organisation))
	if err != nil {
		return nil, fmt.Errorf("find organisation: %w", err)
	}
	zone, err := time.LoadLocation(o.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("load the zone of %s: %w", o.Code, err)
	}
	all, spans := mondays(now.In(zone), weeks)
	list, err := json.Marshal(spans)
	if err != nil {
		return nil, err
	}
	_, err = db.Select(ctx, store, func(r *sql.Rows) (struct{}, error) {
		var n int
		var w Week
		err := r.Scan(&n, &w.TakenBack, &w.ByOrganiser, &w.Executions)
		w.From = all[n].From
		all[n] = w
		return struct{}{}, err
	}, `SELECT w.n, sum(e.taken_back), sum(CASE WHEN e.reason <> '' THEN e.taken_back ELSE 0 END), count(*)
		FROM executions e JOIN `+db.Source(store, "$2", "w", spanColumns...)+` ON e.ended_at >= w.starts AND e.ended_at < w.ends
		WHERE e.organisation_id = $1::uuid AND e.taken_back > 0 AND e.ended_at >= $3::timestamptz GROUP BY w.n`,
		o.ID, string(list), db.Moment(all[0].From))
	if err != nil {
		return nil, fmt.Errorf("count take-backs by week: %w", err)
	}
	return all, nil
}

// mondays are so many weeks up to the running one. They are counted by the
// calendar: the week in which clocks change has an hour more or less.
func mondays(now time.Time, weeks int) ([]Week, []span) {
	back := (int(now.Weekday()) + 6) % 7
	at := func(week int) time.Time {
		return time.Date(now.Year(), now.Month(), now.Day()-back-7*(weeks-1-week), 0, 0, 0, 0, now.Location())
	}
	all, spans := make([]Week, weeks), make([]span, weeks)
	for n := range weeks {
		all[n] = Week{From: at(n)}
		spans[n] = span{N: n, Starts: at(n).UTC().Format(spelling), Ends: at(n + 1).UTC().Format(spelling)}
	}
	return all, spans
}
