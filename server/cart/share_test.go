package cart

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"gradin/server/ticket"
)

func TestShare_CA2_aGuestSitsTogetherBeforeLooseSeatsAreUsed(t *testing.T) {
	t.Parallel()
	var lines []Line
	for _, place := range []string{"A1", "B1", "B2", "B3", "C1", "D1", "D2"} {
		id := uuid.New()
		lines = append(lines, Line{ID: id, Ticket: id, Spot: ticket.Spot{Ticket: id, Row: place[:1], Seat: place[1:]}})
	}
	at := map[uuid.UUID]string{}
	for _, l := range lines {
		at[l.ID] = l.Spot.Row + l.Spot.Seat
	}
	got := map[string][]string{}
	for _, a := range share(lines, []Guest{{Email: "a"}, {Email: "b"}, {Email: "c"}}, 2) {
		got[a.Guest.Email] = append(got[a.Guest.Email], at[a.Line])
	}
	want := map[string][]string{"a": {"B1", "B2"}, "b": {"D1", "D2"}, "c": {"A1", "B3"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
