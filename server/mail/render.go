package mail

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"gradin/server/document"
	"gradin/server/errs"
	"gradin/server/term"
	"gradin/server/viewer"
)

// MaxRender is how many mails are written out at once.
const MaxRender = 1000

// Render writes a mail out for showing it in the outbox. See RenderAll.
func (s *Service) Render(ctx context.Context, id uuid.UUID, unmask bool) (document.Letter, error) {
	all, err := s.RenderAll(ctx, []uuid.UUID{id}, unmask)
	if err != nil {
		return document.Letter{}, err
	}
	letter, found := all[id]
	if !found {
		return document.Letter{}, errs.Missing("mail")
	}
	return letter, nil
}

// RenderAll writes mails of the viewer's organisation out for showing them in
// the outbox, MaxRender at most; those of others are missing from the answer
// like those that do not exist. The recipient's link is masked, unless unmask is
// set, the viewer operates and nothing leaves this deployment (ML-2). A mail
// whose tickets are gone shows those it was about; one that cannot be written,
// because a name would break its headers, is empty.
func (s *Service) RenderAll(ctx context.Context, ids []uuid.UUID, unmask bool) (map[uuid.UUID]document.Letter, error) {
	v, ok := viewer.From(ctx)
	if !ok || !v.System && !term.Role(v.Role).Staff() {
		return nil, errs.New(errs.Forbidden, "Only staff may read mails.")
	}
	if len(ids) > MaxRender {
		return nil, errs.New(errs.TooLarge, "Ask for %d mails at most.", MaxRender)
	}
	briefs, err := load(ctx, s.store, ids)
	if err != nil {
		return nil, err
	}
	var gone []*brief
	for _, b := range briefs {
		if len(b.tickets) == 0 {
			gone = append(gone, b)
		}
	}
	if err := loadTickets(ctx, s.store, gone, lots{term.DocumentClassTicketAcknowledgement: given}); err != nil {
		return nil, err
	}
	unmask = unmask && !s.Leaves() && (v.System || term.Role(v.Role).Operates())
	letters := make(map[uuid.UUID]document.Letter, len(briefs))
	for _, b := range briefs {
		if v.Organisation != (viewer.UUID{}) && uuid.UUID(v.Organisation) != b.organisation || v.Organisation == (viewer.UUID{}) && !v.System {
			continue
		}
		link := MaskedLink(s.config.BaseURL)
		if unmask {
			link = Link(s.config.LinkKey, s.config.BaseURL, b.id)
		}
		letter, err := s.letter(ctx, b, link)
		if err != nil && !errors.Is(err, document.ErrHeader) {
			return nil, err
		}
		letters[b.id] = letter
	}
	return letters, nil
}

// letter writes what the mail says. A model that fails is noted and the default
// takes its place: a guest's tickets do not wait for a template.
func (s *Service) letter(ctx context.Context, b *brief, link string) (document.Letter, error) {
	in := document.Input{
		Class: b.class, Language: b.language, Organisation: b.organisationName, Giver: b.giver, FirstName: b.firstName, Tickets: b.tickets, Link: link, Matter: b.matter,
	}
	if b.matter != nil {
		in.Link = s.config.BaseURL + b.path // a page of the back office, where he signs in
	}
	if in.Giver == "" {
		in.Giver = b.organisationName
	}
	letter, err := document.Write(in, b.model)
	if err != nil && b.model != nil && errors.Is(err, document.ErrModel) {
		s.log.WarnContext(ctx, "a mail's model fails; the default is used", "mail", b.id, "error", err)
		letter, err = document.Write(in, nil)
	}
	if err != nil {
		return document.Letter{}, fmt.Errorf("write mail: %w", err)
	}
	return letter, nil
}
