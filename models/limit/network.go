package limit

import "net/netip"

// Neighbourhood is what counts as one network: an IPv4 address, or the /64 of an IPv6 one, which a single household
// usually has to itself. What is no IP address stays as it is.
func Neighbourhood(network string) string {
	ip, err := netip.ParseAddr(network)
	if err != nil {
		return network
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return network
	}
	return prefix.String()
}
