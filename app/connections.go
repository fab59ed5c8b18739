package app

import (
	"crypto/tls"
	"net"
	"sync"
	"sync/atomic"
)

// connections is a listener that knows on which of its connections nothing was ever sent. Browsers open some in advance,
// and the server would wait for their first request when it is to stop.
type connections struct {
	net.Listener
	silent   sync.Map // io.Closer -> nothing
	stopping atomic.Bool
}

// Accept implements net.Listener.
func (l *connections) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	if t, ok := c.(*tls.Conn); ok {
		made := &tlsConnection{Conn: t, list: l}
		l.note(made)
		return made, nil
	}
	made := &connection{Conn: c, list: l}
	l.note(made)
	return made, nil
}

func (l *connections) note(c net.Conn) {
	l.silent.Store(c, nil)
	if l.stopping.Load() {
		_ = c.Close() // nobody waits for an answer
	}
}

// hangUp closes the silent connections, and those that come from now on.
func (l *connections) hangUp() {
	l.stopping.Store(true)
	l.silent.Range(func(c, _ any) bool {
		_ = c.(net.Conn).Close()
		return true
	})
}

// connection leaves the list of its listener when the first byte comes, or when it is closed.
type connection struct {
	net.Conn
	list  *connections
	heard atomic.Bool
}

// Read implements net.Conn.
func (c *connection) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if !c.heard.Swap(true) {
		c.list.silent.Delete(c)
	}
	return n, err
}

// tlsConnection is a connection that still tells the server about its TLS. The handshake does not count as sent.
type tlsConnection struct {
	*tls.Conn
	list  *connections
	heard atomic.Bool
}

// Read implements net.Conn.
func (c *tlsConnection) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if !c.heard.Swap(true) {
		c.list.silent.Delete(c)
	}
	return n, err
}
