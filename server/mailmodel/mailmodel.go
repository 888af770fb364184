// Package mailmodel keeps the models of mails that an organisation writes
// instead of Gradin's own, per class, language and, where it wants, channel
// (ML-1). What a model may hold is package document's to say; which model a mail
// is made from, package mail's.
package mailmodel

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"gradin/server/db"
	"gradin/server/document"
	"gradin/server/errs"
	"gradin/server/term"
	"gradin/server/viewer"
)

// Place says which model is meant.
type Place struct {
	Class    term.DocumentClass
	Language term.Language
	// Channel is whose mails it is for; the zero id for those of all channels.
	Channel uuid.UUID
}

// Origin says who wrote a model that is used.
type Origin string

// The origins, the one that comes first last.
const (
	Gradin       Origin = "GRADIN"
	Organisation Origin = "ORGANISATION"
	Channel      Origin = "CHANNEL"
)

// Used is the model that mails of a place are made from now.
type Used struct {
	Place
	document.Model
	Origin Origin
}

// mayRead says whether the viewer may look at models, mayChange whether he may
// write them: operators and admins, and admins.
func mayRead(v viewer.Viewer) bool {
	return term.Role(v.Role).Operates() && v.Organisation != (viewer.UUID{})
}

func mayChange(v viewer.Viewer) bool {
	return mayRead(v) && !v.ReadOnly && term.Role(v.Role).Administers()
}

func admitReader(ctx context.Context) (uuid.UUID, error) {
	v, _ := viewer.From(ctx)
	if !mayRead(v) {
		return uuid.Nil, errs.New(errs.Forbidden, "Only operators and admins look at the models of mails. Ask an admin.")
	}
	return uuid.UUID(v.Organisation), nil
}

func admitWriter(ctx context.Context) (uuid.UUID, error) {
	v, _ := viewer.From(ctx)
	if !mayChange(v) {
		return uuid.Nil, errs.New(errs.Forbidden, "Only admins of the organisation change the models of mails. Ask one of them.")
	}
	return uuid.UUID(v.Organisation), nil
}

// List gives the model that is used for each class and language, of a channel or,
// with the zero id, of all: as many as there are classes and languages.
func List(ctx context.Context, store *db.DB, channel uuid.UUID) ([]Used, error) {
	organisation, err := admitReader(ctx)
	if err != nil {
		return nil, err
	}
	if err := known(ctx, store, organisation, channel); err != nil {
		return nil, err
	}
	own, err := stored(ctx, store, organisation, channel)
	if err != nil {
		return nil, err
	}
	var all []Used
	for _, class := range term.DocumentClass("").Values() {
		for _, language := range term.Language("").Values() {
			at := Place{term.DocumentClass(class), term.Language(language), channel}
			used, found := own[at]
			if !found {
				used = Used{at, document.Default(), Gradin}
			}
			all = append(all, used)
		}
	}
	return all, nil
}

// stored reads the organisation's own models for a channel, by their place; that
// of the channel comes before that of all channels.
func stored(ctx context.Context, c db.Conn, organisation, channel uuid.UUID) (map[Place]Used, error) {
	own := map[Place]Used{}
	_, err := db.Select(ctx, c, func(r *sql.Rows) (struct{}, error) {
		used := Used{Origin: Organisation}
		var of uuid.NullUUID
		err := r.Scan(&used.Class, &used.Language, &of, &used.Subject, &used.Text, &used.HTML)
		if of.Valid {
			used.Origin = Channel
		}
		used.Channel = channel
		own[used.Place] = used
		return struct{}{}, err
	}, `SELECT class, language, channel_id, subject, text, html FROM documents
		WHERE organisation_id = $1::uuid AND (channel_id IS NULL OR channel_id = $2::uuid) ORDER BY channel_id NULLS FIRST, id DESC`, organisation, channel)
	if err != nil {
		return nil, fmt.Errorf("read the models of mails: %w", err)
	}
	return own, nil
}

// known refuses a channel that the organisation does not have.
func known(ctx context.Context, c db.Conn, organisation, channel uuid.UUID) error {
	if channel == uuid.Nil {
		return nil
	}
	n, err := db.Get[int](ctx, c, "SELECT count(*) FROM channels WHERE id = $1::uuid AND organisation_id = $2::uuid", channel, organisation)
	if err != nil {
		return fmt.Errorf("look for the channel: %w", err)
	}
	if n == 0 {
		return errs.Missing("channel").At("channelId")
	}
	return nil
}

// Preview makes an invented letter by a model, or says what is wrong with it.
func Preview(ctx context.Context, at Place, m document.Model) (document.Letter, error) {
	if _, err := admitReader(ctx); err != nil {
		return document.Letter{}, err
	}
	letter, err := m.Preview(at.Class, at.Language)
	if err == nil {
		err = m.Validate(at.Class)
	}
	return letter, usable(err)
}

// usable makes a refusal of what is wrong with a model.
func usable(err error) error {
	if err == nil || !errors.Is(err, document.ErrModel) && !errors.Is(err, document.ErrHeader) {
		return err
	}
	what := strings.TrimPrefix(err.Error(), document.ErrModel.Error()+": ")
	refusal := errs.New(errs.Invalid, "This model cannot be used. The reason: %s.", what)
	for _, part := range []string{"subject", "text", "HTML"} {
		if strings.HasPrefix(what, part) {
			return refusal.At(strings.ToLower(part))
		}
	}
	return refusal
}
