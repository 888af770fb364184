package config

import (
	"errors"
	"fmt"
	"os"
)

// Apple reads what Apple-wallet passes are signed with: certificate, key and
// intermediate, as PEM; all are empty where the organiser has none.
func (s *Serve) Apple() (certificate, key, intermediate []byte, err error) {
	if s.AppleCertificate == "" && s.AppleKey == "" && s.AppleIntermediate == "" {
		return nil, nil, nil, nil
	}
	if s.AppleCertificate == "" || s.AppleKey == "" || s.AppleIntermediate == "" {
		return nil, nil, nil, errors.New("GRADIN_APPLE_CERTIFICATE, GRADIN_APPLE_KEY and GRADIN_APPLE_WWDR go together: set all three, or none")
	}
	var files [3][]byte
	for i, f := range [3]struct{ name, path string }{
		{"GRADIN_APPLE_CERTIFICATE", s.AppleCertificate}, {"GRADIN_APPLE_KEY", s.AppleKey}, {"GRADIN_APPLE_WWDR", s.AppleIntermediate},
	} {
		if files[i], err = os.ReadFile(f.path); err != nil {
			return nil, nil, nil, fmt.Errorf("%s must name a PEM file that can be read: %w", f.name, err)
		}
	}
	return files[0], files[1], files[2], nil
}
