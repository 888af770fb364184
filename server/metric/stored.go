package metric

import (
	"context"
	"database/sql"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"gradin/server/db"
)

// stored reads figures from the store when somebody asks for them, so that they
// are those of the deployment, however many processes it has.
type stored struct{ store *db.DB }

var (
	executions = prometheus.NewDesc("gradin_executions", "Executions there are, by function, state and result.", []string{"function", "state", "result"}, nil)
	moves      = prometheus.NewDesc("gradin_moves_applied", "Moves that executions carried out, by function and kind.", []string{"function", "kind"}, nil)
	outbox     = prometheus.NewDesc("gradin_outbox_mails", "Mails that have not left, by state.", []string{"state"}, nil)
	broken     = prometheus.NewDesc("gradin_store_unreadable", "1 when the store did not answer in time.", nil, nil)
)

// scrapeTime is how long reading the store may take.
const scrapeTime = 3 * time.Second

// Describe names the figures.
func (stored) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{executions, moves, outbox, broken} {
		to <- d
	}
}

// Collect reads the figures, one query for executions and one for mails.
func (s stored) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTime)
	defer cancel()
	unreadable := 0.0
	if s.executions(ctx, to) != nil || s.mails(ctx, to) != nil {
		unreadable = 1
	}
	to <- prometheus.MustNewConstMetric(broken, prometheus.GaugeValue, unreadable)
}

// done is what the executions of a function, state and result come to.
type done struct {
	function, state, result        string
	count                          float64
	given, givenOn, taken, refused float64
}

func (s stored) executions(ctx context.Context, to chan<- prometheus.Metric) error {
	groups, err := db.Select(ctx, s.store, func(r *sql.Rows) (done, error) {
		var d done
		return d, r.Scan(&d.function, &d.state, &d.result, &d.count, &d.given, &d.givenOn, &d.taken, &d.refused)
	}, `SELECT function, state, COALESCE(result, ''), count(*), sum(distributed), sum(redistributed), sum(taken_back), sum(refused)
		FROM executions GROUP BY function, state, COALESCE(result, '')`)
	if err != nil {
		return err
	}
	type key struct{ function, kind string }
	sums := map[key]float64{}
	for _, d := range groups {
		to <- prometheus.MustNewConstMetric(executions, prometheus.GaugeValue, d.count, d.function, d.state, d.result)
		for kind, n := range map[string]float64{"distribute": d.given, "redistribute": d.givenOn, "takeBack": d.taken, "refused": d.refused} {
			sums[key{d.function, kind}] += n
		}
	}
	for k, n := range sums {
		to <- prometheus.MustNewConstMetric(moves, prometheus.GaugeValue, n, k.function, k.kind)
	}
	return nil
}

func (s stored) mails(ctx context.Context, to chan<- prometheus.Metric) error {
	type depth struct {
		state string
		count float64
	}
	depths, err := db.Select(ctx, s.store, func(r *sql.Rows) (depth, error) {
		var d depth
		return d, r.Scan(&d.state, &d.count)
	}, "SELECT state, count(*) FROM mails WHERE sent_at IS NULL GROUP BY state")
	if err != nil {
		return err
	}
	for _, d := range depths {
		to <- prometheus.MustNewConstMetric(outbox, prometheus.GaugeValue, d.count, d.state)
	}
	return nil
}
