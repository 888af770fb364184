package protocol

import (
	"context"
	"net/http"
	"net/netip"
	"strings"
)

type addressKey struct{}

// Address is the caller's address as ClientAddress found it; the zero value
// when the context is not one of this package's requests.
func Address(ctx context.Context) netip.Addr {
	address, _ := ctx.Value(addressKey{}).(netip.Addr)
	return address
}

// ClientAddress is the address the request came from. X-Forwarded-For is read
// from its end and only as long as the address that wrote the entry is in one
// of the trusted networks, so that a caller cannot choose its own address.
// It gives the zero value when the connection has no IP address.
func ClientAddress(r *http.Request, trusted []netip.Prefix) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	address := peer.Addr().Unmap().WithZone("")
	entries := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(entries) - 1; i >= 0 && within(address, trusted); i-- {
		before, err := netip.ParseAddr(strings.TrimSpace(entries[i]))
		if err != nil {
			break
		}
		address = before.Unmap().WithZone("")
	}
	return address
}

func within(address netip.Addr, networks []netip.Prefix) bool {
	for _, network := range networks {
		if network.Contains(address) {
			return true
		}
	}
	return false
}

// rateAddress is what is charged for an address: a subscriber of IPv6 has a
// whole /64 network to send from.
func rateAddress(address netip.Addr) string {
	if !address.Is6() {
		return address.String()
	}
	network, err := address.Prefix(64)
	if err != nil {
		return address.String()
	}
	return network.String()
}
