package account_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"gradin/ent"
	"gradin/server/account"
	"gradin/server/contact"
	"gradin/server/db"
	"gradin/server/db/dbtest"
	"gradin/server/errs"
	"gradin/server/oid"
	"gradin/server/term"
	"gradin/server/viewer"
)

const password = "four gentle stadium geese"

// clock is a time that tests move by hand.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// house is a store with one organisation and a service on it.
type house struct {
	t            *testing.T
	store        *db.DB
	accounts     *account.Service
	clock        *clock
	organisation uuid.UUID
	other        uuid.UUID
}

// open makes the house; without limits attempts are only bounded by the lock-out.
func open(t *testing.T, store *db.DB, limits account.Limits) *house {
	t.Helper()
	h := &house{t: t, store: store, clock: newClock()}
	log := slog.New(slog.DiscardHandler)
	h.accounts = account.New(store, h.clock.now, log, account.NewLimiter(store, h.clock.now, log, limits))
	ctx := dbtest.System()
	institution := store.Client.Institution.Create().SetCode("fcg").SetName("Granval").SaveX(ctx)
	h.organisation, h.other = oid.New(oid.Organisation), oid.New(oid.Organisation)
	for id, code := range map[uuid.UUID]string{h.organisation: "ONE", h.other: "TWO"} {
		store.Client.Organisation.Create().SetID(id).SetInstitutionID(institution.ID).SetCode(code).SetName(code).
			SetTimeZone("Europe/Paris").SetCurrency("EUR").SaveX(ctx)
	}
	return h
}

func unlimited() account.Limits {
	l := account.DefaultLimits()
	l.Login.Account, l.Login.Address = 0, 0
	return l
}

// user makes a user of the role in the organisation.
func (h *house) user(email string, role term.Role, organisation uuid.UUID) *ent.User {
	h.t.Helper()
	n := account.NewUser{Email: email, Name: "Somebody", Role: role, Password: password, Organisation: organisation}
	if role == term.RolePortalUser {
		n.Contact = h.person(organisation, email)
	}
	u, err := h.accounts.CreateUser(dbtest.System(), n)
	if err != nil {
		h.t.Fatal(err)
	}
	return u
}

func (h *house) person(organisation uuid.UUID, email string) uuid.UUID {
	h.t.Helper()
	return h.store.Client.Contact.Create().SetOrganisationID(organisation).SetNumber(h.number()).SetKind(term.ContactKindIndividual).
		SetName("A Person").SetEmail(email).SetEmailKey(contact.Key(email)).SaveX(dbtest.System()).ID
}

func (h *house) number() int64 {
	h.clock.pass(time.Microsecond)
	return h.clock.now().UnixMicro()
}

// signIn signs in and gives the secret and a context in which the user acts.
func (h *house) signIn(email string) (string, context.Context) {
	h.t.Helper()
	secret, v, err := h.accounts.SignIn(context.Background(), email, password, "192.0.2.1")
	if err != nil {
		h.t.Fatal(err)
	}
	return secret, viewer.With(context.Background(), v)
}

func (h *house) refuses(code errs.Code, err error) {
	h.t.Helper()
	if !errs.Is(err, code) {
		h.t.Fatalf("got %v; want %s", err, code)
	}
}

func (h *house) stored(u *ent.User) *ent.User {
	h.t.Helper()
	return h.store.Client.User.GetX(dbtest.System(), u.ID)
}

// replicaOf is another process on the same store.
func replicaOf(h *house) *account.Service {
	log := slog.New(slog.DiscardHandler)
	return account.New(h.store, h.clock.now, log, account.NewLimiter(h.store, h.clock.now, log, unlimited()))
}

// codeOf is the refusal's code, empty without an error and INTERNAL for an
// error that is no refusal.
func codeOf(err error) errs.Code {
	if err == nil {
		return ""
	}
	if e, ok := errs.As(err); ok {
		return e.Code
	}
	return errs.Internal
}
