package cart

import (
	"slices"
	"strconv"

	"github.com/google/uuid"

	"gradin/server/ticket"
)

// neighbours picks n of the places so that as many as possible are side by side:
// the shortest run of seats that holds all, else the longest runs first (CA-2).
// The places come in their order in the house.
func neighbours(places []ticket.Spot, n int) []uuid.UUID {
	runs := runsOf(places)
	var best []ticket.Spot
	for _, r := range runs {
		if len(r) >= n && (best == nil || len(r) < len(best)) {
			best = r
		}
	}
	if best != nil {
		runs = [][]ticket.Spot{best}
	} else {
		slices.SortStableFunc(runs, func(a, b []ticket.Spot) int { return len(b) - len(a) })
	}
	var chosen []uuid.UUID
	for _, r := range runs {
		for _, p := range r {
			if len(chosen) < n {
				chosen = append(chosen, p.Ticket)
			}
		}
	}
	return chosen
}

// runsOf cuts places where two are not side by side. Places without seats are
// all side by side within their performance and area.
func runsOf(places []ticket.Spot) [][]ticket.Spot {
	var runs [][]ticket.Spot
	for _, p := range places {
		if k := len(runs) - 1; k >= 0 && beside(runs[k][len(runs[k])-1], p) {
			runs[k] = append(runs[k], p)
			continue
		}
		runs = append(runs, []ticket.Spot{p})
	}
	return runs
}

func beside(a, b ticket.Spot) bool {
	if a.Performance != b.Performance || a.Area != b.Area || a.Row != b.Row {
		return false
	}
	if a.Seat == "" && b.Seat == "" {
		return true
	}
	n, errA := strconv.Atoi(a.Seat)
	m, errB := strconv.Atoi(b.Seat)
	return errA == nil && errB == nil && (m == n+1 || m == n+2 && n%2 == m%2)
}
