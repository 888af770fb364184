package config

import (
	"errors"
	"fmt"
	"os"
)

// DKIM reads the key that mails are signed with; nil where there is none.
func (s *Serve) DKIM() ([]byte, error) {
	if s.DKIMKey == "" && s.DKIMDomain == "" && s.DKIMSelector == "" {
		return nil, nil
	}
	if s.DKIMKey == "" || s.DKIMDomain == "" || s.DKIMSelector == "" {
		return nil, errors.New("GRADIN_DKIM_KEY, GRADIN_DKIM_DOMAIN and GRADIN_DKIM_SELECTOR go together: set all three, or none")
	}
	key, err := os.ReadFile(s.DKIMKey)
	if err != nil {
		return nil, fmt.Errorf("GRADIN_DKIM_KEY must name a PEM file that can be read: %w", err)
	}
	return key, nil
}
