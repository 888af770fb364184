// Package wallet owns what happens between Gradin and the wallets its tickets
// lie in.
//
// Gradin's own pages are the built-in wallet: a ticket is there by its state
// alone, and taking it back takes effect with the transaction that does it. An
// outside wallet is asked, and answers later (TB-4): a removal is written in the
// transaction that blocks the ticket, a job asks the wallet outside of it, as
// often as needed and always under the same key, and whoever asked for the
// removal is told the answer. This package keeps the removals; what a removal
// was for, and what follows from its answer, is not its business.
package wallet

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Wallet is an outside wallet, as far as taking tickets out of it goes. What
// pushes tickets into it is its owner's business.
type Wallet interface {
	// Remove asks the wallet to delete tickets, and is how it is asked again: a
	// wallet that knows a key says how far that removal is. A removal that the
	// answers leave out is still under way, and so is every one after an error.
	Remove(ctx context.Context, removals []Removal) ([]Answer, error)
}

// Removal is a ticket to be taken out of a wallet.
type Removal struct {
	// Key is the same at every try.
	Key uuid.UUID
	// Ticket and Number name the ticket; its barcode is nobody's business.
	Ticket uuid.UUID
	Number int64
}

// Outcome is what a wallet says of a removal.
type Outcome int

// The outcomes. The zero value says that the wallet has not decided yet.
const (
	Waiting Outcome = iota
	// Removed: the ticket is no longer there.
	Removed
	// Kept: the ticket is with somebody else by now, or cannot be removed.
	Kept
	// Expired and Withdrawn are said on our side, never by a wallet: it had no
	// answer within Patience, or a person no longer wants the ticket.
	Expired
	Withdrawn
)

// Patience is how many hours a wallet has for its answer, from the request on.
// Then the removal is cancelled and the ticket is what it was: a guest whose
// ticket stays blocked could not use it on the day.
const Patience = 72 * time.Hour

// Answer is what a wallet says of one removal. It may say so twice.
type Answer struct {
	Key     uuid.UUID
	Outcome Outcome
	// Text is why, in the wallet's words; 200 characters of it are kept.
	Text string
}

// Directory finds the wallet behind an external interface of type EXTERNAL_PRINTING.
type Directory func(ctx context.Context, id uuid.UUID) (Wallet, error)

// Unconnected is the directory of an installation without a connection to any
// outside wallet: removals wait, and say why.
func Unconnected(context.Context, uuid.UUID) (Wallet, error) { return unconnected{}, nil }

type unconnected struct{}

// Remove removes nothing.
func (unconnected) Remove(_ context.Context, removals []Removal) ([]Answer, error) {
	answers := make([]Answer, len(removals))
	for i, r := range removals {
		answers[i] = Answer{Key: r.Key, Outcome: Waiting, Text: "This installation has no connection to the wallet."}
	}
	return answers, nil
}

// Outside is the condition that ticket t lies in an outside wallet, so that it
// has to be asked before the ticket changes hands. It is the one place that says
// which wallet is whose: a ticket without a wallet is in the built-in one.
func Outside(t string) string {
	return "(" + t + ".wallet_id IS NOT NULL AND " + t + ".location IN ('INJECTED', 'DOWNLOADED', 'TRANSFERRED', 'ACTIVATED'))"
}
