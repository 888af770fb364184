package alert_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"gradin/server/alert"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/errs"
	"gradin/server/term"
)

// ended makes an execution that took tickets back and ended then.
func ended(store *db.DB, organisation uuid.UUID, number int64, at string, tickets int, reason string) {
	moment := must(time.Parse(time.RFC3339, at))
	must(store.Client.Execution.Create().SetOrganisationID(organisation).SetNumber(number).SetFunction(term.ExecutionFunctionTakeBack).
		SetState(term.ExecutionStateDone).SetTrigger(term.ExecutionTriggerPortal).SetPolicy(term.RunPolicyIgnoreFailed).
		SetTakenBack(tickets).SetReason(reason).SetEndedAt(db.Moment(moment)).Save(dbtest.System()))
}

func TestOverTime_UI3_countsTakeBacksByTheOrganisationsWeeks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		institution := must(store.Client.Institution.Create().SetCode("test").SetName("Test").Save(dbtest.System()))
		mine, _ := organisation(store, institution.ID, "MINE")
		other, _ := organisation(store, institution.ID, "OTHER")
		// Clocks in Paris went back on 25 October: that week began at 22:00 UTC and ended at 23:00.
		ended(store, mine, 1, "2026-10-18T21:59:59Z", 100, "")    // the week before those asked for
		ended(store, mine, 2, "2026-10-18T22:00:00Z", 3, "")      // Monday, midnight
		ended(store, mine, 3, "2026-10-25T22:59:59.5Z", 4, "sad") // Sunday, the last second
		ended(store, mine, 4, "2026-10-25T23:00:00Z", 5, "")      // Monday again
		ended(store, mine, 5, "2026-11-12T12:00:00Z", 6, "why")
		ended(store, mine, 6, "2026-11-12T12:00:00Z", 0, "") // took nothing back
		ended(store, other, 7, "2026-11-12T12:00:00Z", 7, "")
		now := must(time.Parse(time.RFC3339, "2026-11-15T22:30:00Z")) // Sunday in Paris, half an hour before Monday
		weeks := must(alert.OverTime(as(term.RoleViewer, mine), store, 4, now))
		got := []string{}
		for _, w := range weeks {
			got = append(got, fmt.Sprint(w.From.Format("Mon 2 Jan 15:04 -07"), " ", w.TakenBack, " ", w.ByOrganiser, " ", w.Executions))
		}
		want := []string{"Mon 19 Oct 00:00 +02 7 4 2", "Mon 26 Oct 00:00 +01 5 0 1", "Mon 2 Nov 00:00 +01 0 0 0", "Mon 9 Nov 00:00 +01 6 6 1"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		for _, weeks := range []int{0, -1, alert.MostWeeks + 1} {
			if _, err := alert.OverTime(as(term.RoleViewer, mine), store, weeks, now); code(err) != errs.Invalid {
				t.Errorf("%d weeks: %v", weeks, err)
			}
		}
		for _, role := range []term.Role{term.RolePortalUser, term.RoleController, term.RoleReseller} {
			if _, err := alert.OverTime(as(role, mine), store, 4, now); code(err) != errs.Forbidden {
				t.Errorf("%s: %v", role, err)
			}
		}
	})
}
