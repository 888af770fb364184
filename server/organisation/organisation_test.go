package organisation_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"gradin/ent/mail"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/errs"
	"gradin/server/oid"
	"gradin/server/organisation"
	"gradin/server/term"
	"gradin/server/viewer"
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// sent is a picture as somebody sends it.
func sent(t testing.TB, width, height int) []byte {
	t.Helper()
	var out bytes.Buffer
	ok(t, png.Encode(&out, image.NewNRGBA(image.Rect(0, 0, width, height))))
	return out.Bytes()
}

func found(store *db.DB, codes ...string) []uuid.UUID {
	ctx, c := dbtest.System(), store.Client
	institution := must(c.Institution.Create().SetCode("test").SetName("Test").Save(ctx))
	ids := make([]uuid.UUID, len(codes))
	for i, code := range codes {
		ids[i] = must(c.Organisation.Create().SetInstitutionID(institution.ID).SetCode(code).SetName(code).
			SetTimeZone("Europe/Paris").SetCurrency("EUR").Save(ctx)).ID
	}
	return ids
}

func as(role term.Role, in uuid.UUID) context.Context {
	return viewer.With(context.Background(), viewer.Viewer{
		Name: string(role), Role: string(role), Organisation: viewer.UUID(in), User: viewer.UUID(oid.New(oid.User)), Language: "EN",
	})
}

func code(err error) errs.Code {
	if e, is := errs.As(err); is {
		return e.Code
	}
	return ""
}

func TestOrganisation_AC3_whoReadsAndWhoChanges(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		ids := found(store, "MINE", "OTHER")
		file := sent(t, 300, 100)
		for _, row := range []struct {
			role           term.Role
			reads, changes errs.Code
		}{
			{term.RolePortalUser, errs.Forbidden, errs.Forbidden}, {term.RoleController, errs.Forbidden, errs.Forbidden},
			{term.RoleReseller, errs.Forbidden, errs.Forbidden}, {term.RoleViewer, "", errs.Forbidden},
			{term.RoleOperator, "", errs.Forbidden}, {term.RoleOrganisationAdmin, "", ""},
		} {
			ctx := as(row.role, ids[0])
			if o, err := organisation.Read(ctx, store); code(err) != row.reads || err == nil && o.ID != ids[0] {
				t.Errorf("%s reads: %v", row.role, err)
			}
			settings := organisation.Settings{Name: "Mine", Language: term.LanguageFr, AlertAddresses: []string{"a@mine.example"}}
			_, err := organisation.Change(ctx, store, settings, time.Now())
			_, errMark := organisation.ChangeMark(ctx, store, bytes.NewReader(file), time.Now())
			_, errGone := organisation.RemoveMark(ctx, store, ids[0], time.Now())
			for what, err := range map[string]error{"settings": err, "mark": errMark, "no mark": errGone} {
				if code(err) != row.changes {
					t.Errorf("%s changes the %s: %v", row.role, what, err)
				}
			}
		}
		token, _ := viewer.From(as(term.RoleOrganisationAdmin, ids[0]))
		token.ReadOnly = true
		if _, err := organisation.RemoveMark(viewer.With(context.Background(), token), store, ids[0], time.Now()); code(err) != errs.Forbidden {
			t.Errorf("a token that only reads: %v", err)
		}
		if o := must(organisation.Read(as(term.RoleViewer, ids[1]), store)); o.Name != "OTHER" || o.AlertAddresses != nil || o.Language != term.LanguageEn {
			t.Errorf("the other organisation is %v", o)
		}
	})
}

func TestOrganisation_TB7_addressesAreCleanedAndChecked(t *testing.T) {
	t.Parallel()
	s := organisation.Settings{Name: " FC Granval ", AlertAddresses: []string{" A@x.example", "a@X.example", "", "b@x.example "}}.Clean()
	if diff := cmp.Diff(organisation.Settings{Name: "FC Granval", AlertAddresses: []string{"A@x.example", "b@x.example"}}, s); diff != "" {
		t.Error(diff)
	}
	six := []string{"a@x.example", "b@x.example", "c@x.example", "d@x.example", "e@x.example", "f@x.example"}
	for name, c := range map[string]struct {
		settings organisation.Settings
		at       string
	}{
		"no name":      {organisation.Settings{}, "name"},
		"two lines":    {organisation.Settings{Name: "FC\nBcc: all@x.example"}, "name"},
		"a long name":  {organisation.Settings{Name: strings.Repeat("é", 201)}, "name"},
		"six":          {organisation.Settings{Name: "FC", AlertAddresses: six}, "alertAddresses"},
		"no address":   {organisation.Settings{Name: "FC", AlertAddresses: []string{"nobody"}}, "alertAddresses"},
		"two in a row": {organisation.Settings{Name: "FC", AlertAddresses: []string{"a@x.example,b@x.example"}}, "alertAddresses"},
	} {
		err := c.settings.Validate()
		if e, is := errs.As(err); !is || e.Code != errs.Invalid || len(e.Path) != 1 || e.Path[0] != c.at {
			t.Errorf("%s: %v", name, err)
		}
	}
	ok(t, organisation.Settings{Name: strings.Repeat("é", 200), AlertAddresses: six[:5]}.Validate())
}

func TestMark_WA1_isReplacedRemovedAndNoted(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		ids := found(store, "MINE", "OTHER")
		admin := as(term.RoleOrganisationAdmin, ids[0])
		put := func(width, height int) {
			t.Helper()
			must(organisation.ChangeMark(admin, store, bytes.NewReader(sent(t, width, height)), time.Now()))
		}
		put(300, 100)
		put(300, 100) // the same again
		put(1200, 100)
		is := must(organisation.MarkOf(dbtest.System(), store, ids[0]))
		if is == nil || is.Width != 600 || is.Height != 50 {
			t.Fatalf("the mark is %+v", is)
		}
		if other := must(organisation.MarkOf(dbtest.System(), store, ids[1])); other != nil {
			t.Error("the other organisation has a mark")
		}
		if _, err := organisation.ChangeMark(admin, store, strings.NewReader("no picture"), time.Now()); code(err) != errs.Invalid {
			t.Errorf("what is no picture: %v", err)
		}
		if still := must(organisation.MarkOf(dbtest.System(), store, ids[0])); still == nil || still.SHA256 != is.SHA256 {
			t.Error("a refused picture has changed the mark")
		}
		for name, id := range map[string]uuid.UUID{"another organisation's": ids[1], "an unknown one's": oid.New(oid.Organisation)} {
			if _, err := organisation.RemoveMark(admin, store, id, time.Now()); code(err) != errs.NotFound {
				t.Errorf("%s mark: %v", name, err)
			}
		}
		must(organisation.RemoveMark(admin, store, ids[0], time.Now()))
		must(organisation.RemoveMark(admin, store, ids[0], time.Now()))
		if gone := must(organisation.MarkOf(dbtest.System(), store, ids[0])); gone != nil {
			t.Error("the mark is still there")
		}
		for verb, want := range map[string]int{"organisation.changeMark": 2, "organisation.removeMark": 1} {
			n := must(db.Get[int](dbtest.System(), store, "SELECT count(*) FROM audit_entries WHERE verb = $1::text AND organisation_id = $2::uuid AND detail LIKE '%sha256%'", verb, ids[0]))
			if n != want {
				t.Errorf("%s is noted %d times, want %d", verb, n, want)
			}
		}
	})
}

// Two admins at once leave one mark, and a row for each change.
func TestMark_WA1_ofTwoAtOnceOneStays(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		id := found(store, "MINE")[0]
		done := make(chan error)
		for i := range 6 {
			file := sent(t, 100+i, 50)
			go func() {
				_, err := organisation.ChangeMark(as(term.RoleOrganisationAdmin, id), store, bytes.NewReader(file), time.Now())
				done <- err
			}()
		}
		for range 6 {
			ok(t, <-done)
		}
		if n := must(db.Get[int](dbtest.System(), store, "SELECT count(*) FROM organisation_marks")); n != 1 {
			t.Errorf("%d marks", n)
		}
	})
}

func TestTell_TB7_onceAnAddressAndNoneWithout(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		ids := found(store, "MINE", "OTHER")
		must(organisation.Change(as(term.RoleOrganisationAdmin, ids[0]), store,
			organisation.Settings{Name: "Mine", Language: term.LanguageDe, AlertAddresses: []string{"a@mine.example", "b@mine.example"}}, time.Now()))
		about := []uuid.UUID{oid.New(oid.Alert), oid.New(oid.Alert)}
		tell := func(in uuid.UUID, about ...uuid.UUID) {
			ok(t, store.WithTx(dbtest.System(), func(ctx context.Context, tx *db.Tx) error {
				return organisation.Tell(ctx, tx, organisation.News{Organisation: in, Class: term.DocumentClassTakeBackAlert, About: about, At: time.Now()})
			}))
		}
		tell(ids[0], about[0])
		tell(ids[0], about...)
		tell(ids[0])
		tell(ids[1], about...)
		all := must(store.Client.Mail.Query().Where(mail.OrganisationID(ids[0])).All(dbtest.System()))
		var got []string
		for _, m := range all {
			if m.Language != term.LanguageDe || m.State != term.MailStateReady || m.Name != "Mine" {
				t.Errorf("a mail is %v", m)
			}
			got = append(got, m.Address+map[uuid.UUID]string{about[0]: " 0", about[1]: " 1"}[*m.AboutID])
		}
		slices.Sort(got)
		if diff := cmp.Diff([]string{"a@mine.example 0", "a@mine.example 1", "b@mine.example 0", "b@mine.example 1"}, got); diff != "" {
			t.Error(diff)
		}
		if n := must(db.Get[int](dbtest.System(), store, "SELECT count(*) FROM mails")); n != 4 {
			t.Errorf("%d mails, want 4", n)
		}
		if _, err := store.Exec(dbtest.System(), `INSERT INTO mails (id, organisation_id, created_at, about_id, recipient_id, class, language, state, address, address_key)
			SELECT $1::uuid, organisation_id, created_at, about_id, recipient_id, class, language, state, address, address_key FROM mails WHERE id = $2::uuid`,
			oid.New(oid.Mail), all[0].ID); err == nil {
			t.Error("the store takes a second mail about the same at the same address")
		}
	})
}
