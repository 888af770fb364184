// Package wallettest is a simulated outside wallet: it confirms at once or later,
// keeps tickets that moved meanwhile, answers twice, or never.
package wallettest

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/google/uuid"

	"gradin/server/wallet"
)

// Wallet is the simulated wallet. It outlives the process that asks it.
type Wallet struct {
	mu sync.Mutex
	// known is what it was asked for, by key.
	known map[uuid.UUID]*wallet.Answer
	order []uuid.UUID
	asked map[uuid.UUID]int
	// down says that it cannot be reached, deaf that it does as it is told and its
	// answers are lost, atOnce that it removes what it is asked for immediately.
	down, deaf, atOnce bool
	// during is called while it is being asked.
	during func()
}

// New makes a wallet that waits to be told what it answers.
func New() *Wallet {
	return &Wallet{known: map[uuid.UUID]*wallet.Answer{}, asked: map[uuid.UUID]int{}}
}

// Find is a directory in which every wallet is this one.
func (w *Wallet) Find(context.Context, uuid.UUID) (wallet.Wallet, error) { return w, nil }

// Remove remembers what it is asked for and says how far it is.
func (w *Wallet) Remove(_ context.Context, removals []wallet.Removal) ([]wallet.Answer, error) {
	if w.during != nil {
		w.during()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.down {
		return nil, errors.New("the wallet cannot be reached")
	}
	var answers []wallet.Answer
	for _, r := range removals {
		w.asked[r.Key]++
		if w.known[r.Key] == nil {
			w.known[r.Key] = &wallet.Answer{Key: r.Key}
			w.order = append(w.order, r.Key)
			if w.atOnce {
				w.known[r.Key].Outcome = wallet.Removed
			}
		}
		answers = append(answers, *w.known[r.Key])
	}
	if w.deaf {
		return nil, errors.New("the connection broke while the wallet answered")
	}
	return answers, nil
}

// Down makes it unreachable, or reachable again.
func (w *Wallet) Down(down bool) { w.set(func() { w.down = down }) }

// Deaf lets it do as it is told while its answers are lost.
func (w *Wallet) Deaf(deaf bool) { w.set(func() { w.deaf = deaf }) }

// AtOnce lets it remove at once what it is asked for.
func (w *Wallet) AtOnce(atOnce bool) { w.set(func() { w.atOnce = atOnce }) }

// During calls a function each time it is asked; set it before it is.
func (w *Wallet) During(do func()) { w.during = do }

// Decide gives its decision on the n-th removal it was asked for, and the answer.
func (w *Wallet) Decide(n int, outcome wallet.Outcome, text string) wallet.Answer {
	var answer wallet.Answer
	w.set(func() {
		known := w.known[w.order[n]]
		known.Outcome, known.Text = outcome, text
		answer = *known
	})
	return answer
}

// Asked is how often it was asked for each removal, in their order.
func (w *Wallet) Asked() []int {
	var all []int
	w.set(func() {
		for _, key := range w.order {
			all = append(all, w.asked[key])
		}
	})
	return slices.Clone(all)
}

func (w *Wallet) set(change func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change()
}
