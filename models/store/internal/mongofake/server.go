// Package mongofake is a stand-in for a MongoDB primary, for tests of the MongoDB engine where no server is at hand. It
// speaks the wire protocol to the real driver and keeps, in memory, what the engine relies on: sessions, multi-document
// transactions with snapshots and write conflicts, snapshot reads, unique partial indexes, cursors and error labels.
// It refuses (by an error to the client) whatever the engine must not do: a write outside a transaction, a sort or a
// filter that the named collection's indexes do not serve, a transaction without snapshot and majority.
// It is written from MongoDB's documentation and is no proof: the suite has to pass on a real replica set too.
package mongofake

import (
	"fmt"
	"net"
	"sync"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// Options are what a test wants of the server.
type Options struct {
	Standalone bool // not a replica set
	Old        bool // of a version that is too old
}

// Server is the stand-in; it listens on a port of the loopback interface.
type Server struct {
	options Options
	address string
	stop    func()

	mu      sync.Mutex
	spaces  map[string]*space
	clock   int64           // of the last commit
	open    map[string]*txn // by session id
	decided map[string]int64
	cursors map[int64]*cursor
	lastID  int64
	fail    map[string][]Failure
	counts  map[string]int
	conns   []net.Conn
}

// Failure is what a command gets instead of its answer, or with it.
type Failure struct {
	Code   int32
	Labels []string
	After  bool // the command does its work first, as when only the answer is lost
	HangUp bool // the connection is closed instead
}

// Start runs a server until the test ends.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{
		options: o, address: l.Addr().String(), spaces: map[string]*space{}, open: map[string]*txn{}, decided: map[string]int64{},
		cursors: map[int64]*cursor{}, fail: map[string][]Failure{}, counts: map[string]int{}, clock: 1,
	}
	s.stop = func() { _ = l.Close() }
	t.Cleanup(s.Stop)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.conns = append(s.conns, conn)
			s.mu.Unlock()
			go s.serve(conn)
		}
	}()
	return s
}

// Stop takes the server away, as a power cut does.
func (s *Server) Stop() {
	s.stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.conns {
		_ = c.Close()
	}
}

// URI is the connection string for a database of this server.
func (s *Server) URI(database string) string {
	uri := fmt.Sprintf("mongodb://%s/%s", s.address, database)
	if s.options.Standalone {
		return uri + "?directConnection=true"
	}
	return uri + "?replicaSet=rs0"
}

// Fail makes the next runs of a command fail, one failure each.
func (s *Server) Fail(command string, failures ...Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail[command] = append(s.fail[command], failures...)
}

// Count is how many times a command has been run.
func (s *Server) Count(command string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts[command]
}

// refusal is an error answer.
type refusal struct {
	code   int32
	text   string
	labels []string
}

func (r *refusal) Error() string { return r.text }

func refuse(code int32, format string, args ...any) *refusal {
	return &refusal{code: code, text: fmt.Sprintf(format, args...)}
}

// Error codes of MongoDB.
const (
	codeBadValue        = 2
	codeNamespaceExists = 48
	codeIndexNotFound   = 27
	codeKeySpecs        = 86
	codeWriteConflict   = 112
	codeNoTransaction   = 251
	codeDuplicateKey    = 11000
	codeIllegal         = 20
)

const labelTransient = "TransientTransactionError"

// run answers one command. hangUp tells to close the connection instead of answering.
func (s *Server) run(command bson.Raw) (answer bson.D, hangUp bool) {
	name := firstKey(command)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts[name]++
	var failure *Failure
	if waiting := s.fail[name]; len(waiting) > 0 {
		failure, s.fail[name] = &waiting[0], waiting[1:]
	}
	if failure == nil || failure.After {
		answer = s.answer(name, command)
	}
	switch {
	case failure == nil:
		return answer, false
	case failure.HangUp:
		return nil, true
	}
	return errorAnswer(&refusal{code: failure.Code, text: "made to fail", labels: failure.Labels}), false
}

func (s *Server) answer(name string, command bson.Raw) bson.D {
	do, known := commands[name]
	if !known {
		return errorAnswer(refuse(59, "no such command: %s", name))
	}
	answer, err := do(s, command)
	if err != nil {
		return errorAnswer(err)
	}
	return append(answer, bson.E{Key: "ok", Value: 1.0})
}

func errorAnswer(r *refusal) bson.D {
	answer := bson.D{{Key: "ok", Value: 0.0}, {Key: "code", Value: r.code}, {Key: "errmsg", Value: r.text}}
	if len(r.labels) > 0 {
		answer = append(answer, bson.E{Key: "errorLabels", Value: r.labels})
	}
	return answer
}

var commands map[string]func(*Server, bson.Raw) (bson.D, *refusal)

func init() { // not a literal: answer, which the commands' table names, is reached from the commands
	ok := func(*Server, bson.Raw) (bson.D, *refusal) { return nil, nil }
	commands = map[string]func(*Server, bson.Raw) (bson.D, *refusal){
		"hello": (*Server).hello, "isMaster": (*Server).hello, "ismaster": (*Server).hello,
		"ping": ok, "endSessions": ok, "killCursors": ok, "dropDatabase": (*Server).dropDatabase,
		"create": (*Server).create, "createIndexes": (*Server).createIndexes, "dropIndexes": (*Server).dropIndexes,
		"insert": (*Server).insert, "update": (*Server).update, "delete": (*Server).delete,
		"find": (*Server).find, "getMore": (*Server).getMore,
		"commitTransaction": (*Server).commit, "abortTransaction": (*Server).abort,
	}
}

func (s *Server) hello(bson.Raw) (bson.D, *refusal) {
	wire := int32(25)
	if s.options.Old {
		wire = 13
	}
	answer := bson.D{
		{Key: "helloOk", Value: true}, {Key: "isWritablePrimary", Value: true}, {Key: "ismaster", Value: true},
		{Key: "maxBsonObjectSize", Value: int32(16 << 20)}, {Key: "maxMessageSizeBytes", Value: int32(48_000_000)},
		{Key: "maxWriteBatchSize", Value: int32(100_000)}, {Key: "logicalSessionTimeoutMinutes", Value: int32(30)},
		{Key: "minWireVersion", Value: int32(0)}, {Key: "maxWireVersion", Value: wire}, {Key: "readOnly", Value: false},
	}
	if s.options.Standalone {
		return answer, nil
	}
	return append(answer,
		bson.E{Key: "setName", Value: "rs0"}, bson.E{Key: "setVersion", Value: int32(1)},
		bson.E{Key: "secondary", Value: false},
		bson.E{Key: "hosts", Value: bson.A{s.address}}, bson.E{Key: "me", Value: s.address}, bson.E{Key: "primary", Value: s.address},
	), nil
}

func firstKey(raw bson.Raw) string {
	elements, err := raw.Elements()
	if err != nil || len(elements) == 0 {
		return ""
	}
	return elements[0].Key()
}
