package graph

import (
	"context"
	"time"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"gradin/ent"
	entexecution "gradin/ent/execution"
	entmail "gradin/ent/mail"
	"gradin/ent/predicate"
	"gradin/graph/model"
	"gradin/server/contact"
	"gradin/server/document"
	"gradin/server/term"
)

func (r *Resolver) mail(ctx context.Context, id uuid.UUID) (model.Node, error) {
	m, err := r.Store.Client.Mail.Get(ctx, id)
	if err != nil {
		return nil, hidden(err)
	}
	list, err := r.withNumbers(ctx, []*ent.Mail{m})
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

// said is what a mail reads like; a page of them is written out together.
func (r *Resolver) said(ctx context.Context, m *model.Mail) (document.Letter, error) {
	return m.Letter(ctx)
}

// withNumbers converts mails and finds the numbers of their executions in one query.
func (r *Resolver) withNumbers(ctx context.Context, mails []*ent.Mail) ([]*model.Mail, error) {
	var ids []uuid.UUID
	for _, m := range mails {
		if m.ExecutionID != nil {
			ids = append(ids, *m.ExecutionID)
		}
	}
	runs, err := r.Store.Client.Execution.Query().Where(entexecution.IDIn(ids...)).
		Select(entexecution.FieldID, entexecution.FieldNumber).All(ctx)
	if err != nil {
		return nil, err
	}
	numbers := make(map[uuid.UUID]*int64, len(runs))
	for _, e := range runs {
		numbers[e.ID] = &e.Number
	}
	letters := r.letters(mails)
	return each(mails, func(m *ent.Mail) *model.Mail {
		converted := mailOf(m, numbers[idOr(m.ExecutionID)])
		converted.Letter = func(ctx context.Context) (document.Letter, error) {
			all, err := letters(ctx)
			return all[m.ID], err
		}
		return converted
	}), nil
}

func (r *Resolver) mails(ctx context.Context, states []term.MailState, search string, execution *uuid.UUID, first *int, after *string, last *int, before *string) (*model.MailConnection, error) {
	w, err := windowOf("mail.newest", first, after, last, before)
	if err != nil {
		return nil, err
	}
	var where []predicate.Mail
	if len(states) > 0 {
		where = append(where, entmail.StateIn(states...))
	}
	if execution != nil {
		where = append(where, entmail.ExecutionID(*execution))
	}
	if key := contact.Key(search); key != "" {
		where = append(where, entmail.AddressKeyGTE(key), entmail.AddressKeyLT(key+"\U0010FFFF"))
	}
	at, err := timeOf(w)
	if err != nil {
		return nil, err
	}
	rows, err := newest(ctx, w, r.Store.Client.Mail.Query().Where(where...), entmail.FieldCreatedAt, at, w.at.ID)
	if err != nil {
		return nil, err
	}
	converted, err := r.withNumbers(ctx, rows)
	if err != nil {
		return nil, err
	}
	return pageOf(w, converted, func(m *model.Mail) mark {
		return mark{Order: "mail.newest", Key: m.CreatedAt.UTC().Format(time.RFC3339Nano), ID: m.ID}
	}, func(m *model.Mail) *model.Mail { return m }, func(ctx context.Context) (int, error) {
		return r.Store.Client.Mail.Query().Where(where...).Count(ctx)
	}), nil
}

func (r *Resolver) resend(ctx context.Context, ids []uuid.UUID) (*model.ResendMailsPayload, error) {
	payload := &model.ResendMailsPayload{Mails: []*model.Mail{}, UserErrors: []*model.UserError{}}
	if _, err := r.Mails.Resend(ctx, ids); err != nil {
		var hiddenErr error
		payload.UserErrors, hiddenErr = refused(ctx, err)
		return payload, hiddenErr
	}
	mails, err := r.Store.Client.Mail.Query().Where(entmail.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	payload.Mails, err = r.withNumbers(ctx, mails)
	return payload, err
}

func timeOf(w window) (time.Time, error) {
	if !w.begun {
		return time.Time{}, nil
	}
	return time.Parse(time.RFC3339Nano, w.at.Key)
}

func (r *Resolver) mailStates(ctx context.Context) ([]*model.MailStateCount, error) {
	var counted []struct {
		State term.MailState `json:"state"`
		Count int            `json:"count"`
	}
	err := r.Store.Client.Mail.Query().GroupBy(entmail.FieldState).Aggregate(func(s *sql.Selector) string {
		return sql.As(sql.Count("*"), "count")
	}).Scan(ctx, &counted)
	if err != nil {
		return nil, err
	}
	list := make([]*model.MailStateCount, len(counted))
	for i, c := range counted {
		list[i] = &model.MailStateCount{State: c.State, Count: c.Count}
	}
	return list, nil
}
